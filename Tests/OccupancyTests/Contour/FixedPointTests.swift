// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct FixedPointTests {
  @Test
  func highProductsAreLowByLessThanThree() {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(2000) {
      let a =
        UInt128.random(in: 0...(.max), using: &random) >> Int.random(in: 0..<128, using: &random)
      let b = UInt128.random(in: 0...(.max), using: &random)
      let exact = a.multipliedFullWidth(by: b).high
      let product = FixedPoint.highProduct(a, b)
      #expect(product <= exact && exact - product < 3, "\(a) \(b)")
    }
  }

  @Test
  func scaledDoublesAreFloors() {
    #expect(FixedPoint.scaled(1.5, scale: 3) == 12)
    #expect(FixedPoint.scaled(-1.5, times: 3, scale: 1) == -9)
    #expect(FixedPoint.scaled(-1.5, scale: 0) == -2)
    #expect(FixedPoint.scaled(0, scale: 80) == 0)
    #expect(FixedPoint.scaled(0x1p-200, scale: 80) == 0)
    #expect(FixedPoint.scaled(-0x1p-200, scale: 80) == -1)
    #expect(FixedPoint.scaled(.pi, times: -3, scale: 90) == Int128(-3 * 0x3_243F_6A88_85A3) << 42)
  }

  @Test
  func conversionsToDoubleAreWithinTwoUnits() {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(500) {
      let x =
        Int128.random(in: .min...(.max), using: &random) >> Int.random(in: 0..<120, using: &random)
      let exact = Double(x)
      #expect(abs(FixedPoint.double(x) - exact) <= abs(exact) * 0x1p-52)
      #expect(abs(FixedPoint.double(x.magnitude) - abs(exact)) <= abs(exact) * 0x1p-52)
    }
  }
}
