// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct FixedLogarithmTests {
  @Test
  func quotientsAreWithinTwoToTheMinus91() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(1000) {
      let bottom = UInt64(exp2(Double.random(in: 0...33, using: &random)))
      let top = max(1, UInt64(Double(bottom) * exp2(Double.random(in: -20...20, using: &random))))
      let log = FixedLogarithm(top, over: bottom)
      var error = try Self.logarithm(top, bottom)
      var part = Accumulator(precision: 300)
      part.set(log.approximation, rounding: .nearest)
      error.subtract(part, rounding: .nearest)
      part.set(log.correction, rounding: .nearest)
      error.subtract(part, rounding: .nearest)
      #expect(abs(error.double(rounding: .nearest)) < 0x1p-91, "ln(\(top)/\(bottom))")
    }
  }

  private static func logarithm(_ top: UInt64, _ bottom: UInt64) throws -> Accumulator {
    var x = Accumulator(precision: 300)
    x.set(Rational(Integer(Int(top)), Integer(Int(bottom))), rounding: .nearest)
    var result = Accumulator(precision: 300)
    result.set(x, rounding: .nearest)
    result.formLogarithm(rounding: .nearest)
    return result
  }
}

struct FixedSumTests {
  @Test
  func exponentialsOfLongSumsKeepTheirDigits() {
    // 5000000 - 20000000 ln(1 + x) + ... in exact parts: compared with 300 bits.
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(300) {
      var sum = FixedSum()
      var exact = Accumulator(precision: 300)
      for _ in 0..<3 {
        let factor = Int.random(in: -20_000_000...20_000_000, using: &random)
        let y = Double.random(in: -1...1, using: &random)
        sum.add(factor, times: y)
        var part = Accumulator(precision: 300)
        part.set(y, rounding: .nearest)
        part.multiply(by: factor, rounding: .nearest)
        exact.add(part, rounding: .nearest)
      }
      sum.add(small: 0.0625)
      var small = Accumulator(precision: 300)
      small.set(0.0625, rounding: .nearest)
      exact.add(small, rounding: .nearest)
      let estimate = exact.double(rounding: .nearest)
      #expect(abs(sum.value - estimate) <= abs(estimate) * 0x1p-51)
      exact.formExponential(rounding: .nearest)
      let power = sum.exponential()
      // The significand as an integer of 60 bits.
      let word = UInt128(power.significand * 0x1p60)
      #expect(
        relativeDifference(word, power.exponent - 60, exact)
          <= (FixedSum.exponentialError + 0.1) * 0x1p-53)
    }
  }
}
