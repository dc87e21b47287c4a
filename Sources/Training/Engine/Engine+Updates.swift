// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

extension Engine {
  /// One step of gradient descent with momentum: v = m v + s (g + d w), w = w - r v.
  ///
  /// - Parameters:
  ///   - parameters, gradients, velocities: w, g and v, of the same length.
  ///   - scale: s, 1 except for layer-wise rates.
  func momentumStep(
    _ parameters: FloatVector, gradients: FloatVector, velocities: FloatVector,
    learningRate: Float, momentum: Float, weightDecay: Float, scale: Float = 1
  ) {
    let count = parameters.count
    precondition(gradients.count == count && velocities.count == count, "momentumStep")
    nonisolated(unsafe) let (w, g) = unsafe (parameters.pointer, gradients.pointer)
    nonisolated(unsafe) let v = unsafe velocities.pointer
    divide(count, grain: 16, cost: 0.3) { _, range in
      let start = range.lowerBound
      unsafe kernels.momentumStep(
        w + start, gradients: g + start, velocities: v + start, count: range.count,
        learningRate: learningRate, momentum: momentum, weightDecay: weightDecay, scale: scale)
    }
  }

  /// One step of Adam: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w = w - c w - s m / (sqrt v
  /// + e).
  ///
  /// - Parameters:
  ///   - parameters, gradients, means, squares: w, g, m and v, of the same length.
  ///   - shrinkage: c.
  ///   - stepSize: s.
  func adamStep(
    _ parameters: FloatVector, gradients: FloatVector, means: FloatVector, squares: FloatVector,
    beta1: Float, beta2: Float, shrinkage: Float, stepSize: Float, epsilon: Float
  ) {
    let count = parameters.count
    precondition([gradients, means, squares].allSatisfy { $0.count == count }, "adamStep")
    nonisolated(unsafe) let (w, g) = unsafe (parameters.pointer, gradients.pointer)
    nonisolated(unsafe) let (m, v) = unsafe (means.pointer, squares.pointer)
    divide(count, grain: 16, cost: 1) { _, range in
      let start = range.lowerBound
      unsafe kernels.adamStep(
        w + start, gradients: g + start, means: m + start, squares: v + start, count: range.count,
        beta1: beta1, beta2: beta2, shrinkage: shrinkage, stepSize: stepSize, epsilon: epsilon)
    }
  }
}
