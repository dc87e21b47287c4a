// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension Optimizer {
  /// Takes a step of the rows of a table that the batch touched; the others keep their values and
  /// their moments, without momentum and weight decay.
  ///
  /// A layer-wise rate is that of the touched rows together. Corrections of bias in Adam count all
  /// steps.
  ///
  /// - Complexity: O(elements of touched rows).
  func stepRows(
    _ rows: [Int], of tensor: ParameterTensor, width: Int, at start: Int,
    parameters: FloatVector, gradients: FloatVector, learningRate: Double, engine: Engine
  ) {
    let decay = tensor.isWeight ? weightDecay : 0
    func range(_ row: Int) -> Range<Int> { start + row * width..<start + (row + 1) * width }
    var scale: Float = 1
    if kind == .lars && tensor.isWeight {
      var (ww, gw, gg): (Float, Float, Float) = (0, 0, 0)
      for row in rows {
        let (w, g) = (parameters[range(row)], gradients[range(row)])
        ww += engine.dotProduct(w, w)
        gw += engine.dotProduct(g, w)
        gg += engine.dotProduct(g, g)
      }
      scale = layerRate(ww: ww, gw: gw, gg: gg, decay: decay)
    }
    // Rows do not overlap; one at a time is too little work to divide.
    engine.divide(rows.count, cost: 100 + Double(width)) { _, part in
      for index in part {
        let range = range(rows[index])
        let (w, g) = (parameters[range], gradients[range])
        switch kind {
        case .sgd, .lars:
          engine.momentumStep(
            w, gradients: g, velocities: moments[range], learningRate: Float(learningRate),
            momentum: Self.momentum, weightDecay: decay, scale: scale)
        case .adam:
          let shifted = range.lowerBound + parameters.count..<range.upperBound + parameters.count
          adamStep(w, g, moments[range], moments[shifted], learningRate, decay, engine)
        }
      }
    }
  }
}
