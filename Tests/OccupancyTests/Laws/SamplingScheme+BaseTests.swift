// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct SamplingSchemeBaseTests {
  @Test
  func theWeightOfAllDrawsIsTheCoefficientOfTheBasePower() {
    let (total, n, radius) = (Integer(30), 12, 0.375)
    let r = Real(radius).rational
    let ordered = SamplingScheme.withReplacement.drawWeight(
      total: total, drawCount: n, radius: radius, precision: 80)
    let unordered = SamplingScheme.withoutReplacement.drawWeight(
      total: total, drawCount: n, radius: radius, precision: 80)
    let power = (Rational(total) * r).power(n)
    #expect(ordered.enclosure().contains(power / Rational(Integer.factorial(n))))
    #expect(unordered.enclosure().contains(Rational(Integer.binomial(30, n)) * r.power(n)))
  }

  @Test(arguments: SamplingScheme.allCases)
  func theMajorantsArgumentIsAnUpperBound(sampling: SamplingScheme) {
    // Against cos t and |1 + z| - 1 in balls.
    var random = SplitMix64(seed: RandomTests.seed)
    var node = ComplexBall(precision: 200)
    for _ in 0..<RandomTests.count(500) {
      let r = Double.random(in: 0...1, using: &random) * (Bool.random(using: &random) ? 1e-6 : 50)
      let n = Int.random(in: 4...100_000, using: &random)
      let k = Int.random(in: 0...(n / 4), using: &random)
      node.setRootOfUnity(k, of: n)
      let (c, radius) = (node.realPart.rational, Real(r).rational)
      let slack = Rational(1, Integer(1).shiftedLeft(by: 190))
      let x = Real(
        sampling.majorantArgument(radius: r, angle: 2 * Double.pi * Double(k) / Double(n))
      ).rational
      let note = "seed \(RandomTests.seed), r = \(r), \(k) of \(n)"
      if sampling == .withReplacement {
        #expect(x >= radius * c - slack, "\(note)")
        #expect(x <= radius * c + radius / 1_000_000_000, "\(note)")
      } else {
        // (1 + x)^2 >= |1 + z|^2 = 1 + 2 r c + r^2
        let square = 1 + 2 * radius * c + radius * radius
        #expect((1 + x) * (1 + x) >= square - slack, "\(note)")
        #expect((1 + x) * (1 + x) <= square + radius / 1_000_000, "\(note)")
      }
    }
  }

  /// |1 + z| = 2^-26 at z = -1 - 2^-26, where the root of a difference would be zero.
  @Test
  func theMajorantsArgumentIsAnUpperBoundNextToItsLeast() {
    for gap in [0x1p-26, 0x1p-30, -0x1p-26, 0x1p-40, 0] {
      let r = 1 + gap
      let x = Real(SamplingScheme.withoutReplacement.majorantArgument(radius: r, angle: .pi))
        .rational
      let exact = (1 - Real(r).rational).magnitude - 1
      #expect(x >= exact && x <= exact + Rational(1, 1 << 40), "r = \(r)")
    }
  }

  @Test(arguments: SamplingScheme.allCases)
  func theExcessIsTheMeanBeyondTheFirstDraw(sampling: SamplingScheme) {
    for x in [1e-12, 1e-7, 1e-5, 1e-3, 0.1, 3] {
      for w in [1.0, 2, 7] {
        let l = w * sampling.logBase(x)
        // The mean x d/dx ln(g^w - 1) as a quotient of two short series.
        var (top, bottom, term) = (0.0, 0.0, 1.0)
        for k in 1...60 {
          term *=
            sampling == .withReplacement ? w * x / Double(k) : (w - Double(k) + 1) * x / Double(k)
          top += Double(k - 1) * term
          bottom += term
        }
        let expected = top / bottom
        #expect(
          abs(sampling.excess(l, x) - expected) <= 1e-6 * expected + 1e-11 * x + 1e-5 * x * x,
          "x = \(x), w = \(w)")
      }
    }
  }
}
