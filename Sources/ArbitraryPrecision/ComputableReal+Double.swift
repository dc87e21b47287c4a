// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension ComputableReal {
  /// The nearest `Double`, ties to even: correctly rounded for every number.
  ///
  /// From 2^1024 - 2^970 on that is infinity, as IEEE 754 has it, and minus infinity for the
  /// logarithm of zero. Numbers below 2^-1022 are rounded to the multiples of 2^-1074.
  ///
  /// - Throws: What the number's own computation throws; `ConvergenceError` if it cannot be told
  ///   from the middle between two `Double`s.
  public var double: Double {
    get throws {
      if isNegativeInfinity { return -.infinity }
      if let exact { return exact.double }
      var isTieExcluded = false
      return try Refinement.result(of: "rounding to a Double", precision: 53, spare: 11) {
        working in
        let x = try enclosure(precision: working)
        let (low, high) = (x.lower.double(), x.upper.double())
        if low == high { return .settled(low) }
        // What hundreds of bits do not tell from a tie is one, or can be known not to be.
        if working > 400 && !isTieExcluded {
          let tie = Rational.middle(low, high)
          if try x.contains(tie) && isExactly(tie) { return .settled(tie.double) }
          isTieExcluded = true
        }
        return .missing(bits: nil)
      }
    }
  }
}
