// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct AveragePoolingLayerTests {
  @Test(arguments: [1, 3, 8])
  func `gradients are those of central differences`(channels: Int) {
    var random = RandomNumbers(170)
    for engine in Engine.variants {
      let error = largestGradientError(
        of: AveragePoolingLayer(pixels: 5, channels: channels),
        input: random.matrix(3, 5 * channels), parameters: FloatVector(count: 0), random: &random,
        engine: engine)
      #expect(error < 1e-4, "seed \(RandomTests.seed)")
    }
  }
}
