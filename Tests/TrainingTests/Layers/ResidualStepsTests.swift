// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Randomness
import TestSupport
import Testing

@testable import Training

@Suite struct ResidualStepsTests {
  /// The fixed numbers of the reference.
  private func numbers(_ count: Int, salt: Int) -> [Float] {
    (0..<count).map { Float(Double(($0 * 7919 + salt * 104_729) % 1000) / 1000 - 0.5) }
  }

  private func encoder() -> Encoder {
    let image = ImageShape(height: 6, width: 5, channels: 1)
    let stem = ConvolutionLayer(
      ConvolutionShape(
        height: image.height, width: image.width, inputChannels: 1, outputChannels: 8, side: 3,
        stride: 1))
    let layers: [any Layer] = [
      stem,
      ResidualBlockLayer(height: 6, width: 5, inputChannels: 8, outputChannels: 8, stride: 1),
      ResidualBlockLayer(height: 6, width: 5, inputChannels: 8, outputChannels: 8, stride: 2),
      AveragePoolingLayer(pixels: 9, channels: 8),
      DenseLayer(inputWidth: 8, outputWidth: 4, hasBias: true), UnitLengthLayer(width: 4),
    ]
    var generator = SplitMix64(seed: 1)
    let encoder = Encoder(layers: layers, backboneCount: 4, generator: &generator)
    var parameters: [Float] = []
    for (index, count) in [72, 576, 576, 576, 576, 64].enumerated() {
      parameters += numbers(count, salt: index + 1)
      parameters += [Float](repeating: 1, count: 8) + [Float](repeating: 0, count: 8)
    }
    parameters += numbers(32, salt: 7) + numbers(4, salt: 8)
    encoder.parameters.copy(FloatVector(parameters))
    return encoder
  }

  /// The losses of 20 steps from the reference's parameters on its images.
  private func run(engine: Engine) -> [Double] {
    let encoder = encoder()
    let views = FloatVector(numbers(300, salt: 100))
    let batch = BatchGradient(
      encoder: encoder, loss: .infoNCE, temperature: 0.5, imageCount: 5, chunkSize: 5,
      engine: engine)
    let optimizer = Optimizer(kind: .sgd, weightDecay: 0.01, encoder: encoder)
    return (0..<20).map { _ in
      let value = batch.evaluate { _, rows in rows.elements.copy(views) }
      optimizer.step(
        parameters: encoder.parameters, gradients: batch.gradients, learningRate: 0.005,
        engine: engine)
      return value
    }
  }

  @Test func `twenty steps have the losses that an independent implementation recorded`() {
    let values = ReferenceFile.rows(of: "reference-convolution-steps.csv").compactMap { line in
      line.split(separator: ",").last.flatMap { Double(String($0)) }
    }
    #expect(values.count == 20)
    for engine in Engine.variants {
      let worst = zip(run(engine: engine), values).map { abs($0 - $1) }.max() ?? .infinity
      #expect(worst < 1e-5, "\(engine.instructionSet): \(worst)")
    }
  }
}
