// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Both tails for one number of draws, in floating point with proven errors.
public struct ApproximateCoverage: Equatable, Sendable {
  /// n.
  public let drawCount: Int
  /// v_n.
  public let probability: ApproximateProbability
  /// 1 - v_n.
  public let complement: ApproximateProbability

  init(
    drawCount: Int, probability: ApproximateProbability, complement: ApproximateProbability
  ) {
    self.drawCount = drawCount
    self.probability = probability
    self.complement = complement
  }

  /// The tail `factor` 2^`exponent` below 3/4, and the other one as its complement.
  ///
  /// 1 - p errs by error p/(1 - p) relatively, and by u twice: where p is rounded below the range of `Double`,
  /// and for the difference.
  @inline(__always)
  init(drawCount: Int, _ factor: Double, exponent: Int, relativeError: Double, isMiss: Bool) {
    let one = ApproximateProbability(factor, exponent: exponent, relativeError: relativeError)
    let p = one.value
    let rest = 1 - p
    let other = ApproximateProbability(
      rest, exponent: 0, relativeError: (relativeError * p / rest + 0x1p-52) * (1 + 0x1p-30))
    self.init(
      drawCount: drawCount, probability: isMiss ? other : one, complement: isMiss ? one : other)
  }
}
