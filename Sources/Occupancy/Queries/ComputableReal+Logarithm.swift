// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

extension ComputableReal {
  /// The decimal logarithm of a probability.
  ///
  /// A probability above 3/4 takes log1p of its complement, so the logarithm keeps its relative
  /// accuracy near 1. The logarithm of a fraction is rational only for powers of ten: if 10^(a/b)
  /// is a fraction in lowest terms, its b-th power is 10^a, so b divides every prime's exponent, 1.
  ///
  /// - Parameters:
  ///   - certain: true for 1, false for 0, nil for neither.
  ///   - tails: Both tails with a relative width of at most 2^-precision.
  ///   - equals: Whether the probability is exactly a fraction.
  static func decimalLogarithm(
    _ certain: Bool?, _ tails: @escaping @Sendable (Int) throws -> Tails,
    equals: @escaping @Sendable (Rational) throws -> Bool
  ) -> ComputableReal {
    if let certain { return certain ? ComputableReal(0) : .negativeInfinity }
    return ComputableReal { precision in
      var extra = 8
      while extra < 1 << 20 {
        let both = try tails(precision + extra)
        let working = precision + extra + 8
        let log =
          both.probability.lower > Real(0.75)
          ? both.complement.decimalLogarithmOfComplement(precision: working)
          : both.probability.decimalLogarithm(precision: working)
        if log.isWithin(relativePrecision: precision) { return log }
        extra *= 2
      }
      throw ConvergenceError(operation: "the logarithm", precisionReached: precision + extra)
    } isExactly: { candidate in
      guard candidate.isInteger, let exponent = candidate.numerator.int, exponent > -100_000 else {
        return false
      }
      return try equals(Rational(10).power(exponent))
    }
  }
}
