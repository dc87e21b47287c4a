// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct EnclosureWideningTests {
  @Test func `both ends move outward by the error`() {
    let wide = Enclosure(3).widened(by: Magnitude(0.25), precision: 60)
    #expect(wide.lower == Real(2.75))
    #expect(wide.upper == Real(3.25))
    let wider = Enclosure(3).widened(by: Magnitude(1, exponent: -300), precision: 60)
    #expect(wider.lower < Real(3) && wider.upper > Real(3))
  }

  @Test func `the part below zero is cut off`() {
    let cut = Enclosure(lower: Real(-1), upper: Real(2)).nonnegative
    #expect(cut.lower == Real(0) && cut.upper == Real(2))
    #expect(Enclosure(5).nonnegative.lower == Real(5))
  }
}
