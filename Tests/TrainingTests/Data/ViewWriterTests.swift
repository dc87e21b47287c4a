// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct ViewWriterTests {
  private func views(
    _ items: [Int], seed: UInt64 = 7, purpose: Augmentation.Purpose = .training, epoch: Int = 0,
    view: Int = 0, threadCount: Int = 1
  ) throws -> [[Float]] {
    let data = try DataSet.small()
    let writer = ViewWriter(
      source: data.training, augmentation: .digits, seed: seed, purpose: purpose, epoch: epoch)
    let rows = Matrix(rows: items.count, columns: 12)
    writer.write(
      items: items[...], view: view, into: rows, engine: Engine(threadCount: threadCount))
    return (0..<items.count).map { rows[row: $0].elements }
  }

  @Test func `a view depends on seed, purpose, epoch, item and view, and on nothing else`() throws {
    let base = try views([4])[0]
    #expect(try views([0, 9, 4])[2] == base)
    let many = Array(0..<30) + Array(0..<30) + Array(0..<30) + Array(0..<30)
    #expect(try views(many, threadCount: 3)[64] == base)
    #expect(try views(many, threadCount: 3) == views(many))
    let others = try [
      views([4], seed: 8), views([4], purpose: .batches), views([4], epoch: 1), views([4], view: 1),
      views([5]),
    ]
    #expect(others.allSatisfy { $0[0] != base })
  }
}
