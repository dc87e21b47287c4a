// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct CircleNodesTests {
  @Test(arguments: Arithmetic.allCases)
  func nodesAreRootsOfUnityAndPhasesTheirPowers(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectRootsOfUnity(ComplexBall.self)
    case .words: expectRootsOfUnity(ComplexWord.self)
    }
  }

  private func expectRootsOfUnity<Number: RigorousComplex & ~Copyable>(_ arithmetic: Number.Type) {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(40) {
      let count = Int.random(in: 1...200, using: &random)
      let degree = Int.random(in: 0...1_000_000_000_000, using: &random)
      let first = Int.random(in: 0..<count, using: &random)
      let nodes = CircleNodes<Number>(count: count, degree: degree, first: first, precision: 100)
      var expected = ComplexBall(precision: 200)
      for k in first..<count {
        if k > first { nodes.advance() }
        expected.setRootOfUnity(k, of: count)
        let isNode = nodes.direction.overlaps(expected)
        #expect(isNode, "seed \(RandomTests.seed), \(k) of \(count)")
        // The degree is reduced modulo N: k n mod N without overflow.
        expected.setRootOfUnity(k * (degree % count) % count, of: count)
        expected.conjugate()
        let isPhase = nodes.phase.overlaps(expected)
        #expect(isPhase, "seed \(RandomTests.seed), \(k) of \(count), n = \(degree)")
        #expect(nodes.phase.error.bound < Double(k - first + 2) * 0x1p-90)
      }
    }
  }

  @Test(arguments: Arithmetic.allCases)
  func numbersOfNodesThatTakeTwoWordsToMultiply(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectLongProducts(ComplexBall.self)
    case .words: expectLongProducts(ComplexWord.self)
    }
  }

  private func expectLongProducts<Number: RigorousComplex & ~Copyable>(_ arithmetic: Number.Type) {
    // k n mod N for N near 2^60.
    let (count, degree, first) = (1 << 60 - 1, 1 << 59 + 12_345, 1 << 21 + 1)
    let nodes = CircleNodes<Number>(count: count, degree: degree, first: first, precision: 150)
    let power = (Integer(first) * Integer(degree)).floorDivided(by: Integer(count)).remainder
    var expected = ComplexBall(precision: 150)
    expected.setRootOfUnity(power.int ?? 0, of: count)
    expected.conjugate()
    let isPhase = nodes.phase.overlaps(expected)
    #expect(isPhase)
    #expect(nodes.phase.error.bound < 0x1p-110)
  }
}
