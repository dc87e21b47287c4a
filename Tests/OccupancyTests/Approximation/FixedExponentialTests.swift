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

struct FixedExponentialTests {
  @Test
  func relativeErrorsAreBelowTwoToTheMinus112() {
    var random = SplitMix64(seed: RandomTests.seed)
    var arguments = [
      0, 64, -64, 0.693_147_180_559_945_3, -0.693_147_180_559_945_3, 0x1p-70, -0x1p-70,
    ]
    for _ in 0..<RandomTests.count(1000) {
      let size = exp2(Double.random(in: -60...6, using: &random))
      arguments.append(Bool.random(using: &random) ? size : -size)
    }
    for y in arguments {
      let power = FixedExponential(y)
      #expect(power.mantissa >> 127 == 1)
      var exact = Accumulator(precision: 300)
      exact.set(y, rounding: .nearest)
      exact.formExponential(rounding: .nearest)
      #expect(
        relativeDifference(power.mantissa, power.exponent - 127, exact) < 0x1p-112, "e^\(y)")
    }
  }
}

/// |word 2^exponent / x - 1|.
func relativeDifference(_ word: UInt128, _ exponent: Int, _ x: borrowing Accumulator) -> Double {
  var value = Accumulator(precision: 300)
  value.set(Integer(digits: "\(word)"), rounding: .nearest)
  value.scale(byPowerOfTwo: exponent)
  value.divide(by: x, rounding: .nearest)
  var difference = Accumulator(precision: 300)
  difference.set(value, rounding: .nearest)
  difference.add(-1, rounding: .nearest)
  return abs(difference.double(rounding: .nearest))
}
