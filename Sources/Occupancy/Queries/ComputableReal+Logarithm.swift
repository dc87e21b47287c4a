// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// What a logarithm is to.
enum LogarithmBase {
  case decimal, natural
}

extension ComputableReal {
  /// Bits that tails are asked for beyond those of the answer, by probabilities as by their
  /// logarithms: so the columns of a row share one computation.
  static let spareBits = 8

  /// The logarithm of a probability.
  ///
  /// A probability above 3/4 takes log1p of its complement, so the logarithm keeps its relative
  /// accuracy near 1. The decimal logarithm of a fraction is rational only for powers of ten: if
  /// 10^(a/b) is a fraction in lowest terms, its b-th power is 10^a, so b divides every prime's
  /// exponent, 1. The natural one is transcendental but for 1 (Hermite-Lindemann).
  ///
  /// - Parameters:
  ///   - certain: true for 1, false for 0, nil for neither.
  ///   - tails: Both tails with a relative width of at most 2^-precision.
  ///   - equals: Whether the probability is exactly a fraction.
  static func logarithm(
    _ base: LogarithmBase, _ certain: Bool?, _ tails: @escaping @Sendable (Int) throws -> Tails,
    equals: @escaping @Sendable (Rational) throws -> Bool
  ) -> ComputableReal {
    if let certain { return certain ? ComputableReal(0) : .negativeInfinity }
    return ComputableReal { precision in
      try Refinement.enclosure(of: "the logarithm", precision: precision, spare: spareBits) {
        working in
        let both = try tails(working)
        let isNearOne = both.probability.lower > Real(0.75)
        switch base {
        case .decimal:
          return isNearOne
            ? both.complement.decimalLogarithmOfComplement(precision: working + 8)
            : both.probability.decimalLogarithm(precision: working + 8)
        case .natural:
          return isNearOne
            ? Enclosure(0).subtracting(both.complement, precision: working + 8)
              .logarithmOfOnePlus(precision: working + 8)
            : both.probability.naturalLogarithm(precision: working + 8)
        }
      }
    } isExactly: { candidate in
      guard base == .decimal, candidate.isInteger, let exponent = candidate.numerator.int,
        exponent > -100_000
      else { return false }
      return try equals(Rational(10).power(exponent))
    }
  }
}
