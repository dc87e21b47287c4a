// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A layer whose training depends on statistics of all rows of a batch, and which can gather them
/// from one part of the batch after another.
///
/// Forward: `beginStatistics`, `addStatistics` for every part, `endStatistics`; from then on
/// `forward` in the mode `trainingPart` transforms any part. Back: `beginSums`, `addSums` for every
/// part, and from then on `backwardPart`.
protocol BatchStatisticsLayer: Layer {
  func beginStatistics(memory: LayerMemory)

  /// Takes a part of the batch in.
  ///
  /// - Parameters:
  ///   - input: (rows, inputWidth).
  ///   - seen: How many rows were taken in before.
  func addStatistics(of input: Matrix, seen: Int, memory: LayerMemory, engine: Engine)

  /// Completes the statistics of `rows` rows, which running statistics follow.
  func endStatistics(rows: Int, memory: LayerMemory)

  func beginSums(memory: LayerMemory)

  /// Takes in the gradient with respect to the output for a part of the batch.
  func addSums(input: Matrix, gradient: Matrix, memory: LayerMemory, engine: Engine)

  /// `backward`, in place, of a part of a batch of `batchRows` rows.
  func backwardPart(
    input: Matrix, gradient: Matrix, batchRows: Int, memory: LayerMemory,
    parameterGradients: FloatVector?, engine: Engine)
}
