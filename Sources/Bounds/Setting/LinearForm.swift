// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision

/// constant + sum of coefficient times number: a linear combination of numbers that can be
/// enclosed.
public struct LinearForm: Sendable {
  /// The sum of all parts that are fractions.
  private(set) var constant: Rational
  private var terms: [(coefficient: Rational, number: ComputableReal)] = []

  /// A fraction.
  public init(_ constant: Rational) { self.constant = constant }

  /// A number times a fraction.
  public init(_ number: ComputableReal, times coefficient: Rational = 1) {
    constant = 0
    add(coefficient, number)
  }

  /// The value, if it is given as a fraction.
  var exact: Rational? { terms.isEmpty ? constant : nil }

  private mutating func add(_ coefficient: Rational, _ number: ComputableReal) {
    if let exact = number.exact {
      constant += coefficient * exact
    } else if coefficient.signum != 0 {
      terms.append((coefficient, number))
    }
  }

  static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum.constant += b.constant
    sum.terms += b.terms
    return sum
  }

  static func - (a: Self, b: Self) -> Self { a + b.scaled(by: -1) }

  /// A multiple.
  func scaled(by factor: Rational) -> Self {
    var product = LinearForm(constant * factor)
    for term in terms { product.add(term.coefficient * factor, term.number) }
    return product
  }

  /// An enclosure whose ends are rounded at `precision` bits.
  func enclosure(precision: Int) throws -> Enclosure {
    var total = Enclosure(constant, precision: precision)
    for term in terms {
      let size = try term.number.enclosure(precision: precision)
        .scaled(by: term.coefficient.magnitude, precision: precision)
      let signed = term.coefficient.signum < 0 ? size.negated : size
      total = total.adding(signed, precision: precision)
    }
    return total
  }

  /// The number.
  public var number: ComputableReal { divided(by: ComputableReal(1)) }

  /// The quotient by a positive number.
  ///
  /// A fraction if all numbers are given as fractions, and otherwise taken to be irrational. It is
  /// if there is one term, the logarithm of a positive algebraic number other than 1, and all else
  /// is algebraic (Hermite-Lindemann). For sums of several nothing is known; all that depends on it
  /// is whether a zero at the end of the printed digits would be dropped.
  public func divided(by divisor: ComputableReal) -> ComputableReal {
    if let exact {
      if let divisor = divisor.exact { return ComputableReal(exact / divisor) }
      if exact.signum == 0 { return ComputableReal(0) }
    }
    return .irrational { precision in
      let divisor = try divisor.enclosure(precision: precision)
      return try enclosure(precision: precision).scaled(
        by: Enclosure(1).divided(by: divisor, precision: precision), precision: precision)
    }
  }
}
