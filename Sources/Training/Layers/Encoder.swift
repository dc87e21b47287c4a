// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Layers one after another, with their parameters and state.
package final class Encoder {
  let layers: [any Layer]
  /// How many layers come before the projection head.
  let backboneCount: Int
  /// All parameters, layer by layer.
  package let parameters: FloatVector
  /// All running statistics, layer by layer.
  let state: FloatVector

  private let parameterRanges: [Range<Int>]
  private let stateRanges: [Range<Int>]

  var inputWidth: Int { layers[0].inputWidth }
  var outputWidth: Int { layers[layers.count - 1].outputWidth }

  /// The width of what the backbone hands to the head.
  var backboneWidth: Int { backboneCount == 0 ? inputWidth : layers[backboneCount - 1].outputWidth }

  /// The parameters of all layers, in the order in which they lie in memory.
  var tensors: [ParameterTensor] { layers.flatMap(\.tensors) }

  /// An encoder whose parameters are drawn from `generator`.
  ///
  /// - Parameters:
  ///   - layers: At least one; each takes what the one before gives.
  ///   - backboneCount: How many of them come before the head.
  init(layers: [any Layer], backboneCount: Int, generator: inout SplitMix64) {
    precondition(!layers.isEmpty && (0...layers.count).contains(backboneCount), "layers")
    for (layer, next) in zip(layers, layers.dropFirst()) {
      precondition(layer.outputWidth == next.inputWidth, "the widths of layers agree")
    }
    self.layers = layers
    self.backboneCount = backboneCount
    parameterRanges = Self.ranges(layers.map(\.parameterCount))
    stateRanges = Self.ranges(layers.map(\.stateCount))
    parameters = FloatVector(count: parameterRanges.last?.upperBound ?? 0)
    state = FloatVector(count: stateRanges.last?.upperBound ?? 0)
    for (index, layer) in layers.enumerated() {
      layer.initialize(
        parameters: parameters[parameterRanges[index]], state: state[stateRanges[index]],
        generator: &generator)
    }
  }

  /// An encoder of the given widths whose parameters are drawn by `seed`.
  package convenience init(shape: EncoderShape, inputWidth: Int, seed: UInt64) {
    let (layers, backboneCount) = shape.layers(inputWidth: inputWidth)
    var generator = SplitMix64(keys: seed)
    self.init(layers: layers, backboneCount: backboneCount, generator: &generator)
  }

  private static func ranges(_ counts: [Int]) -> [Range<Int>] {
    var end = 0
    return counts.map { count in
      end += count
      return end - count..<end
    }
  }

  /// Runs the layers on `input`, at most `tape.rows` rows.
  ///
  /// - Returns: The output of the last layer, or of the backbone, in the tape's memory.
  func forward(
    _ input: Matrix, tape: Tape, mode: LayerMode, engine: Engine, stopsAtBackbone: Bool = false
  ) -> Matrix {
    let end = stopsAtBackbone ? backboneCount : layers.count
    var current = input
    for index in 0..<end {
      let output = tape.output(index, rows: input.rows)
      layers[index].forward(
        current, into: output, memory: memory(index, tape), mode: mode, engine: engine)
      current = output
    }
    return current
  }

  /// Adds the gradients of the parameters after a training pass of `forward` on the same tape.
  ///
  /// - Parameters:
  ///   - input: As in `forward`.
  ///   - outputGradient: With respect to the last output; overwritten.
  ///   - gradients: (parameters.count); accumulated into.
  func backward(
    input: Matrix, tape: Tape, outputGradient: Matrix, gradients: FloatVector, engine: Engine
  ) {
    precondition(gradients.count == parameters.count, "gradients of all parameters")
    var gradient = outputGradient
    var turn = 0
    for index in layers.indices.reversed() {
      let layer = layers[index]
      // Nobody asks for the gradient with respect to the images.
      let inputGradient: Matrix? =
        layer.worksInPlace
        ? gradient : (index == 0 ? nil : tape.gradient(turn, of: layer, rows: input.rows))
      layer.backward(
        input: index == 0 ? input : tape.output(index - 1, rows: input.rows),
        output: tape.output(index, rows: input.rows), gradient: gradient, into: inputGradient,
        memory: memory(index, tape), parameterGradients: gradients[parameterRanges[index]],
        engine: engine)
      guard let inputGradient else { return }
      if !layer.worksInPlace { turn = 1 - turn }
      gradient = inputGradient
    }
  }

  private func memory(_ index: Int, _ tape: Tape) -> LayerMemory {
    LayerMemory(
      parameters: parameters[parameterRanges[index]], state: state[stateRanges[index]],
      saved: tape.saved[index])
  }
}
