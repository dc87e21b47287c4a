// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Randomness

/// The basic block of a residual network: y = max(0, n2(c2(max(0, n1(c1(x))))) + s(x)), where c1
/// and c2 are 3 x 3 convolutions, n1 and n2 batch normalisations, and the shortcut s is the
/// identity or, where the shape changes, a normalised 1 x 1 convolution.
///
/// Parameters, state and what is kept: those of c1, c2 and the shortcut, one after another.
///
/// Reference: K. He et al., *Deep residual learning for image recognition*, CVPR 2016, figure 2 and
/// option B.
struct ResidualBlockLayer: RectifiedLayer {
  let first, second: NormalizedConvolution
  /// Nil for the identity.
  let projection: NormalizedConvolution?

  /// A block.
  ///
  /// - Parameters:
  ///   - height, width, inputChannels: Of an image of the input.
  ///   - outputChannels: Of the output.
  ///   - stride: Of the first convolution and of the shortcut, 1 or 2.
  init(height: Int, width: Int, inputChannels: Int, outputChannels: Int, stride: Int) {
    let shape = ConvolutionShape(
      height: height, width: width, inputChannels: inputChannels, outputChannels: outputChannels,
      side: 3, stride: stride)
    first = NormalizedConvolution(shape: shape)
    second = NormalizedConvolution(
      shape: ConvolutionShape(
        height: shape.outputHeight, width: shape.outputWidth, inputChannels: outputChannels,
        outputChannels: outputChannels, side: 3, stride: 1))
    let isIdentity = stride == 1 && inputChannels == outputChannels
    projection =
      isIdentity
      ? nil
      : NormalizedConvolution(
        shape: ConvolutionShape(
          height: height, width: width, inputChannels: inputChannels,
          outputChannels: outputChannels, side: 1, stride: stride))
  }

  private var convolutions: [NormalizedConvolution] {
    [first, second] + (projection.map { [$0] } ?? [])
  }

  var inputWidth: Int { first.shape.inputCount }
  var outputWidth: Int { first.shape.outputCount }
  var tensors: [ParameterTensor] { convolutions.flatMap(\.tensors) }
  var stateCount: Int { convolutions.reduce(0) { $0 + $1.stateCount } }
  var worksInPlace: Bool { false }

  func savedCount(rows: Int) -> Int {
    convolutions.reduce(0) { $0 + $1.savedCount(rows: rows) }
  }

  func scratchCount(rows: Int, threadCount: Int) -> Int {
    // The gradient between the convolutions, and what a convolution works in.
    rows * first.shape.outputCount
      + (convolutions.map { $0.shape.scratchCount(threadCount: threadCount) }.max() ?? 0)
  }

  private struct Memory {
    let first, second: NormalizedConvolution.Memory
    let projection: NormalizedConvolution.Memory?
  }

  private func split(_ memory: LayerMemory, rows: Int) -> Memory {
    var rest = memory
    let one = first.memory(rows: rows, from: &rest)
    let two = second.memory(rows: rows, from: &rest)
    return Memory(first: one, second: two, projection: projection?.memory(rows: rows, from: &rest))
  }

  func initialize(parameters: FloatVector, state: FloatVector, generator: inout SplitMix64) {
    let saved = FloatVector(count: savedCount(rows: 1))
    let memory = split(
      LayerMemory(parameters: parameters, state: state, saved: saved), rows: 1)
    first.initialize(memory.first, generator: &generator)
    second.initialize(memory.second, generator: &generator)
    if let projection, let part = memory.projection {
      projection.initialize(part, generator: &generator)
    }
  }

  func forwardSums(
    _ input: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine,
    before: (_ images: Range<Int>) -> Void
  ) {
    let memory = split(memory, rows: input.rows)
    first.forward(
      input, map: nil, memory: memory.first, mode: mode, engine: engine, before: before)
    let hidden = memory.first.channels
    second.forward(
      hidden.output, map: hidden.map, memory: memory.second, mode: mode, engine: engine)
    if let projection, let part = memory.projection {
      projection.forward(input, map: nil, memory: part, mode: mode, engine: engine)
    }
  }

  func rectify(
    _ images: Range<Int>, input: Matrix, into output: Matrix, memory: LayerMemory, engine: Engine
  ) {
    let memory = split(memory, rows: input.rows)
    let shortcut = memory.projection?.channels
    engine.rectifySum(
      memory.second.channels, shortcut: shortcut?.output ?? input, shortcutMap: shortcut?.map,
      images: images, into: output)
  }

  func rectifyBackward(
    _ images: Range<Int>, output: Matrix, gradient: Matrix, memory: LayerMemory, engine: Engine
  ) {
    let memory = split(memory, rows: gradient.rows)
    let summed = [memory.second] + (memory.projection.map { [$0] } ?? [])
    engine.rectifyBackward(
      gradient, output: output, channels: summed.map { ($0.channels, sums: $0.sums) },
      images: images)
  }

  func backwardSums(
    input: Matrix, gradient: Matrix, into inputGradient: Matrix?, memory: LayerMemory,
    parameterGradients: FloatVector?, engine: Engine, done: (_ images: Range<Int>) -> Void
  ) {
    let memory = split(memory, rows: input.rows)
    let (start, middle) = (first.parameterCount, first.parameterCount + second.parameterCount)
    let hidden = memory.first.channels
    let hiddenGradient = Matrix(
      engine.scratch(.gradient, count: hidden.output.elements.count), rows: input.rows,
      columns: hidden.output.columns)
    second.backward(
      hidden.output, map: hidden.map, memory: memory.second, gradient: gradient,
      gradients: parameterGradients?[start..<middle], inputGradient: hiddenGradient, engine: engine
    ) { images in
      engine.rectifyBackward(
        hiddenGradient, output: nil, channels: [(hidden, sums: memory.first.sums)], images: images)
    }
    if let projection, let part = memory.projection {
      projection.backward(
        input, map: nil, memory: part, gradient: gradient,
        gradients: parameterGradients.map { $0[middle..<$0.count] },
        inputGradient: inputGradient, engine: engine)
    }
    first.backward(
      input, map: nil, memory: memory.first, gradient: hiddenGradient,
      gradients: parameterGradients?[0..<start], inputGradient: inputGradient,
      accumulates: projection != nil, engine: engine
    ) { images in
      if projection == nil, let inputGradient {
        engine.addElements(
          gradient[rows: images].elements, to: inputGradient[rows: images].elements)
      }
      done(images)
    }
  }
}
