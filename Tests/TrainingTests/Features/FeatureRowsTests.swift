// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct FeatureRowsTests {
  @Test func `rows are gathered from the view of each`() throws {
    let first = Matrix(FloatVector([0, 1, 2, 3, 4, 5]), rows: 3, columns: 2)
    let second = Matrix(FloatVector([10, 11, 12, 13, 14, 15]), rows: 3, columns: 2)
    let views: [any FeatureRows] = [first, second]
    let found = try views.gathering([(2, 1), (1, 0), (2, 0), (0, 1)])
    #expect(found.elements.elements == [14, 15, 2, 3, 4, 5, 10, 11])
  }

  @Test func `the share of hits is over all blocks`() throws {
    var random = RandomNumbers(620)
    let matrix = random.matrix(600, 3)
    let best = (0..<600).map { matrix.indexOfLargest(inRow: $0) }
    let labels = best.enumerated().map { $0 % 4 == 0 ? ($1 + 1) % 3 : $1 }
    let share = try matrix.shareOfHits(labels: labels, classCount: 3) { rows, scores in
      scores.elements.copy(rows.elements)
    }
    #expect(share == 0.75)
  }
}
