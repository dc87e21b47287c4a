// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// The rectified linear unit, y = max(x, 0).
struct RectifierLayer: Layer {
  let width: Int

  var inputWidth: Int { width }
  var outputWidth: Int { width }
  var tensors: [ParameterTensor] { [] }
  var stateCount: Int { 0 }
  var worksInPlace: Bool { true }

  func savedCount(rows: Int) -> Int { 0 }

  func initialize(parameters: FloatVector, state: FloatVector, generator: inout SplitMix64) {}

  func forward(
    _ input: Matrix, into output: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine
  ) {
    engine.rectify(input, into: output)
  }

  func backward(
    input: Matrix, output: Matrix, gradient: Matrix, into inputGradient: Matrix?,
    memory: LayerMemory, parameterGradients: FloatVector?, engine: Engine
  ) {
    engine.rectifyBackward(output: output, gradient: gradient)
  }
}
