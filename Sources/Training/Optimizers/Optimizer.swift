// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Moves parameters along their gradients, with what it remembers of earlier steps.
///
/// Weight decay and layer-wise rates apply to weights, not to biases and scales.
package final class Optimizer {
  static let momentum: Float = 0.9
  static let trustCoefficient: Float = 0.001
  static let beta1 = 0.9
  static let beta2 = 0.999
  static let epsilon = 1e-8

  let kind: OptimizerKind
  let weightDecay: Float
  /// Velocities, or means and then squares of gradients.
  let moments: FloatVector
  /// How many steps were taken.
  private(set) var stepCount: Int

  private let tensors: [ParameterTensor]
  private let parameterCount: Int

  /// An optimizer for parameters in the order of `tensors`, at its first step.
  init(kind: OptimizerKind, weightDecay: Float, tensors: [ParameterTensor]) {
    self.kind = kind
    self.weightDecay = weightDecay
    self.tensors = tensors
    parameterCount = tensors.reduce(0) { $0 + $1.count }
    moments = FloatVector(count: kind.momentCount * parameterCount)
    stepCount = 0
  }

  /// An optimizer for the parameters of an encoder, at its first step.
  package convenience init(kind: OptimizerKind, weightDecay: Float, encoder: Encoder) {
    self.init(kind: kind, weightDecay: weightDecay, tensors: encoder.tensors)
  }

  /// Continues after `stepCount` steps; the moments are set by whoever read them.
  func resume(stepCount: Int) { self.stepCount = stepCount }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - parameters, gradients: One float for every parameter.
  ///   - learningRate: How far to go.
  ///   - touched: The rows of the first tensor that have gradients, if it is a sparse table.
  package func step(
    parameters: FloatVector, gradients: FloatVector, learningRate: Double,
    touched: TouchedRows? = nil, engine: Engine
  ) {
    precondition(
      parameters.count == parameterCount && gradients.count == parameterCount,
      "\(parameterCount) parameters and gradients")
    stepCount += 1
    var start = 0
    for tensor in tensors {
      let range = start..<start + tensor.count
      start = range.upperBound
      if let width = tensor.sparseRowWidth {
        precondition(touched != nil && range.lowerBound == 0, "rows of the first tensor")
        stepRows(
          touched?.indices ?? [], of: tensor, width: width, at: range.lowerBound,
          parameters: parameters, gradients: gradients, learningRate: learningRate, engine: engine)
        continue
      }
      let (w, g) = (parameters[range], gradients[range])
      let decay = tensor.isWeight ? weightDecay : 0
      switch kind {
      case .sgd, .lars:
        let scale =
          kind == .lars && tensor.isWeight ? layerRate(w, g, decay: decay, engine: engine) : 1
        engine.momentumStep(
          w, gradients: g, velocities: moments[range], learningRate: Float(learningRate),
          momentum: Self.momentum, weightDecay: decay, scale: scale)
      case .adam:
        let shifted = range.lowerBound + parameterCount..<range.upperBound + parameterCount
        adamStep(w, g, moments[range], moments[shifted], learningRate, decay, engine)
      }
    }
  }

  /// 0.001 |w| / |g + d w|; 1 if either is 0, as for a matrix that starts at 0.
  private func layerRate(
    _ w: FloatVector, _ g: FloatVector, decay: Float, engine: Engine
  ) -> Float {
    let ww = engine.dotProduct(w, w)
    let gw = engine.dotProduct(g, w)
    let gg = engine.dotProduct(g, g)
    return layerRate(ww: ww, gw: gw, gg: gg, decay: decay)
  }

  /// The same from the inner products of weights and gradients.
  func layerRate(ww: Float, gw: Float, gg: Float, decay: Float) -> Float {
    let squares = gg + 2 * decay * gw + decay * decay * ww
    guard ww > 0, squares > 0 else { return 1 }
    return Self.trustCoefficient * ww.squareRoot() / squares.squareRoot()
  }

  func adamStep(
    _ w: FloatVector, _ g: FloatVector, _ means: FloatVector, _ squares: FloatVector,
    _ learningRate: Double, _ decay: Float, _ engine: Engine
  ) {
    // m / (1 - b1^k) over sqrt(v / (1 - b2^k)) + e, multiplied through by sqrt(1 - b2^k).
    let root = (1 - power(Self.beta2, stepCount)).squareRoot()
    let size = learningRate * root / (1 - power(Self.beta1, stepCount))
    engine.adamStep(
      w, gradients: g, means: means, squares: squares, beta1: Float(Self.beta1),
      beta2: Float(Self.beta2), shrinkage: Float(learningRate) * decay, stepSize: Float(size),
      epsilon: Float(Self.epsilon * root))
  }

  /// base^exponent by repeated squaring, the same bits on every platform.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
