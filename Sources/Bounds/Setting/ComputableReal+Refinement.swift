// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

extension ComputableReal {
  /// An irrational number whose enclosures narrow, in absolute terms, as the working precision grows.
  ///
  /// - Parameter enclose: Encloses the number at a working precision in bits; how narrow that is
  ///   is seen in the result.
  static func irrational(
    _ enclose: @escaping @Sendable (_ precision: Int) throws -> Enclosure
  ) -> ComputableReal {
    ComputableReal { precision in
      var extra = 32
      while extra < 1 << 20 {
        let value = try enclose(precision + extra)
        if value.isWithin(relativePrecision: precision) { return value }
        extra *= 2
      }
      throw ConvergenceError(operation: "a bound", precisionReached: precision + extra)
    } isExactly: { _ in
      false
    }
  }

  /// The number rounded to a `Double`, up to a unit in the last place.
  func approximation() throws -> Double {
    if let exact { return Enclosure(exact, precision: 64).lower.double() }
    return try enclosure(precision: 64).lower.double()
  }
}
