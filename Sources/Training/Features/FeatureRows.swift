// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// How many rows are handed on at a time where all are gone through.
let scanRows = 256

/// Features of items, one unit row each, of which some are taken at a time: in memory or elsewhere.
protocol FeatureRows {
  /// The number of items.
  var rows: Int { get }
  /// The number of features.
  var columns: Int { get }

  /// Copies the rows of `items` to the first rows of `result`, in their order.
  ///
  /// - Throws: `DataError` if a file cannot be read, or a row of it has no direction.
  func copy(_ items: ArraySlice<Int>, into result: Matrix) throws(DataError)
}

extension FeatureRows {
  /// A matrix of some rows, in the order of `items`, in memory of its own.
  func gathering(_ items: [Int]) throws(DataError) -> Matrix {
    let result = Matrix(rows: items.count, columns: columns)
    try copy(items[...], into: result)
    return result
  }

  /// Hands on all rows in order, block by block, with the numbers of their items.
  ///
  /// A block has at most `blockRows` rows; its memory is used again for the next.
  func forEachBlock(
    blockRows: Int = scanRows,
    _ body: (_ items: Range<Int>, _ rows: Matrix) throws(DataError) -> Void
  ) throws(DataError) {
    let block = Matrix(rows: min(rows, blockRows), columns: columns)
    for start in stride(from: 0, to: rows, by: blockRows) {
      let items = start..<min(rows, start + blockRows)
      try copy(Array(items)[...], into: block)
      try body(items, block[rows: 0..<items.count])
    }
  }
}

extension Matrix: FeatureRows {
  func copy(_ items: ArraySlice<Int>, into result: Matrix) {
    for (row, item) in items.enumerated() { result[row: row].copy(self[row: item]) }
  }

  /// A matrix of some rows, in the order of `items`, in memory of its own.
  func gathering(_ items: [Int]) -> Matrix {
    let result = Matrix(rows: items.count, columns: columns)
    copy(items[...], into: result)
    return result
  }
}

extension [any FeatureRows] {
  /// The features of some items, each in the view given, in memory of its own.
  ///
  /// - Precondition: There is a view.
  /// - Throws: `DataError` if features cannot be read.
  func gathering(_ rows: [(item: Int, view: Int)]) throws(DataError) -> Matrix {
    let result = Matrix(rows: rows.count, columns: self[0].columns)
    var start = 0
    while start < rows.count {
      // Rows of one view are fetched together.
      let view = rows[start].view
      let end = rows[start...].firstIndex { $0.view != view } ?? rows.count
      try self[view].copy(rows[start..<end].map(\.item)[...], into: result[rows: start..<end])
      start = end
    }
    return result
  }
}
