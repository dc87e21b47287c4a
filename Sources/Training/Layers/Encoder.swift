// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

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

  /// An encoder of images of the given shape whose parameters are drawn by `seed`.
  package convenience init(shape: EncoderShape, image: ImageShape, seed: UInt64) {
    let (layers, backboneCount) = shape.layers(image)
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

  /// The layers that need statistics of whole batches, and their numbers, in order.
  var batchLayers: [(index: Int, layer: any BatchStatisticsLayer)] {
    layers.indices.compactMap { index in
      (layers[index] as? any BatchStatisticsLayer).map { (index, $0) }
    }
  }

  /// Runs the first layers on `input`, at most `tape.rows` rows.
  ///
  /// - Parameter layerCount: How many layers are run; nil for all.
  /// - Returns: The output of the last of them, in the tape's memory, or `input` itself.
  func forward(
    _ input: Matrix, tape: Tape, mode: LayerMode, engine: Engine, layerCount: Int? = nil
  ) -> Matrix {
    var current = input
    let end = layerCount ?? layers.count
    var index = 0
    // The rectifier of the layer before, if that is left to this one.
    var rectify: (Range<Int>) -> Void = { _ in }
    while index < end {
      if index + 1 < end, let layer = rectifiedNormalization(index) {
        let output = tape.output(index + 1, rows: input.rows)
        layer.forward(
          current, into: output, rectifies: true, memory: memory(index, tape), mode: mode,
          engine: engine)
        current = output
        index += 2
        continue
      }
      let (output, memory) = (tape.output(index, rows: input.rows), memory(index, tape))
      if let layer = layers[index] as? any RectifiedLayer {
        let input = current
        layer.forwardSums(
          input, memory: memory, mode: mode, engine: engine, before: rectify)
        if index + 1 < end, layers[index + 1] is any RectifiedLayer {
          rectify = {
            layer.rectify($0, input: input, into: output, memory: memory, engine: engine)
          }
        } else {
          layer.rectifyAll(input, into: output, memory: memory, engine: engine)
        }
      } else {
        layers[index].forward(current, into: output, memory: memory, mode: mode, engine: engine)
      }
      current = output
      index += 1
    }
    return current
  }

  /// Layer `index` if it is a normalisation and a rectifier follows: the two work as one, and the
  /// output between them is nowhere in memory.
  private func rectifiedNormalization(_ index: Int) -> BatchNormalizationLayer? {
    guard index + 1 < layers.count, layers[index + 1] is RectifierLayer else { return nil }
    return layers[index] as? BatchNormalizationLayer
  }

  /// Adds the gradients of the parameters after a training pass of `forward` on the same tape.
  ///
  /// - Parameters:
  ///   - input: As in `forward`.
  ///   - outputGradient: With respect to the last output; overwritten.
  ///   - gradients: (parameters.count); accumulated into. Nil if they are not wanted.
  ///   - batchRows: The number of rows of the batch that `input` is a part of; nil if it is whole.
  ///   - end: The layers from this on are gone through.
  /// - Returns: The gradient with respect to the input of layer `end`, in the tape's memory or that
  ///   of `outputGradient`; nil for the images, for which nobody asks.
  @discardableResult
  func backward(
    input: Matrix, tape: Tape, outputGradient: Matrix, gradients: FloatVector?, engine: Engine,
    batchRows: Int? = nil, downTo end: Int = 0
  ) -> Matrix? {
    precondition(gradients?.count ?? parameters.count == parameters.count, "gradients")
    var gradient = outputGradient
    var turn = 0
    var index = layers.count
    // Whether the layer behind has gone through this one's rectifier.
    var isRectified = false
    while index > end {
      index -= 1
      // Of a part of a batch the sums are gathered between the two.
      let rectified = batchRows == nil && index > end ? rectifiedNormalization(index - 1) : nil
      if rectified != nil { index -= 1 }
      let layer = layers[index]
      let layerInput = index == 0 ? input : tape.output(index - 1, rows: input.rows)
      let parameterGradients = gradients?[parameterRanges[index]]
      if let rectified {
        rectified.backward(
          input: layerInput, gradient: gradient, rectified: true, memory: memory(index, tape),
          parameterGradients: parameterGradients, engine: engine)
        continue
      }
      if let batchRows, let layer = layer as? any BatchStatisticsLayer {
        layer.backwardPart(
          input: layerInput, gradient: gradient, batchRows: batchRows,
          memory: memory(index, tape), parameterGradients: parameterGradients, engine: engine)
        continue
      }
      let inputGradient: Matrix? =
        layer.worksInPlace
        ? gradient : (index == 0 ? nil : tape.gradient(turn, of: layer, rows: input.rows))
      let (output, memory) = (tape.output(index, rows: input.rows), memory(index, tape))
      if let layer = layer as? any RectifiedLayer {
        if !isRectified {
          layer.rectifyAllBackward(
            output: output, gradient: gradient, memory: memory, engine: engine)
        }
        let before = index > end ? layers[index - 1] as? any RectifiedLayer : nil
        layer.backwardSums(
          input: layerInput, gradient: gradient, into: inputGradient, memory: memory,
          parameterGradients: parameterGradients, engine: engine
        ) { images in
          guard let before, let inputGradient else { return }
          before.rectifyBackward(
            images, output: layerInput, gradient: inputGradient,
            memory: self.memory(index - 1, tape), engine: engine)
        }
        isRectified = before != nil
      } else {
        layer.backward(
          input: layerInput, output: output, gradient: gradient, into: inputGradient,
          memory: memory, parameterGradients: parameterGradients, engine: engine)
      }
      guard let inputGradient else { return nil }
      if !layer.worksInPlace { turn = 1 - turn }
      gradient = inputGradient
    }
    return gradient
  }

  /// The windows of layer `index`.
  func memory(_ index: Int, _ tape: Tape) -> LayerMemory {
    LayerMemory(
      parameters: parameters[parameterRanges[index]], state: state[stateRanges[index]],
      saved: tape.saved[index])
  }
}
