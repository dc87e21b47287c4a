// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

struct RealWordsTests {
  @Test
  func wordsMakeRealsAndRealsMakeWords() {
    let word: UInt128 = 0x8000_0000_0000_0001_FEDC_BA98_7654_3210
    let real = Real(normalized: word, exponent: -128)
    #expect(real > Real(0.5) && real < Real(0.5 + 0x1p-52))
    #expect(real.rational == Rational(Integer(digits: "\(word)"), Integer(2).power(128)))
    #expect(real.word(scale: 126) == Int128(word >> 2))
    #expect(real.word(scale: 127) == nil)
    #expect(real.word(scale: 64) == 0x8000_0000_0000_0001)
    #expect(real.word(scale: 0) == 0)
    #expect(Real(0).word(scale: 10) == 0)
    #expect(Real(-3).word(scale: 100) == -(3 << 100))
    #expect(Real(-0.75).word(scale: 1) == -1)
  }
}
