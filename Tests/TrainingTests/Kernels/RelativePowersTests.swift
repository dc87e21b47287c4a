// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Kernels
import TestSupport
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct RelativePowersTests {
  @Test func `exponentials are within an ulp or two, filled up by zeros`() {
    var random = RandomNumbers(901)
    for count in [1, 8, 13, 500] {
      let values = random.vector(count)
      let whole = (count + 7) / 8 * 8
      for set in InstructionSet.available {
        let powers = DoubleStorage(count: whole)
        for index in 0..<whole { powers[index] = 9 }
        unsafe set.kernels.scaledExponentials(
          values.pointer, count: count, offset: 1, factor: 300, into: powers.pointer)
        let isWithin = allHold(whole) { index in
          guard index < count else { return powers[index] == 0 }
          let exact = exp(300 * (Double(values[index]) - 1))
          return abs(powers[index] - exact) <= 2 * exact.ulp
        }
        #expect(isWithin, "\(set), seed \(RandomTests.seed)")
        unsafe set.kernels.scaledExponentials(
          values.pointer, count: 1, offset: 2000, factor: 1, into: powers.pointer)
        #expect(powers[0] == 0)
      }
    }
  }

  @Test func `relative powers have the bits of one double's on every instruction set`() {
    var random = RandomNumbers(902)
    for count in [1, 8, 13, 500] {
      let values = random.vector(count)
      for (offset, divisor) in [(0.0, 0.5), (0.3, 0.07), (-1, 0.003), (1, 0.0027), (1, 1000)] {
        for set in InstructionSet.available {
          let powers = DoubleStorage(count: (count + 7) / 8 * 8)
          for index in 0..<powers.count { powers[index] = 9 }
          unsafe set.kernels.relativePowers(
            values.pointer, count: count, offset: offset, divisor: divisor, into: powers.pointer)
          let isSame = allHold(powers.count) { index in
            guard index < count else { return powers[index] == 0 }
            return powers[index] == exponential((Double(values[index]) - offset) / divisor)
          }
          #expect(isSame, "\(set), \(offset), \(divisor), seed \(RandomTests.seed)")
        }
      }
    }
  }
}
