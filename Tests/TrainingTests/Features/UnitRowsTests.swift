// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct UnitRowsTests {
  private let folder = TemporaryFolder()

  private func rows(of path: String, count: Int) throws -> UnitRows {
    let labels = try folder.write(NPY.labels((0..<count).map { $0 % 2 }), to: "labels.npy")
    return UnitRows(try FileFeatures(views: [path], plain: nil, labels: labels), .view(0))
  }

  private func doubles(_ values: [Double], _ shape: [Int]) throws -> UnitRows {
    let elements = values.flatMap { value in
      (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
    let path = try folder.write(NPY.file(NPY.header("<f8", shape), elements), to: "x.npy")
    return try rows(of: path, count: shape[0])
  }

  @Test func `rows are divided by their lengths, in the order asked for`() throws {
    let file = try doubles([3, 4, 0, -2, 1e-3, 0, 5, 12], [4, 2])
    #expect(file.rows == 4 && file.columns == 2)
    let found = try file.gathering([3, 0, 1, 1, 2])
    let exact: [Double] = [5 / 13, 12 / 13, 0.6, 0.8, 0, -1, 0, -1, 1, 0]
    #expect(found.elements.elements == exact.map(Float.init))
  }

  @Test func `rows are the same however many are read together`() throws {
    var random = RandomNumbers(610)
    // A row of 3000 numbers: 21 of them fill a block.
    let matrix = random.matrix(200, 3000)
    let path = try folder.write(NPY.features(matrix), to: "large.npy")
    let file = try rows(of: path, count: 200)
    let all = try file.gathering(Array(0..<200))
    for row in [0, 20, 21, 199] {
      #expect(try file.gathering([row]).elements.elements == all[row: row].elements)
    }
    var next = 0
    try file.forEachBlock(blockRows: 90) { (items, rows) throws(DataError) in
      #expect(items.lowerBound == next && rows.rows == items.count)
      #expect(rows.elements.elements == all[rows: items].elements.elements)
      next = items.upperBound
    }
    #expect(next == 200)
    #expect(UnitRows.blockRows(width: 3000) == 21)
    #expect(UnitRows.byteCount(width: 3000) == 21 * 8 * 3000)
    #expect(try FeatureFile(path: path).bufferByteCount == 21 * 4 * 3000)
  }

  @Test func `lengths beyond the range of squares are no obstacle`() throws {
    let huge = Double.greatestFiniteMagnitude
    let tiny = Double.leastNonzeroMagnitude
    let file = try doubles([huge, huge, 1e-200, 0, tiny, -tiny, 3000 * tiny, 4000 * tiny], [4, 2])
    let found = try file.gathering([0, 1, 2, 3])
    let root = Float(0.5.squareRoot())
    #expect(Array(found.elements.elements.prefix(6)) == [root, root, 1, 0, root, -root])
    // 3000 and 4000 are whole multiples, so that the direction is exact.
    #expect(abs(found[3, 0] - 0.6) < 1e-6 && abs(found[3, 1] - 0.8) < 1e-6)
  }

  @Test func `a row without direction is refused by its number`() throws {
    for (value, problem) in [
      (0, "is zero"), (Double.nan, "has an element that is not finite"),
      (.infinity, "has an element that is not finite"),
    ] {
      let file = try doubles([1, 0, 0, value, 0, 1], [3, 2])
      #expect(try file.gathering([0, 2]).rows == 2)
      #expect(
        failure { _ = try file.gathering([0, 1]) } == "\(folder.file("x.npy")): row 1 \(problem)")
    }
  }
}
