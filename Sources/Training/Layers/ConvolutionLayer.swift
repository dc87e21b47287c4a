// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Randomness

/// A convolution without bias, batch normalisation over all pixels, and a rectifier.
///
/// Rows are images, (height, width, channels). Parameters, state and what is kept: those of
/// `NormalizedConvolution`.
struct ConvolutionLayer: RectifiedLayer {
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

  private func memory(_ memory: LayerMemory, rows: Int) -> NormalizedConvolution.Memory {
    var rest = memory
    return convolution.memory(rows: rows, from: &rest)
  }

  func forwardSums(
    _ input: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine,
    before: (_ images: Range<Int>) -> Void
  ) {
    convolution.forward(
      input, map: nil, memory: self.memory(memory, rows: input.rows), mode: mode, engine: engine,
      before: before)
  }

  func rectify(
    _ images: Range<Int>, input: Matrix, into output: Matrix, memory: LayerMemory, engine: Engine
  ) {
    engine.rectifySum(
      self.memory(memory, rows: input.rows).channels, shortcut: nil, shortcutMap: nil,
      images: images, into: output)
  }

  func rectifyBackward(
    _ images: Range<Int>, output: Matrix, gradient: Matrix, memory: LayerMemory, engine: Engine
  ) {
    let memory = self.memory(memory, rows: gradient.rows)
    engine.rectifyBackward(
      gradient, output: nil, channels: [(memory.channels, sums: memory.sums)], images: images)
  }

  func backwardSums(
    input: Matrix, gradient: Matrix, into inputGradient: Matrix?, memory: LayerMemory,
    parameterGradients: FloatVector?, engine: Engine, done: (_ images: Range<Int>) -> Void
  ) {
    convolution.backward(
      input, map: nil, memory: self.memory(memory, rows: input.rows), gradient: gradient,
      gradients: parameterGradients, inputGradient: inputGradient, engine: engine, done: done)
  }
}
