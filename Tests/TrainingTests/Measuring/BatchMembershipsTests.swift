// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct BatchMembershipsTests {
  @Test func `anchors know their batches, and batches their classes`() {
    // Two orders of five draws of classes 0, 1, 1, 3, 0; batches of four, then of two.
    let block = BatchBlock(orders: [[4, 3, 2, 1, 0], [0, 1, 2, 3, 4]], sizes: [4, 2])
    let found = BatchMemberships(block, labels: [0, 1, 1, 3, 0], classCount: 4)
    #expect(found.anchors == [0, 1, 2, 3, 4])
    // Draw 0 is in no batch of the first order.
    #expect(found.starts == [0, 2, 6, 10, 14, 16] && found.count == 16)
    #expect(found.sizes.prefix(6) == [4, 2, 4, 4, 2, 2])
    #expect(found.positionStarts.prefix(6) == [5, 5, 0, 5, 2, 5])
    #expect(found.targets.sorted() == Array(0..<16))
    // The first batch of four is 4, 3, 2, 1 and that of two 4, 3.
    #expect(
      found.classPlaces.prefix(4) == [0, 1, 3, 4] && found.classCounts.prefix(4) == [1, 2, 1, 0])
    #expect(found.classPlaces[8..<10] == [0, 3] && found.classCounts[8..<10] == [1, 1])
    #expect(found.classPlaces.count == 2 * 4 + 4 * 2)
  }

  @Test func `draws behind the anchors of a batch are members only`() {
    let limit = BatchMeasurement.anchorLimit
    let block = BatchBlock(batch: (0..<limit + 3).map { Draw(shuffled: $0) })
    let found = BatchMemberships(
      block, labels: [Int](repeating: 0, count: limit + 3), classCount: 1)
    #expect(found.anchors == Array(0..<limit) && found.classCounts == [Double(limit + 3)])
  }
}
