// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

@Suite struct ComputableRealSquareRootTests {
  @Test("A root encloses and knows its square")
  func roots() throws {
    let two = ComputableReal(2).squareRoot
    let enclosure = try two.enclosure(precision: 100)
    #expect(enclosure.isWithin(relativePrecision: 100))
    #expect(enclosure.multiplied(by: enclosure, precision: 300).contains(2))
    #expect(try !two.isExactly(Rational(7, 5)))
    let root = ComputableReal(Rational(9, 4)).squareRoot
    #expect(try root.isExactly(Rational(3, 2)) && !root.isExactly(Rational(-3, 2)))
    #expect(try root.decimal(significantDigits: 20) == "1.5")
    #expect(ComputableReal(0).squareRoot.exact == 0)
  }
}
