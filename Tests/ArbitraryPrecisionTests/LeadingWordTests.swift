// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct LeadingWordTests {
  private func check(_ word: LeadingWord, _ exact: Rational, _ note: Comment) {
    let lower = Real(normalized: word.mantissa, exponent: word.exponent).rational
    let size = exact.magnitude
    #expect(lower <= size && size < lower + powerOfTwo(word.exponent), note)
    #expect(word.isExact == (lower == size), note)
    #expect(word.isNegative == (exact.signum < 0), note)
  }

  @Test func `the leading bits of integers and of numbers of any precision are read`() throws {
    try forRandomInput(1000) { random in
      let n = random.integer(bits: random.element(of: [10, 64, 128, 129, 192, 193, 400]))
      if n.signum == 0 { return }
      check(try #require(LeadingWord(n)), Rational(n), random.note)
      // A single low bit, wherever it lies.
      let sparse = Integer(1).shiftedLeft(by: random.int(1...600)) + 1
      check(try #require(LeadingWord(sparse)), Rational(sparse), random.note)
      for value in [Rational(n), Rational(sparse), Rational(n, 3)] {
        let precision = random.element(of: [2, 63, 64, 65, 127, 128, 129, 192, 600])
        let real = Real(value, precision: precision, rounding: .down)
        check(try #require(unsafe LeadingWord(real.pointer)), real.rational, random.note)
      }
    }
  }

  @Test func `zero and infinity have no leading bits`() {
    #expect(LeadingWord(Integer(0)) == nil)
    #expect(unsafe LeadingWord(Real(0).pointer) == nil)
    #expect(unsafe LeadingWord(Magnitude.infinity.real.pointer) == nil)
  }
}
