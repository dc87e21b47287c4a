// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct UnitLengthLayerTests {
  @Test func `gradients are those of central differences`() {
    var random = RandomNumbers(130)
    for engine in Engine.variants {
      let input = random.matrix(4, 11)
      for row in 0..<4 { input[row, 0] = 1 }
      let error = largestGradientError(
        of: UnitLengthLayer(width: 11), input: input, parameters: FloatVector(count: 0),
        random: &random, engine: engine)
      #expect(error < 2e-4, "seed \(RandomTests.seed)")
    }
  }
}
