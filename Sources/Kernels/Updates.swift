// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension CompiledKernels {
  /// One step of gradient descent with momentum: v = m v + s (g + d w), w = w - r v.
  ///
  /// - Parameters:
  ///   - parameters: w, (count); updated.
  ///   - gradients: g, (count).
  ///   - velocities: v, (count); updated.
  ///   - learningRate: r.
  ///   - momentum: m.
  ///   - weightDecay: d.
  ///   - scale: s, 1 except for layer-wise rates.
  @inline(never)
  package func momentumStep(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    velocities: UnsafeMutablePointer<Float>, count: Int,
    learningRate: Float, momentum: Float, weightDecay: Float, scale: Float
  ) {
    var i = 0
    while i + 8 <= count {
      let w = unsafe load(parameters + i)
      let g = unsafe multiplyAdd(w, Lanes(repeating: weightDecay), load(gradients + i))
      let v = unsafe load(velocities + i) * momentum + g * scale
      unsafe store(v, velocities + i)
      unsafe store(w - v * learningRate, parameters + i)
      i += 8
    }
    while i < count {
      let g = unsafe gradients[i] + weightDecay * parameters[i]
      unsafe velocities[i] = momentum * velocities[i] + scale * g
      unsafe parameters[i] -= learningRate * velocities[i]
      i += 1
    }
  }

  /// One step of Adam with decoupled weight decay: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2,
  /// w = w - r d w - s m / (sqrt v + e).
  ///
  /// - Parameters:
  ///   - parameters: w, (count); updated.
  ///   - gradients: g, (count).
  ///   - means: m, (count); updated.
  ///   - squares: v, (count); updated.
  ///   - shrinkage: r d, learning rate times weight decay.
  ///   - stepSize: s, the learning rate with both corrections of bias.
  ///   - epsilon: e, with the correction of bias of the squares.
  @inline(never)
  package func adamStep(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    means: UnsafeMutablePointer<Float>, squares: UnsafeMutablePointer<Float>, count: Int,
    beta1: Float, beta2: Float, shrinkage: Float, stepSize: Float, epsilon: Float
  ) {
    var i = 0
    while i + 8 <= count {
      let (w, g) = unsafe (load(parameters + i), load(gradients + i))
      let m = unsafe load(means + i) * beta1 + g * (1 - beta1)
      let v = unsafe load(squares + i) * beta2 + g * g * (1 - beta2)
      unsafe store(m, means + i)
      unsafe store(v, squares + i)
      unsafe store(w - w * shrinkage - m * stepSize / (v.squareRoot() + epsilon), parameters + i)
      i += 8
    }
    while i < count {
      let (w, g) = unsafe (parameters[i], gradients[i])
      let m = unsafe means[i] * beta1 + g * (1 - beta1)
      let v = unsafe squares[i] * beta2 + g * g * (1 - beta2)
      unsafe means[i] = m
      unsafe squares[i] = v
      unsafe parameters[i] = w - w * shrinkage - m * stepSize / (v.squareRoot() + epsilon)
      i += 1
    }
  }
}
