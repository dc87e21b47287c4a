// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

extension ComputableReal {
  /// An irrational number whose enclosures narrow, in absolute terms, as the working precision
  /// grows.
  ///
  /// - Parameter enclose: Encloses the number at a working precision in bits; how narrow that is
  ///   is seen in the result.
  static func irrational(
    _ enclose: @escaping @Sendable (_ precision: Int) throws -> Enclosure
  ) -> ComputableReal {
    ComputableReal(irrational: { precision in
      // A number that is 0 against all expectation is given up after some ten attempts.
      try Refinement.enclosure(
        of: "a bound", precision: precision, spare: 32, spareLimit: 1 << 20, computing: enclose)
    })
  }

  /// ln n for n >= 1.
  static func naturalLogarithm(_ n: Int) -> ComputableReal {
    if n == 1 { return ComputableReal(0) }
    return .irrational { Enclosure(n).naturalLogarithm(precision: $0) }
  }

  /// Whether a number is below another, as far as 80 bits tell.
  func isBelow(_ other: ComputableReal) throws -> Bool {
    try enclosure(precision: 80).upper < other.enclosure(precision: 80).lower
  }
}
