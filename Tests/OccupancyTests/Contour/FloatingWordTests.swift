// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct FloatingWordTests {
  /// exact - stored over exact; stored must not exceed exact.
  private func lack(_ word: FloatingWord, _ exact: Rational) -> Double {
    let stored = word.real.rational
    #expect(stored <= exact)
    return Real((exact - stored) / exact, precision: 64, rounding: .up).double()
  }

  @Test
  func operationsRoundDownByLessThanTwoToTheMinus124() {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(300) {
      let x = FloatingWord(
        UInt128.random(in: 1...(.max), using: &random),
        exponent: Int.random(in: -50...50, using: &random))
      let y = FloatingWord(UInt128.random(in: 1...(.max), using: &random))
      let shift = Int.random(in: 0..<62, using: &random)
      let factor = Int.random(in: 1...(.max), using: &random) >> shift + 1
      var product = x
      product.multiply(by: y)
      #expect(lack(product, x.real.rational * y.real.rational) < 0x1p-124)
      var multiple = x
      multiple.multiply(by: factor)
      #expect(lack(multiple, x.real.rational * Rational(factor)) < 0x1p-124)
      var quotient = x
      quotient.divide(by: factor)
      #expect(lack(quotient, x.real.rational / Rational(factor)) < 0x1p-124)
    }
  }

  @Test
  func raisingAddsAtLeastThePart() {
    for part in [0, 0x1p-124, 0x1p-100, 0x1p-60] {
      for mantissa: UInt128 in [1 << 127, .max, .max - 5] {
        let word = FloatingWord(mantissa, exponent: -3)
        var raised = word
        raised.raise(by: part)
        let part = Rational(1) + Real(part).rational
        let exact = word.real.rational * part
        #expect(raised.real.rational >= exact)
        let more = Real(raised.real.rational / exact - 1, precision: 64, rounding: .up)
        #expect(more <= Real(part == 1 ? 0x1p-124 : 0x1p-58))
      }
    }
  }

  @Test
  func realsAreReadTowardZero() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(300) {
      let exact = Rational(
        Integer(Int.random(in: 1...(.max), using: &random)).power(3),
        Integer(Int.random(in: 1...(.max), using: &random)))
      let real = Real(exact, precision: 200, rounding: .nearest)
      #expect(lack(try #require(FloatingWord(real)), real.rational) < 0x1p-120)
    }
    #expect(FloatingWord(Real(0)) == nil)
    #expect(FloatingWord(Real(-1)) == nil)
  }
}
