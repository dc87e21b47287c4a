// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct UpdatesTests {
  @Test(arguments: [1, 8, 13, 4100])
  func `a step with momentum is the one of the formula`(count: Int) {
    var random = RandomNumbers(80)
    let (w, g, v) = (random.vector(count), random.vector(count), random.vector(count))
    for engine in Engine.variants {
      let (parameters, velocities) = (FloatVector(count: count), FloatVector(count: count))
      parameters.copy(w)
      velocities.copy(v)
      engine.momentumStep(
        parameters, gradients: g, velocities: velocities, learningRate: 0.25, momentum: 0.5,
        weightDecay: 0.125, scale: 2)
      let isWithin = allHold(count) { i in
        let velocity = 0.5 * Double(v[i]) + 2 * (Double(g[i]) + 0.125 * Double(w[i]))
        return abs(Double(velocities[i]) - velocity) <= 1e-6
          && abs(Double(parameters[i]) - (Double(w[i]) - 0.25 * velocity)) <= 1e-6
      }
      #expect(isWithin, "seed \(RandomTests.seed)")
    }
  }

  @Test(arguments: [1, 8, 13, 4100])
  func `a step of Adam is the one of the formula`(count: Int) {
    var random = RandomNumbers(81)
    let (w, g, m, s) = (
      random.vector(count), random.vector(count), random.vector(count), random.vector(count)
    )
    for index in 0..<count { s[index] = abs(s[index]) }
    for engine in Engine.variants {
      let parameters = FloatVector(count: count)
      let (means, squares) = (FloatVector(count: count), FloatVector(count: count))
      parameters.copy(w)
      means.copy(m)
      squares.copy(s)
      engine.adamStep(
        parameters, gradients: g, means: means, squares: squares, beta1: 0.75, beta2: 0.875,
        shrinkage: 0.125, stepSize: 0.25, epsilon: 0.5)
      let isWithin = allHold(count) { i in
        let mean = 0.75 * Double(m[i]) + 0.25 * Double(g[i])
        let square = 0.875 * Double(s[i]) + 0.125 * Double(g[i]) * Double(g[i])
        let next = 0.875 * Double(w[i]) - 0.25 * mean / (square.squareRoot() + 0.5)
        return abs(Double(means[i]) - mean) <= 1e-6 && abs(Double(squares[i]) - square) <= 1e-6
          && abs(Double(parameters[i]) - next) <= 1e-6
      }
      #expect(isWithin, "seed \(RandomTests.seed)")
    }
  }
}
