// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct BorrowedFeaturesTests {
  /// Reads all rows of a matrix (2, 3) that begins `offset` bytes into the elements.
  private func rows<Element>(
    of elements: [Element], offset: Int = 0, rowStride: Int, columnStride: Int, size: Int
  ) throws -> [Double] {
    try unsafe elements.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return [] }
      let view = unsafe BorrowedFeatures.View(
        name: "it", start: start + offset, rows: 2, columns: 3, rowStride: rowStride,
        columnStride: columnStride, elementSize: size)
      let features = BorrowedFeatures(
        views: [view], plain: nil, labels: [0, 1], labelName: "labels", isCancelled: { false })
      var result = [Double](repeating: 0, count: 6)
      try features.read([0, 1][...], of: .view(0), into: &result)
      return result
    }
  }

  @Test func `numbers of all types and strides are read where they are`() throws {
    let expected = [1, 2, 3, 4, 5, 6].map(Double.init)
    let floats: [Float] = [1, 2, 3, 4, 5, 6]
    #expect(try rows(of: floats, rowStride: 12, columnStride: 4, size: 4) == expected)
    let columns: [Double] = [1, 4, 2, 5, 3, 6]
    #expect(try rows(of: columns, rowStride: 8, columnStride: 16, size: 8) == expected)
    let backwards: [Float] = [6, 5, 4, 3, 2, 1]
    #expect(
      try rows(of: backwards, offset: 20, rowStride: -12, columnStride: -4, size: 4) == expected)
    // 1 to 6 in 16 bits.
    let halves: [UInt16] = [0x3C00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600]
    #expect(try rows(of: halves, rowStride: 6, columnStride: 2, size: 2) == expected)
  }

  @Test func `reading fails once it is cancelled`() throws {
    let element: [Float] = [1]
    try unsafe element.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      let view = unsafe BorrowedFeatures.View(
        name: "it", start: start, rows: 1, columns: 1, rowStride: 4, columnStride: 4,
        elementSize: 4)
      var isCancelled = false
      try withoutActuallyEscaping({ isCancelled }) { asked in
        let features = BorrowedFeatures(
          views: [view], plain: view, labels: [0], labelName: "labels", isCancelled: asked)
        var rows = [0.0]
        try features.read([0][...], of: .plain, into: &rows)
        #expect(rows == [1] && features.hasPlain && features.width == 1)
        isCancelled = true
        #expect(throws: DataError(source: "it", problem: "reading was cancelled")) {
          try features.read([0][...], of: .plain, into: &rows)
        }
      }
    }
  }
}
