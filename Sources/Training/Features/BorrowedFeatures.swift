// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Features of labelled items in memory that somebody else owns, read where they are.
///
/// The owner keeps the memory, unchanged, for as long as this is used.
package struct BorrowedFeatures: FeatureSource {
  /// The features of all items in one view: a matrix of any strides.
  @safe
  package struct View {
    /// What messages call it.
    package let name: String
    package let rows: Int
    package let columns: Int
    private let start: UnsafeRawPointer
    private let rowStride: Int
    private let columnStride: Int
    private let type: FloatType

    /// - Parameters:
    ///   - start: The element (0, 0).
    ///   - rowStride: Bytes from one row to the next.
    ///   - columnStride: Bytes from one column to the next.
    ///   - elementSize: Bytes of a number: 2, 4 or 8, in the machine's order.
    package init(
      name: String, start: UnsafeRawPointer, rows: Int, columns: Int, rowStride: Int,
      columnStride: Int, elementSize: Int
    ) {
      self.name = name
      self.rows = rows
      self.columns = columns
      unsafe self.start = start
      self.rowStride = rowStride
      self.columnStride = columnStride
      type = FloatType(nativeSize: elementSize)
    }

    /// Converts a row to double precision.
    func read(_ row: Int, into values: UnsafeMutablePointer<Double>) {
      precondition((0..<rows).contains(row), "row \(row) of \(rows)")
      let first = unsafe start + row * rowStride
      if columnStride == type.size {
        unsafe type.convert(first, count: columns, into: values)
        return
      }
      for column in 0..<columns {
        unsafe type.convert(first + column * columnStride, count: 1, into: values + column)
      }
    }
  }

  package let labels: [Int]
  package let labelName: String
  private let views: [View]
  private let plain: View?
  private let isCancelled: () -> Bool

  /// - Parameters:
  ///   - views: As many rows each as there are labels, and as many columns as each other.
  ///   - plain: The same without augmentation.
  ///   - isCancelled: Asked before rows are read: reading fails once it says so.
  package init(
    views: [View], plain: View?, labels: [Int], labelName: String,
    isCancelled: @escaping () -> Bool
  ) {
    self.views = views
    self.plain = plain
    self.labels = labels
    self.labelName = labelName
    self.isCancelled = isCancelled
  }

  package var width: Int { (views.first ?? plain)?.columns ?? 0 }
  package var viewCount: Int { views.count }
  package var hasPlain: Bool { plain != nil }

  private func matrix(_ view: FeatureView) -> View {
    switch view {
    case .view(let number): return views[number]
    case .plain:
      guard let plain else { preconditionFailure("there are no plain features") }
      return plain
    }
  }

  package func name(of view: FeatureView) -> String { matrix(view).name }

  package func read(
    _ items: ArraySlice<Int>, of view: FeatureView, into rows: inout [Double]
  ) throws(DataError) {
    let matrix = matrix(view)
    if isCancelled() { throw DataError(source: matrix.name, problem: "reading was cancelled") }
    precondition(rows.count >= items.count * width, "\(items.count) rows in \(rows.count) numbers")
    unsafe rows.withUnsafeMutableBufferPointer { buffer in
      guard let target = buffer.baseAddress else { return }
      for (row, item) in items.enumerated() {
        unsafe matrix.read(item, into: target + row * width)
      }
    }
  }
}
