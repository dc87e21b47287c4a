// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// Coverage in floating point, with a proven bound of the error.
extension CoverageProbability {
  /// v_n as a significand and a power of two, with a proven bound of the relative error.
  ///
  /// Equal classes drawn with replacement take microseconds and no allocation: the contour integral
  /// and inclusion-exclusion in `Double`, where the exponent of the result, which cancels, is held in
  /// 128-bit integers. Unequal ones take some 14 nodes in `Double`. Where that proves nothing better
  /// than 2^-40, without replacement, and with a method other than `auto`, the enclosure of 60 bits is
  /// rounded.
  ///
  /// - Throws: What `tails(precision:)` throws.
  public func approximation() throws -> ApproximateProbability {
    try approximateTails().probability
  }

  /// 1 - v_n in the same form, with a relative error of its own however small it is.
  public func approximateComplement() throws -> ApproximateProbability {
    try approximateTails().complement
  }

  private func approximateTails() throws -> (
    probability: ApproximateProbability, complement: ApproximateProbability
  ) {
    if let certain {
      let (one, zero) = (ApproximateProbability.one, ApproximateProbability.zero)
      return certain ? (one, zero) : (zero, one)
    }
    if goal.isPlain(for: law), method == .auto, sampling == .withReplacement, law.isUniform,
      let fast = UniformApproximation(classCount: law.classCount, drawCount: drawCount)
    {
      return (fast.probability, fast.complement)
    }
    if let fast = approximateCircle {
      return (fast.probability, fast.complement)
    }
    let tails = try tails(precision: 60)
    return (ApproximateProbability(tails.probability), ApproximateProbability(tails.complement))
  }
}

extension CoverageProbability {
  /// Both tails from a circle of their own in `Double`.
  private var approximateCircle: ApproximateCoverage? {
    guard method == .auto, sampling == .withReplacement, !law.isUniform,
      drawCount > law.classCount, drawCount <= UniformSaddle.drawLimit,
      let weights = ClassRates.Law(law)
    else { return nil }
    let estimate = CoverageEstimate(law: law, scheme: sampling, drawCount: drawCount)
    guard
      let circle = ApproximateCircle(
        weights, center: drawCount, reach: 0, isMiss: estimate.missedClasses < 0.6, guess: nil)
    else { return nil }
    var blocks = ApproximateBlocks(circle)
    var result: ApproximateCoverage?
    guard blocks.next({ result = $0 }), let result,
      max(result.probability.relativeError, result.complement.relativeError) < 0x1p-40
    else { return nil }
    return result
  }
}

extension ApproximateProbability {
  static let zero = ApproximateProbability(0, exponent: 0, relativeError: 0)
  static let one = ApproximateProbability(1, exponent: 0, relativeError: 0)

  /// The upper end of a positive enclosure of relative width at most 2^-60: rounded up to 53 bits, it exceeds the
  /// enclosed number by a factor of at most (1 + 2^-52)(1 + 2^-60).
  init(_ enclosure: Enclosure) {
    let size = Magnitude(enclosure.upper)
    self.init(size.mantissa, exponent: size.exponent, relativeError: 0x1p-52 + 0x1p-59)
  }
}
