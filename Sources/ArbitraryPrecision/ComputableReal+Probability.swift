// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What a logarithm is to.
enum LogarithmBase {
  case decimal, natural
}

extension ComputableReal {
  /// Bits that tails are asked for beyond those of the answer, by probabilities as by their
  /// logarithms: so the columns of a row share one computation.
  static let spareBits = 8

  /// A probability that is 1 (true), 0 (false) or neither (nil), by its enclosures of relative
  /// width at most 2^-precision and as a fraction.
  package static func probability(
    _ certain: Bool?, enclosure: @escaping @Sendable (_ precision: Int) throws -> Enclosure,
    exactly: @escaping @Sendable () throws -> Rational
  ) -> ComputableReal {
    if let certain { return ComputableReal(certain ? 1 : 0) }
    return ComputableReal(enclosure: enclosure, fraction: exactly) {
      $0.signum > 0 && $0 < 1 ? try exactly() == $0 : false
    }
  }

  /// The logarithm of a probability; above 3/4 log1p of its complement, so that it keeps its
  /// relative accuracy near 1.
  ///
  /// The decimal logarithm of a fraction is rational only for powers of ten: if 10^(a/b) is a
  /// fraction in lowest terms, its b-th power is 10^a, so b divides every prime's exponent, 1. The
  /// natural one is transcendental but for 1 (Hermite-Lindemann).
  static func logarithm(
    _ base: LogarithmBase, _ certain: Bool?, _ tails: @escaping @Sendable (Int) throws -> Tails,
    exactly: @escaping @Sendable () throws -> Rational
  ) -> ComputableReal {
    if let certain { return certain ? ComputableReal(0) : .negativeInfinity }
    return ComputableReal { precision in
      try Refinement.enclosure(of: "the logarithm", precision: precision, spare: spareBits) {
        working in
        let (both, bits) = (try tails(working), working + 8)
        switch (base, both.complement.isBelow(powerOfTwo: -2)) {
        case (.decimal, true): return both.complement.decimalLogarithmOfComplement(precision: bits)
        case (.decimal, false): return both.probability.decimalLogarithm(precision: bits)
        case (.natural, true):
          return Enclosure(0).subtracting(both.complement, precision: bits)
            .logarithmOfOnePlus(precision: bits)
        case (.natural, false): return both.probability.naturalLogarithm(precision: bits)
        }
      }
    } isExactly: { candidate in
      guard base == .decimal, candidate.isInteger, let exponent = candidate.numerator.int,
        exponent > -100_000, exponent < 0
      else { return false }
      return try exactly() == Rational(10).power(exponent)
    }
  }

  /// The square root of a number that is not negative.
  package var squareRoot: ComputableReal {
    if let exact, exact.signum == 0 { return self }
    return ComputableReal { precision in
      // A relative width w of the number gives less than w for its root, rounded outward.
      try enclosure(precision: precision + 2).squareRoot(precision: precision + 4)
    } isExactly: { candidate in
      candidate.signum > 0 ? try isExactly(candidate * candidate) : false
    }
  }
}
