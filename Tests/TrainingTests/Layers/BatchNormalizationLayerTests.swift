// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Training

@Suite struct BatchNormalizationLayerTests {
  private let layer = BatchNormalizationLayer(width: 11)

  @Test func `gradients are those of central differences`() {
    var random = RandomNumbers(110)
    for engine in Engine.variants {
      let (input, parameters) = (random.matrix(6, 11), random.vector(22))
      let error = largestGradientError(
        of: layer, input: input, parameters: parameters, random: &random, engine: engine)
      #expect(error < 2e-3, "seed \(RandomTests.seed)")
    }
  }

  private func memory(_ parameters: FloatVector, _ state: FloatVector) -> LayerMemory {
    LayerMemory(
      parameters: parameters, state: state, saved: FloatVector(count: layer.savedCount(rows: 6)))
  }

  @Test func `running statistics move a tenth of the way, in training only`() {
    var random = RandomNumbers(111)
    let (parameters, state) = (FloatVector(count: 22), FloatVector(count: 22))
    var generator = SplitMix64(seed: 1)
    layer.initialize(parameters: parameters, state: state, generator: &generator)
    let (input, output) = (random.matrix(6, 11), Matrix(rows: 6, columns: 11))
    let memory = memory(parameters, state)
    for mode in [LayerMode.training(updatesState: false), .evaluation] {
      layer.forward(input, into: output, memory: memory, mode: mode, engine: Engine())
      #expect(state.elements == [Float](repeating: 0, count: 11) + [Float](repeating: 1, count: 11))
    }
    layer.forward(
      input, into: output, memory: memory, mode: .training(updatesState: true), engine: Engine())
    for j in 0..<11 {
      let column = (0..<6).map { Double(input[$0, j]) }
      let mean = column.reduce(0, +) / 6
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
      #expect(abs(Double(state[j]) - 0.1 * mean) < 1e-6)
      #expect(abs(Double(state[11 + j]) - (0.9 + 0.1 * variance)) < 1e-6)
    }
  }

  @Test func `evaluation uses the running statistics`() {
    var random = RandomNumbers(112)
    let (parameters, state) = (random.vector(22), random.vector(22))
    for j in 11..<22 { state[j] = abs(state[j]) + 0.1 }
    let (input, output) = (random.matrix(6, 11), Matrix(rows: 6, columns: 11))
    layer.forward(
      input, into: output, memory: memory(parameters, state), mode: .evaluation, engine: Engine())
    for i in 0..<6 {
      for j in 0..<11 {
        let deviation = (Double(state[11 + j]) + 1e-5).squareRoot()
        let normal = (Double(input[i, j]) - Double(state[j])) / deviation
        let exact = normal * Double(parameters[j]) + Double(parameters[11 + j])
        #expect(abs(Double(output[i, j]) - exact) < 1e-5)
      }
    }
  }
}
