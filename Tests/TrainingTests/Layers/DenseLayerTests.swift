// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Training

@Suite struct DenseLayerTests {
  @Test(arguments: [true, false])
  func `gradients are those of central differences`(hasBias: Bool) {
    var random = RandomNumbers(100)
    let layer = DenseLayer(inputWidth: 5, outputWidth: 9, hasBias: hasBias)
    #expect(layer.parameterCount == 45 + (hasBias ? 9 : 0))
    for engine in Engine.variants {
      let (input, parameters) = (random.matrix(4, 5), random.vector(layer.parameterCount))
      let error = largestGradientError(
        of: layer, input: input, parameters: parameters, random: &random, engine: engine)
      #expect(error < 1e-4, "seed \(RandomTests.seed)")
    }
  }

  @Test func `initial parameters are uniform within the bound`() {
    let layer = DenseLayer(inputWidth: 25, outputWidth: 40, hasBias: true)
    let parameters = FloatVector(count: layer.parameterCount)
    var generator = SplitMix64(seed: RandomTests.seed)
    layer.initialize(
      parameters: parameters, state: FloatVector(count: 0), generator: &generator)
    let values = parameters.elements
    #expect(values.allSatisfy { abs($0) <= 0.2 })
    #expect(values.contains { $0 > 0.19 } && values.contains { $0 < -0.19 })
  }
}
