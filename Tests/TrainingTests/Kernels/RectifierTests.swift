// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import Testing

@testable import Training

@Suite struct RectifierTests {
  @Test func `values and gradients are zero where the input is not positive`() {
    var random = RandomNumbers(60)
    for count in [1, 7, 8, 9, 5000] {
      let input = random.matrix(1, count)
      input.elements[0] = 0
      let exact = Matrix(rows: 1, columns: count)
      unsafe rectifyNaive(input.pointer, count: count, into: exact.pointer)
      let given = random.matrix(1, count)
      for engine in Engine.variants {
        let (output, gradient) = (Matrix(rows: 1, columns: count), Matrix(rows: 1, columns: count))
        engine.rectify(input, into: output)
        #expect(output.elements.elements == exact.elements.elements)
        gradient.elements.copy(given.elements)
        engine.rectifyBackward(output: output, gradient: gradient)
        #expect(
          allHold(count) { index in
            let isPassed = input.elements[index] > 0
            return gradient.elements[index] == (isPassed ? given.elements[index] : 0)
          })
      }
    }
  }
}
