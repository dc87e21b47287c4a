// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct ClassSumsTests {
  @Test func `means are over all rows of a class that were added`() {
    var sums = ClassSums(classCount: 2, width: 2)
    sums.add(Matrix(FloatVector([1, 2, 3, 4, 5, 6]), rows: 3, columns: 2), labels: [0, 1, 0])
    sums.add(Matrix(FloatVector([0, 1]), rows: 1, columns: 2), labels: [0])
    #expect(sums.means.elements.elements == [2, 3, 3, 4])
  }
}
