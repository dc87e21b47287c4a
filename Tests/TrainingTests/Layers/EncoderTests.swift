// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Randomness
import Testing

@testable import Training

@Suite struct EncoderTests {
  private func encoder(_ shape: EncoderShape, inputWidth: Int) -> Encoder {
    let (layers, backboneCount) = shape.layers(inputWidth: inputWidth)
    var generator = SplitMix64(seed: 3)
    return Encoder(layers: layers, backboneCount: backboneCount, generator: &generator)
  }

  @Test(arguments: ContrastiveLoss.allCases)
  func `gradients of a loss through all layers are those of central differences`(
    loss: ContrastiveLoss
  ) {
    // Fixed numbers, so that no rectifier is near its kink.
    var random = RandomNumbers(140)
    let encoder = encoder(EncoderShape(backbone: [6], head: [5, 3]), inputWidth: 4)
    let input = random.matrix(10, 4)
    let tape = Tape(layers: encoder.layers, rows: 10)
    let gradients = FloatVector(count: encoder.parameters.count)
    let featureGradients = Matrix(rows: 10, columns: 3)
    let strip = FloatVector(count: loss.stripCount(imageCount: 5))
    let engine = Engine()
    func value() -> Double {
      let features = encoder.forward(
        input, tape: tape, mode: .training(updatesState: false), engine: engine)
      return loss.evaluate(
        features: features, temperature: 0.5, gradients: featureGradients, strip: strip,
        engine: engine)
    }
    _ = value()
    encoder.backward(
      input: input, tape: tape, outputGradient: featureGradients, gradients: gradients,
      engine: engine)
    let error = largestGradientError(
      encoder.parameters, gradient: gradients, step: 0.001, function: value)
    #expect(error < 5e-3)
    #expect(gradients.elements.contains { abs($0) > 0.1 })
  }

  @Test func `features are unit rows, and the backbone's output is what the head is given`() {
    var random = RandomNumbers(141)
    let encoder = encoder(EncoderShape(backbone: [6, 7], head: [5, 3]), inputWidth: 4)
    let input = random.matrix(9, 4)
    let tape = Tape(layers: encoder.layers, rows: 9)
    let engine = Engine()
    let features = encoder.forward(input, tape: tape, mode: .evaluation, engine: engine)
    for row in 0..<9 {
      let length = engine.dotProduct(features[row: row], features[row: row])
      #expect(abs(length - 1) < 1e-6)
    }
    let hidden = encoder.forward(
      input, tape: tape, mode: .evaluation, engine: engine, layerCount: encoder.backboneCount)
    #expect(hidden.columns == 7 && encoder.backboneWidth == 7)
    #expect(hidden.elements.elements.allSatisfy { $0 >= 0 })
    let noBackbone = self.encoder(EncoderShape(backbone: [], head: [3]), inputWidth: 4)
    #expect(noBackbone.backboneWidth == 4)
  }

  @Test(arguments: [(2, 3), (9, 8), (33, 21), (300, 48)])
  func `a normalisation and the rectifier behind it give together the bits of one after the other`(
    rows: Int, width: Int
  ) {
    var random = RandomNumbers(142)
    var generator = SplitMix64(seed: 3)
    let layers: [any Layer] = [
      DenseLayer(inputWidth: 4, outputWidth: width, hasBias: false),
      BatchNormalizationLayer(width: width), RectifierLayer(width: width),
    ]
    let encoder = Encoder(layers: layers, backboneCount: 3, generator: &generator)
    let parameters = encoder.parameters
    for index in 4 * width..<parameters.count { parameters[index] = random.next() }
    let (input, outputGradient) = (random.matrix(rows, 4), random.matrix(rows, width))
    for engine in Engine.variants {
      let (tape, twin) = (Tape(layers: layers, rows: rows), Tape(layers: layers, rows: rows))
      for mode in [
        LayerMode.training(updatesState: false), .trainingPart(updatesState: false), .evaluation,
      ] {
        let output = encoder.forward(input, tape: tape, mode: mode, engine: engine)
        var current = input
        for (index, layer) in layers.enumerated() {
          let next = twin.output(index, rows: rows)
          layer.forward(
            current, into: next, memory: encoder.memory(index, twin), mode: mode, engine: engine)
          current = next
        }
        #expect(output.elements.elements == current.elements.elements, "\(mode)")
        if mode == .evaluation { continue }
        #expect(output.elements.elements.contains { $0 == 0 })
        let (gradient, twinGradient) = (
          Matrix(rows: rows, columns: width), Matrix(rows: rows, columns: width)
        )
        gradient.elements.copy(outputGradient.elements)
        twinGradient.elements.copy(outputGradient.elements)
        let gradients = FloatVector(count: parameters.count)
        let twinGradients = FloatVector(count: parameters.count)
        encoder.backward(
          input: input, tape: tape, outputGradient: gradient, gradients: gradients, engine: engine,
          downTo: 1)
        for index in [2, 1] {
          layers[index].backward(
            input: twin.output(index - 1, rows: rows), output: twin.output(index, rows: rows),
            gradient: twinGradient, into: twinGradient, memory: encoder.memory(index, twin),
            parameterGradients: index == 1 ? twinGradients[4 * width..<6 * width] : nil,
            engine: engine)
        }
        #expect(gradient.elements.elements == twinGradient.elements.elements, "\(mode)")
        #expect(gradients.elements == twinGradients.elements, "\(mode)")
      }
    }
  }

