// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

struct PowerSumTests {
  /// The sum by its definition.
  private func plainSum(_ coefficients: [Integer], _ exponent: Int) -> Integer {
    coefficients.enumerated().reduce(0) { sum, term in
      sum + Integer(term.offset + 1).power(exponent) * term.element
    }
  }

  @Test func theSumIsThatOfItsTerms() {
    forRandomInput(120) { random in
      let count = random.int(0...90)
      let coefficients = (0..<count).map { _ in
        random.int(0...3) == 0 ? Integer(0) : random.integer(bits: 100)
      }
      let exponent = random.int(0...40)
      let value = PowerSum(coefficients: coefficients, exponent: exponent).value()
      check(value == plainSum(coefficients, exponent), "\(random.note), n = \(exponent)")
      let terms = coefficients.enumerated().map { (base: $0.offset + 1, coefficient: $0.element) }
      check(PowerSum.value(of: terms, exponent: exponent) == value, random.note)
    }
  }

  /// Long enough for several threads.
  @Test func surjectionsAreCountedOnAllThreads() {
    // C! S(n, C) = sum_m (-1)^(C-m) binom(C, m) m^n
    let (c, n) = (200, 3000)
    let coefficients = (1...c).map { m in
      let binomial = Integer.binomial(c, m)
      return (c - m) % 2 == 0 ? binomial : -binomial
    }
    let value = PowerSum(coefficients: coefficients, exponent: n).value()
    check(value == plainSum(coefficients, n), "C = \(c), n = \(n)")
    let terms = coefficients.enumerated().map { (base: $0.offset + 1, coefficient: $0.element) }
    check(PowerSum.value(of: terms, exponent: n) == value, "term by term")
    // With C draws every order of the classes counts once, with fewer none does.
    check(
      PowerSum(coefficients: coefficients, exponent: c).value() == Integer.factorial(c), "n = C")
    check(PowerSum(coefficients: coefficients, exponent: c - 1).value() == 0, "n = C - 1")
  }
}
