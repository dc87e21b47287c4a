// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// Projection of rows on the unit sphere, y = x / |x|; what every encoder ends with.
///
/// Kept for the gradient: the lengths of the rows.
struct UnitLengthLayer: Layer {
  let width: Int

  var inputWidth: Int { width }
  var outputWidth: Int { width }
  var tensors: [ParameterTensor] { [] }
  var stateCount: Int { 0 }
  var worksInPlace: Bool { true }

  func savedCount(rows: Int) -> Int { rows }

  func initialize(parameters: FloatVector, state: FloatVector, generator: inout SplitMix64) {}

  func forward(
    _ input: Matrix, into output: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine
  ) {
    engine.normalizeRows(input, into: output, lengths: memory.saved[0..<input.rows])
  }

  func backward(
    input: Matrix, output: Matrix, gradient: Matrix, into inputGradient: Matrix?,
    memory: LayerMemory, parameterGradients: FloatVector?, engine: Engine
  ) {
    engine.normalizeRowsBackward(
      output: output, lengths: memory.saved[0..<output.rows], gradient: gradient)
  }
}