  @Test(arguments: [0, 1, 2])
  func `rectifiers that are left to the layer behind give the bits of one layer after another`(
    end: Int
  ) {
    var random = RandomNumbers(143)
    var generator = SplitMix64(seed: 4)
    let shape = ConvolutionShape(
      height: 6, width: 5, inputChannels: 3, outputChannels: 8, side: 3, stride: 1)
    let layers: [any Layer] = [
      ConvolutionLayer(shape),
      ResidualBlockLayer(height: 6, width: 5, inputChannels: 8, outputChannels: 8, stride: 1),
      ResidualBlockLayer(height: 6, width: 5, inputChannels: 8, outputChannels: 16, stride: 2),
      AveragePoolingLayer(pixels: 9, channels: 16),
    ]
    let encoder = Encoder(layers: layers, backboneCount: 4, generator: &generator)
    let (rows, starts) = (
      5, layers.indices.map { layers[..<$0].reduce(0) { $0 + $1.parameterCount } }
    )
    let (input, outputGradient) = (random.matrix(rows, 90), random.matrix(rows, 16))
    for engine in Engine.variants {
      let (tape, twin) = (Tape(layers: layers, rows: rows), Tape(layers: layers, rows: rows))
      let mode = LayerMode.training(updatesState: false)
      let output = encoder.forward(input, tape: tape, mode: mode, engine: engine)
      var current = input
      for (index, layer) in layers.enumerated() {
        let next = twin.output(index, rows: rows)
        layer.forward(
          current, into: next, memory: encoder.memory(index, twin), mode: mode, engine: engine)
        current = next
      }
      #expect(output.elements.elements == current.elements.elements)
      let count = encoder.parameters.count
      let (gradients, twinGradients) = (FloatVector(count: count), FloatVector(count: count))
      var twinGradient = Matrix(rows: rows, columns: 16)
      let given = Matrix(rows: rows, columns: 16)
      given.elements.copy(outputGradient.elements)
      twinGradient.elements.copy(outputGradient.elements)
      let gradient = encoder.backward(
        input: input, tape: tape, outputGradient: given, gradients: gradients, engine: engine,
        downTo: end)
      for index in layers.indices.reversed() where index >= end {
        let next = Matrix(rows: rows, columns: layers[index].inputWidth)
        layers[index].backward(
          input: index == 0 ? input : twin.output(index - 1, rows: rows),
          output: twin.output(index, rows: rows), gradient: twinGradient, into: next,
          memory: encoder.memory(index, twin),
          parameterGradients: twinGradients[
            starts[index]..<starts[index] + layers[index].parameterCount],
          engine: engine)
        twinGradient = next
      }
      // For the gradient with respect to the images nobody asks.
      #expect((gradient == nil) == (end == 0))
      if let gradient { #expect(gradient.elements.elements == twinGradient.elements.elements) }
      #expect(gradients.elements == twinGradients.elements)
      #expect(gradients.elements.suffix(8).contains { $0 != 0 })
    }
  }

  @Test func `layers that do not fit are refused`() async {
    await #expect(processExitsWith: .failure) {
      var generator = SplitMix64(seed: 1)
      _ = Encoder(
        layers: [RectifierLayer(width: 2), RectifierLayer(width: 3)], backboneCount: 0,
        generator: &generator)
    }
  }
}
