// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct ClassConvolutionTests {
  @Test
  func itIsTheEnumeratedLaw() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(150) {
      let item = SmallCase(&random)
      let outcomes = item.outcomes
      let convolution = ClassConvolution(
        requirement: try item.law.requirement(), sampling: item.sampling)
      let law = try #require(convolution.distinctLaw(drawCount: item.drawCount, within: 60))
      for (d, value) in law.enumerated() {
        let exact = outcomes.probability { counts in counts.count { $0 > 0 } == d }
        #expect(value == exact, "seed \(RandomTests.seed), \(item), d = \(d)")
      }
      let covered = outcomes.probability { counts in counts.allSatisfy { $0 > 0 } }
      #expect(
        convolution.probability(drawCount: item.drawCount, within: 60) == covered,
        "seed \(RandomTests.seed), \(item)")
      let evenOrThree = outcomes.probability { $0.allSatisfy { [0, 2, 3, 4].contains($0) } }
      #expect(
        convolution.probability(
          ofEachDrawn: [0..<1, 2..<5], drawCount: item.drawCount, within: 60) == evenOrThree)
    }
  }

  @Test
  func longDenominatorsAreServed() throws {
    let small = Rational(1, Integer(10).power(1000))
    let law = try LabelLaw(probabilities: [small, 1 - small])
    let v = try ClassConvolution(requirement: law.requirement(), sampling: .withReplacement)
      .probability(drawCount: 2, within: 60)
    #expect(v == 2 * small * (1 - small))
  }

  @Test
  func tooMuchWorkIsRefused() throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2]))
    let convolution = ClassConvolution(
      requirement: try law.requirement(), sampling: .withReplacement)
    #expect(convolution.probability(drawCount: 100_000, within: 60) == nil)
    #expect(convolution.distinctLaw(drawCount: 100_000, within: 60) == nil)
  }
}
