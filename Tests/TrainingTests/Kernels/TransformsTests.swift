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

@Suite struct TransformsTests {
  private func doubles(_ values: [Double]) -> DoubleStorage {
    let storage = DoubleStorage(count: values.count)
    for (index, value) in values.enumerated() { storage[index] = value }
    return storage
  }

  private func elements(_ storage: DoubleStorage) -> [Double] {
    (0..<storage.count).map { storage[$0] }
  }

  @Test func `nodes are half powers of two`() {
    #expect(TransformLayout.node(-7) == 0x1p-7 && TransformLayout.node(7) == 1)
    #expect(TransformLayout.node(-1) == 0x1p-4 && TransformLayout.node(15) == 16)
    for k in -60...60 {
      #expect(TransformLayout.node(k + 2) == 2 * TransformLayout.node(k))
      let square = TransformLayout.node(k) * TransformLayout.node(k)
      #expect(abs(square / exp2(Double(k - 7)) - 1) < 1e-15)
    }
  }

  @Test func `sums are those of the definition, the same for one arithmetic`() {
    var random = RandomNumbers(900)
    for count in [8, 24, 512] {
      // Powers of all sizes, 1 and 0 among them, and weights of which some are 0.
      let values = doubles((0..<count).map { $0 == 0 ? 1 : exp(20 * (Double(random.next()) - 1)) })
      let weights = doubles((0..<count).map { $0 % 5 == 4 ? 0 : 1 + Double(random.next()) })
      values[3] = 0
      for groups in [0, 1, 5] {
        let size = TransformLayout.count(groups: groups)
        let expected = doubles([Double](repeating: 0.5, count: size))
        unsafe addTransformsNaive(
          values.pointer, weights: weights.pointer, count: count, groups: groups,
          to: expected.pointer)
        for sets in InstructionSet.availableByArithmetic {
          let found = sets.map { set in
            let sums = doubles([Double](repeating: 0.5, count: size))
            let chains = DoubleStorage(count: 2 * count)
            unsafe set.kernels.addTransforms(
              values.pointer, weights: weights.pointer, count: count, groups: groups,
              chains: chains.pointer, to: sums.pointer)
            return elements(sums)
          }
          #expect(found.allSatisfy { $0 == found[0] })
          #expect(
            zip(found[0], elements(expected)).allSatisfy { abs($0 / $1 - 1) < 2e-13 },
            "\(sets), seed \(RandomTests.seed)")
        }
      }
    }
  }

  @Test func `a sum of powers takes logarithms of any size, minus infinity among them`() {
    var random = RandomNumbers(902)
    for count in [0, 1, 7, 8, 29] {
      let logarithms = doubles(
        (0..<count).map { $0 % 6 == 5 ? -.infinity : -abs(Double(random.next())) })
      let factors = doubles((0..<count).map { _ in abs(Double(random.next())) })
      let exact = (0..<count).reduce(0) { $0 + factors[$1] * exp(40 * logarithms[$1]) }
      for set in InstructionSet.available {
        let found = unsafe set.kernels.powerSum(
          logarithms.pointer, factors: factors.pointer, count: count, exponent: 40)
        #expect(abs(found - exact) <= 1e-14 * exact, "\(set), seed \(RandomTests.seed)")
      }
    }
  }
}
