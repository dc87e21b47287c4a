// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import TestSupport
import Testing

@testable import Training

@Suite struct ResidualBlockLayerTests {
  /// Parameters with which few values are near a rectifier's kink.
  private func parameters(
    _ layer: ResidualBlockLayer, _ random: inout RandomNumbers
  ) -> FloatVector {
    let parameters = random.vector(layer.parameterCount)
    var end = 0
    for (index, tensor) in layer.tensors.enumerated() {
      for k in 0..<tensor.count where !tensor.isWeight {
        let isOffset = index % 3 == 2
        parameters[end + k] =
          isOffset ? (k % 3 == 1 ? -5 : 5) : 0.5 + 0.25 * parameters[end + k]
      }
      end += tensor.count
    }
    return parameters
  }

  @Test(arguments: [(2, 2, 1), (2, 3, 1), (3, 2, 2), (8, 8, 1)])
  func `gradients are those of central differences`(inputs: Int, outputs: Int, stride: Int) {
    var random = RandomNumbers(160)
    let layer = ResidualBlockLayer(
      height: 3, width: inputs == 8 ? 3 : 4, inputChannels: inputs, outputChannels: outputs,
      stride: stride)
    #expect((layer.projection == nil) == (inputs == outputs))
    for engine in inputs == 8 ? [Engine(threadCount: 2)] : Engine.variants {
      let (input, parameters) = (random.matrix(3, layer.inputWidth), parameters(layer, &random))
      let error = largestGradientError(
        of: layer, input: input, parameters: parameters, random: &random, engine: engine)
      #expect(error < 1e-2, "seed \(RandomTests.seed)")
    }
  }

  @Test(arguments: [(5, 5, 1), (3, 16, 2), (8, 8, 1)])
  func `it is the composition of its parts`(inputs: Int, outputs: Int, stride: Int) {
    var random = RandomNumbers(161)
    let layer = ResidualBlockLayer(
      height: 6, width: 5, inputChannels: inputs, outputChannels: outputs, stride: stride)
    let parameters = random.vector(layer.parameterCount)
    let memory = LayerMemory(
      parameters: parameters, state: FloatVector(count: layer.stateCount),
      saved: FloatVector(count: layer.savedCount(rows: 4)))
    let engine = Engine()
    let input = random.matrix(4, layer.inputWidth)
    let output = Matrix(rows: 4, columns: layer.outputWidth)
    layer.forward(
      input, into: output, memory: memory, mode: .training(updatesState: false), engine: engine)

    var start = 0
    func normalized(_ part: NormalizedConvolution, _ input: Matrix) -> Matrix {
      let shape = part.shape
      let mine = parameters[start..<start + part.parameterCount]
      start += part.parameterCount
      let plain = Matrix(rows: 4, columns: shape.outputCount)
      engine.convolve(
        input, shape, map: nil, weights: mine[0..<shape.weightCount], into: plain, moments: nil)
      let result = Matrix(rows: 4 * shape.positionCount, columns: shape.outputChannels)
      let normalization = BatchNormalizationLayer(width: shape.outputChannels)
      normalization.forward(
        Matrix(plain.elements, rows: result.rows, columns: result.columns), into: result,
        memory: LayerMemory(
          parameters: mine[shape.weightCount..<mine.count],
          state: FloatVector(count: normalization.stateCount),
          saved: FloatVector(count: normalization.savedCount(rows: result.rows))),
        mode: .training(updatesState: false), engine: engine)
      return Matrix(result.elements, rows: 4, columns: shape.outputCount)
    }
    let hidden = normalized(layer.first, input)
    engine.rectify(hidden, into: hidden)
    let main = normalized(layer.second, hidden)
    let shortcut = layer.projection.map { normalized($0, input) } ?? input
    let worst =
      zip(output.elements.elements, zip(main.elements.elements, shortcut.elements.elements))
      .map { abs($0 - max(0, $1.0 + $1.1)) }.max() ?? 1
    #expect(start == layer.parameterCount)
    #expect(worst < 2e-5, "seed \(RandomTests.seed)")
  }
}
