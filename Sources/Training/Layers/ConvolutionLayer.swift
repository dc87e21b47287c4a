// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Randomness

/// A convolution without bias, batch normalisation over all pixels, and a rectifier.
///
/// Rows are images, (height, width, channels). Parameters, state and what is kept: those of
/// `NormalizedConvolution`.
struct ConvolutionLayer: Layer {
  let convolution: NormalizedConvolution

  /// A layer with the given shape.
  init(_ shape: ConvolutionShape) { convolution = NormalizedConvolution(shape: shape) }

  var inputWidth: Int { convolution.shape.inputCount }
  var outputWidth: Int { convolution.shape.outputCount }
  var tensors: [ParameterTensor] { convolution.tensors }
  var stateCount: Int { convolution.stateCount }
  var worksInPlace: Bool { false }

  func savedCount(rows: Int) -> Int { convolution.savedCount(rows: rows) }

  func scratchCount(rows: Int, threadCount: Int) -> Int {
    convolution.shape.scratchCount(threadCount: threadCount)
  }

  func initialize(parameters: FloatVector, state: FloatVector, generator: inout SplitMix64) {
    let saved = FloatVector(count: savedCount(rows: 1))
    var memory = LayerMemory(parameters: parameters, state: state, saved: saved)
    convolution.initialize(convolution.memory(rows: 1, from: &memory), generator: &generator)
  }

  func forward(
    _ input: Matrix, into output: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine
  ) {
    var rest = memory
    let memory = convolution.memory(rows: input.rows, from: &rest)
    convolution.forward(input, map: nil, memory: memory, mode: mode, engine: engine)
    engine.rectifySum(memory.channels, shortcut: nil, shortcutMap: nil, into: output)
  }

  func backward(
    input: Matrix, output: Matrix, gradient: Matrix, into inputGradient: Matrix?,
    memory: LayerMemory, parameterGradients: FloatVector?, engine: Engine
  ) {
    var rest = memory
    let memory = convolution.memory(rows: input.rows, from: &rest)
    let sums = Matrix(rows: input.rows, columns: convolution.stateCount)
    engine.rectifyBackward(
      gradient, output: nil, channels: [(memory.channels, sums: sums)], images: 0..<input.rows,
      isDivided: true)
    convolution.backward(
      input, map: nil, memory: memory, gradient: gradient, sums: sums,
      gradients: parameterGradients, inputGradient: inputGradient, engine: engine)
  }
}
