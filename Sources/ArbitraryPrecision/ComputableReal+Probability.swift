// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension ComputableReal {
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
