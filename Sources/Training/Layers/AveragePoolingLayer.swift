// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// Global average pooling: the mean of each channel over all pixels of an image.
struct AveragePoolingLayer: Layer {
  let pixels, channels: Int

  var inputWidth: Int { pixels * channels }
  var outputWidth: Int { channels }
  var tensors: [ParameterTensor] { [] }
  var stateCount: Int { 0 }
  var worksInPlace: Bool { false }

  func savedCount(rows: Int) -> Int { 0 }

  func initialize(parameters: FloatVector, state: FloatVector, generator: inout SplitMix64) {}

  func forward(
    _ input: Matrix, into output: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine
  ) {
    engine.averagePixels(input, into: output)
  }

  func backward(
    input: Matrix, output: Matrix, gradient: Matrix, into inputGradient: Matrix?,
    memory: LayerMemory, parameterGradients: FloatVector?, engine: Engine
  ) {
    guard let inputGradient else { return }
    engine.averagePixelsBackward(gradient, into: inputGradient)
  }
}
