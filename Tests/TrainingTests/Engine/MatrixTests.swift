// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct MatrixTests {
  private let matrix = Matrix(FloatVector([1, 2, 3, 4, 5, 6]), rows: 3, columns: 2)

  @Test func `elements lie row by row`() {
    #expect(matrix[1, 0] == 3)
    #expect(matrix[row: 2].elements == [5, 6])
    #expect(matrix[rows: 1..<3].elements.elements == [3, 4, 5, 6])
  }

  @Test func `rows share memory and gathered rows do not`() {
    let gathered = matrix.gathering([2, 0, 2])
    matrix[rows: 2..<3][0, 1] = 9
    #expect(matrix[2, 1] == 9)
    #expect(gathered.elements.elements == [5, 6, 1, 2, 5, 6])
  }

  @Test func `the largest element of a row is the first of several`() {
    #expect((0..<3).map { matrix.indexOfLargest(inRow: $0) } == [1, 1, 1])
    let tied = Matrix(FloatVector([1, 1, 0]), rows: 1, columns: 3)
    #expect(tied.indexOfLargest(inRow: 0) == 0)
  }

  @Test func `a column outside a matrix cannot be reached`() async {
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2)[0, 2] }
  }
}
