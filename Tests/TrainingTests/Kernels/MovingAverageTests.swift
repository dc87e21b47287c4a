// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct MovingAverageTests {
  @Test func `values move by a part of the way`() {
    var random = RandomNumbers(660)
    for count in [0, 1, 7, 8, 21] {
      let (values, targets) = (random.vector(count), random.vector(count))
      let expected = zip(values.elements, targets.elements).map { value, target -> Double in
        0.99 * Double(value) + 0.01 * Double(target)
      }
      for engine in Engine.variants {
        let moved = FloatVector(values.elements)
        engine.moveAverage(moved, towards: targets, rate: 0.01)
        #expect(zip(moved.elements, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 })
      }
    }
  }
}
