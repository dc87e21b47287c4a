// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

@Suite struct CountWindowTests {
  /// A term that is cut off by all but a trifle of a unit is among these.
  @Test func `the sum of two terms is known within what is cut off`() throws {
    for q in 2...400 {
      for p in 1..<min(q, 4) {
        let law = CountLaw.binomial(trialCount: 1, success: Integer(p), failure: Integer(q))
        let window = try #require(CountWindow(law))
        let exact = Rational(q, p + q)
        check(
          window.reciprocalSum.contains(ComplexRational(re: exact, im: 0)), "\(p) to \(q)")
      }
    }
  }

  /// One weight that is too small by all that it may be, and a product that is rounded down.
  @Test func `what weights and products lose is in the error of a sum of differences`() throws {
    let law = CountLaw.binomial(trialCount: 0, success: 1, failure: 1)
    let window = try #require(CountWindow(law))
    let logarithms = IntegerLogarithms(limit: 2, precision: 256)
    let differences = try #require(
      LogarithmDifferences(of: 0...0, order: 1, logarithm: logarithms.logarithm))
    let ln2 = Enclosure(2).naturalLogarithm(precision: 200).lower.rational
    func rational(_ word: Int128) -> Rational { Real(word: word, exponent: 0).rational }
    let unit = 1 / rational(window.weights[0])
    // The last of them was searched for: 3.524 of the 3.6 units.
    let near = (0..<500).map { window.weights[0] - Int128($0) }
    for v in near + [0x1_ffff_ffff_fc9c_fff2_f2c3_c668_3852] {
      let exact = (rational(v) + Rational(41, 10)) * unit * ln2
      check(
        window.sum([v], of: differences, order: 1)
          .contains(ComplexRational(re: exact, im: 0)), "\(v)")
    }
  }
}
