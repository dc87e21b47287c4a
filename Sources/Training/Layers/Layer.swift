// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// A differentiable map from rows to rows.
///
/// A layer is a description: its parameters and state are windows into two vectors that the encoder
/// owns, and what it keeps between `forward` and `backward` is a window into a tape. Rows are
/// images or tokens flattened to `inputWidth` floats, so that convolutions and embeddings are
/// layers too.
protocol Layer: Sendable {
  /// Floats in a row of the input.
  var inputWidth: Int { get }
  /// Floats in a row of the output.
  var outputWidth: Int { get }
  /// The parameters, in the order in which they lie in memory.
  var tensors: [ParameterTensor] { get }
  /// Floats that training keeps up to date but does not differentiate, such as running means.
  var stateCount: Int { get }
  /// Whether the gradient may be replaced in place.
  var worksInPlace: Bool { get }

  /// Floats kept from `forward` to `backward` for `rows` rows.
  func savedCount(rows: Int) -> Int

  /// Floats that an engine of `threadCount` threads works in on `rows` rows.
  func scratchCount(rows: Int, threadCount: Int) -> Int

  /// Sets parameters and state to what training starts from.
  func initialize(
    parameters: FloatVector, state: FloatVector, generator: inout SplitMix64)

  /// Computes the output.
  ///
  /// - Parameters:
  ///   - input: (rows, inputWidth).
  ///   - output: (rows, outputWidth); any content on entry.
  ///   - memory: Parameters, state and what is to be kept.
  ///   - mode: Whether this is training.
  func forward(
    _ input: Matrix, into output: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine)

  /// Computes the gradient with respect to the input and adds those with respect to parameters.
  ///
  /// - Parameters:
  ///   - input, output: As in the call of `forward`, whose mode was training.
  ///   - gradient: (rows, outputWidth), with respect to the output; may be overwritten.
  ///   - inputGradient: (rows, inputWidth); receives the gradient with respect to the input. Nil if
  ///     it is not wanted; `gradient` itself if the layer works in place.
  ///   - parameterGradients: Accumulated into; nil if they are not wanted.
  func backward(
    input: Matrix, output: Matrix, gradient: Matrix, into inputGradient: Matrix?,
    memory: LayerMemory, parameterGradients: FloatVector?, engine: Engine)
}

extension Layer {
  /// The number of parameters.
  var parameterCount: Int { tensors.reduce(0) { $0 + $1.count } }

  /// None, for most layers.
  func scratchCount(rows: Int, threadCount: Int) -> Int { 0 }
}

/// One array of parameters of a layer.
struct ParameterTensor: Equatable, Sendable {
  let count: Int
  /// Whether weight decay and layer-wise rates apply: to weights, not to biases and scales.
  let isWeight: Bool
  /// Floats in a row, if it is a table of which a batch touches some rows only; otherwise nil.
  var sparseRowWidth: Int? = nil
}

/// The windows that belong to a layer.
struct LayerMemory {
  let parameters: FloatVector
  let state: FloatVector
  let saved: FloatVector
}

/// What a forward pass is for.
enum LayerMode: Equatable, Sendable {
  /// Statistics are those of the rows at hand; running statistics follow if `updatesState`.
  case training(updatesState: Bool)
  /// The rows are a part of a batch whose statistics are kept already; see `BatchStatisticsLayer`.
  /// Other layers take the statistics of the rows at hand; their running statistics follow if
  /// `updatesState`, which is so in one pass of several over the same part.
  case trainingPart(updatesState: Bool)
  /// Statistics are the running ones; nothing is kept.
  case evaluation
}
