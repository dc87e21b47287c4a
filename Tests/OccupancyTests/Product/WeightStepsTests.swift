// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct WeightStepsTests {
  @Test(arguments: SamplingScheme.allCases)
  func theSquaringsOfAllStepsAddUpToTheWeights(sampling: SamplingScheme) {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      var weight: Integer = 0
      let gapBits = Int.random(in: 1...90, using: &random)
      let weights = (0..<Int.random(in: 1...50, using: &random)).map { _ in
        let gap = Int.random(in: 1...(1 << min(gapBits, 62)), using: &random)
        weight += Integer(gap).shiftedLeft(by: max(0, gapBits - 62))
        return weight
      }
      let plan = WeightSteps(weights: weights, sampling: sampling)
      #expect(plan.steps.count == weights.count && plan.roundings.count == weights.count)
      var (power, anchor): (Integer, Integer) = (0, 0)
      var sinceAnchor = 0
      for (step, weight) in zip(plan.steps, weights) {
        let product = plan.bits[step.range].reduce(Integer(0)) {
          $0 + Integer(1).shiftedLeft(by: $1)
        }
        switch step.kind {
        case .products: power += product
        case .anchor: power = anchor + product
        case .exponential: power = weight
        }
        #expect(power == weight, "seed \(RandomTests.seed)")
        #expect(plan.bits[step.range].allSatisfy { $0 < plan.squaringCount })
        sinceAnchor = step.kind == .products ? sinceAnchor + 1 : 0
        if step.kind != .products { anchor = weight }
        // No chain of rounded products is long.
        #expect(sinceAnchor < 8 && (sampling == .withReplacement || step.kind != .exponential))
      }
    }
  }

  @Test
  func longGapsTakeExponentials() {
    let long = (Integer(1).shiftedLeft(by: 300) - 1)
    let plan = WeightSteps(weights: [1, 2, long], sampling: .withReplacement)
    #expect(plan.steps.map(\.kind) == [.anchor, .products, .exponential])
    let finite = WeightSteps(weights: [1, 2, long], sampling: .withoutReplacement)
    #expect(finite.steps.map(\.kind) == [.anchor, .products, .products])
  }
}
