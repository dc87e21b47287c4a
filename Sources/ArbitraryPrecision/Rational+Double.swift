// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension Rational {
  /// The nearest `Double`, ties to even: correctly rounded, infinite from 2^1024 - 2^970 on.
  ///
  /// The neighbours of 64 bits are rounded. Where they differ, the middle between two `Double`s
  /// lies between them or is one of them, as it is a number of at most 54 bits, and decides.
  package var double: Double {
    let x = Enclosure(self, precision: 64)
    let (low, high) = (x.lower.double(), x.upper.double())
    if low == high { return low }
    let tie = Self.middle(low, high)
    if self != tie { return self < tie ? low : high }
    return Real(tie, precision: 64, rounding: .nearest).double()
  }

  /// The number from which on rounding gives the greater one of two neighbours; 2^1024 stands for
  /// infinity.
  static func middle(_ low: Double, _ high: Double) -> Rational {
    func fraction(_ x: Double) -> Rational {
      if x.isFinite { return Real(x).rational }
      return (x < 0 ? -1 : 1) * Rational(2).power(1024)
    }
    return (fraction(low) + fraction(high)) / 2
  }
}
