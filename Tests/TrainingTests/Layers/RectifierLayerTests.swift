// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct RectifierLayerTests {
  @Test func `gradients are those of central differences away from the kink`() {
    var random = RandomNumbers(120)
    for engine in Engine.variants {
      let input = random.matrix(4, 9)
      for index in 0..<36 where abs(input.elements[index]) < 0.05 { input.elements[index] = 0.5 }
      let error = largestGradientError(
        of: RectifierLayer(width: 9), input: input, parameters: FloatVector(count: 0),
        random: &random, engine: engine)
      #expect(error < 1e-4, "seed \(RandomTests.seed)")
    }
  }
}
