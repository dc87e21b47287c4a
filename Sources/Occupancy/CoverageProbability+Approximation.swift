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
  /// 128-bit integers. Where that proves nothing better than 2^-40, and for all other laws, the
  /// enclosure of 60 bits is rounded.
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
    if method == .auto, sampling == .withReplacement, law.isUniform,
      let fast = UniformApproximation(classCount: law.classCount, drawCount: drawCount)
    {
      return (fast.probability, fast.complement)
    }
    let tails = try tails(precision: 60)
    return (ApproximateProbability(tails.probability), ApproximateProbability(tails.complement))
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
