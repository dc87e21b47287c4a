// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension ComputableReal {
  /// The nearest `Double`, ties to even: correctly rounded for every number.
  ///
  /// From 2^1024 - 2^970 on that is infinity, as IEEE 754 has it, and minus infinity for the logarithm
  /// of zero. Numbers below 2^-1022 are rounded to the multiples of 2^-1074.
  ///
  /// - Throws: What the number's own computation throws; `ConvergenceError` if it cannot be told from
  ///   the middle between two `Double`s.
  public var double: Double {
    get throws {
      if isNegativeInfinity { return -.infinity }
      if let exact { return Self.double(of: exact) }
      var isTieExcluded = false
      return try Refinement.result(of: "rounding to a Double", precision: 53, spare: 11) {
        working in
        let x = try enclosure(precision: working)
        let (low, high) = (x.lower.double(), x.upper.double())
        if low == high { return .settled(low) }
        // What hundreds of bits do not tell from a tie is one, or can be known not to be.
        if working > 400 && !isTieExcluded {
          let tie = Self.middle(low, high)
          if try x.contains(tie) && isExactly(tie) { return .settled(Self.double(of: tie)) }
          isTieExcluded = true
        }
        return .missing(bits: nil)
      }
    }
  }

  /// The nearest `Double` to a fraction.
  ///
  /// Its neighbours of 64 bits are rounded. Where they differ, the middle between two `Double`s lies
  /// between them or is one of them, as it is a number of at most 54 bits, and decides.
  private static func double(of value: Rational) -> Double {
    let x = Enclosure(value, precision: 64)
    let (low, high) = (x.lower.double(), x.upper.double())
    if low == high { return low }
    let tie = middle(low, high)
    if value != tie { return value < tie ? low : high }
    return Real(tie, precision: 64, rounding: .nearest).double()
  }

  /// The number from which on rounding gives the greater one of two neighbours; 2^1024 stands for
  /// infinity.
  private static func middle(_ low: Double, _ high: Double) -> Rational {
    func fraction(_ x: Double) -> Rational {
      if x.isFinite { return Real(x).rational }
      return (x < 0 ? -1 : 1) * Rational(2).power(1024)
    }
    return (fraction(low) + fraction(high)) / 2
  }
}
