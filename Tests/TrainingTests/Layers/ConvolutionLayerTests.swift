// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Randomness
import TestSupport
import Testing

@testable import Training

@Suite struct ConvolutionLayerTests {
  private func shape(
    _ height: Int, _ width: Int, _ inputs: Int, _ outputs: Int, _ side: Int = 3, _ stride: Int = 1
  ) -> ConvolutionShape {
    ConvolutionShape(
      height: height, width: width, inputChannels: inputs, outputChannels: outputs, side: side,
      stride: stride)
  }

  /// Moves the offsets of the normalisation up, so that few values are near the rectifier's kink.
  private func parameters(_ layer: ConvolutionLayer, _ random: inout RandomNumbers) -> FloatVector {
    let parameters = random.vector(layer.parameterCount)
    let channels = layer.convolution.shape.outputChannels
    for j in 0..<channels {
      let gamma = layer.parameterCount - 2 * channels + j
      parameters[gamma] = 0.5 + 0.25 * parameters[gamma]
      parameters[gamma + channels] = j % 3 == 2 ? -4 : 4
    }
    return parameters
  }

  @Test func `gradients are those of central differences`() {
    var random = RandomNumbers(150)
    for shape in [shape(3, 4, 2, 3), shape(5, 3, 2, 9, 3, 2), shape(3, 3, 3, 4, 1, 2)] {
      let layer = ConvolutionLayer(shape)
      for engine in Engine.variants {
        let (input, parameters) = (
          random.matrix(3, layer.inputWidth), parameters(layer, &random)
        )
        let error = largestGradientError(
          of: layer, input: input, parameters: parameters, random: &random, engine: engine)
        #expect(error < 5e-3, "\(shape), seed \(RandomTests.seed)")
      }
    }
  }

  @Test func `Winograd's gradients are those of central differences`() {
    var random = RandomNumbers(151)
    let layer = ConvolutionLayer(shape(3, 5, 8, 8))
    #expect(layer.convolution.shape.isWinograd)
    let (input, parameters) = (random.matrix(2, layer.inputWidth), parameters(layer, &random))
    let error = largestGradientError(
      of: layer, input: input, parameters: parameters, random: &random, engine: Engine())
    #expect(error < 5e-3, "seed \(RandomTests.seed)")
  }

  @Test func `it is a convolution, a normalisation of pixels by channel and a rectifier`() {
    var random = RandomNumbers(152)
    for shape in [shape(5, 6, 3, 11), shape(5, 6, 8, 16), shape(6, 5, 4, 8, 3, 2)] {
      let layer = ConvolutionLayer(shape)
      let pixels = shape.positionCount
      let parameters = random.vector(layer.parameterCount)
      let memory = LayerMemory(
        parameters: parameters, state: FloatVector(count: layer.stateCount),
        saved: FloatVector(count: layer.savedCount(rows: 4)))
      let normalization = BatchNormalizationLayer(width: shape.outputChannels)
      let tail = LayerMemory(
        parameters: parameters[shape.weightCount..<layer.parameterCount],
        state: FloatVector(count: layer.stateCount),
        saved: FloatVector(count: normalization.savedCount(rows: 4 * pixels)))
      let engine = Engine(threadCount: 2)
      for mode in [LayerMode.training(updatesState: true), .evaluation] {
        let input = random.matrix(4, layer.inputWidth)
        let output = Matrix(rows: 4, columns: layer.outputWidth)
        layer.forward(input, into: output, memory: memory, mode: mode, engine: engine)
        let (plain, normal) = (
          Matrix(rows: 4, columns: layer.outputWidth),
          Matrix(rows: 4 * pixels, columns: shape.outputChannels)
        )
        engine.convolve(
          input, shape, map: nil, weights: parameters[0..<shape.weightCount], into: plain,
          moments: nil)
        normalization.forward(
          Matrix(plain.elements, rows: 4 * pixels, columns: shape.outputChannels), into: normal,
          memory: tail, mode: mode, engine: engine)
        let worst =
          zip(output.elements.elements, normal.elements.elements)
          .map { abs($0 - max(0, $1)) }.max() ?? 1
        // A running variance of 0 makes values a hundred times as large.
        #expect(worst < 1e-4, "\(shape), seed \(RandomTests.seed)")
        let moved = zip(memory.state.elements, tail.state.elements).map { abs($0 - $1) }.max() ?? 1
        #expect(moved < 1e-5)
      }
    }
  }

  @Test func `initial weights are uniform within the bound`() {
    let layer = ConvolutionLayer(shape(4, 4, 6, 16))
    let (parameters, state) = (FloatVector(count: layer.parameterCount), FloatVector(count: 32))
    var generator = SplitMix64(seed: RandomTests.seed)
    layer.initialize(parameters: parameters, state: state, generator: &generator)
    let weights = parameters.elements.prefix(9 * 6 * 16)
    // The square root of 6 / 54 is 1/3.
    #expect(weights.allSatisfy { abs($0) <= 0.3334 })
    #expect(weights.contains { $0 > 0.32 } && weights.contains { $0 < -0.32 })
    let rest = Array(parameters.elements.suffix(32))
    #expect(rest == [Float](repeating: 1, count: 16) + [Float](repeating: 0, count: 16))
    #expect(state.elements == rest.reversed())
  }
}
