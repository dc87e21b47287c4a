// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// One view of features in an NPY file, of which rows are read where they are needed.
///
/// Not synchronized: used from one thread.
final class FeatureFile {
  private let array: FeatureArray
  private let view: Int
  /// How many rows are read at a time where neighbouring rows are wanted.
  private let blockRows: Int
  /// Empty until a row is read: what cannot be served is refused before it takes memory.
  private var bytes: [UInt8] = []

  /// What messages call the view.
  var path: String { array.name(ofView: view) }
  /// How many items there are.
  var count: Int { array.count }
  var width: Int { array.width }
  var rowByteCount: Int { array.rowByteCount }

  /// A view of an open file.
  init(_ array: FeatureArray, view: Int = 0) {
    precondition(view < array.viewCount, "view \(view) of \(array.viewCount)")
    self.array = array
    self.view = view
    // Rows far from each other are read one by one.
    let isDense = array.stride <= 4 * array.rowByteCount
    blockRows = isDense ? min(UnitRows.blockRows(width: array.width), array.count) : 1
  }

  /// Opens a file of one view; only its header is read.
  ///
  /// - Throws: `DataError` if it cannot be read or is not a matrix of floating-point numbers.
  convenience init(path: String) throws(DataError) { self.init(try FeatureArray(path: path)) }

  /// Bytes of memory that it takes.
  var bufferByteCount: Int { (blockRows - 1) * array.stride + array.rowByteCount }

  /// Checks that there are as many features as elsewhere.
  func checkWidth(_ width: Int, of other: String) throws(DataError) {
    guard self.width != width else { return }
    throw DataError(
      source: path,
      problem: "it has \(self.width) features per item, but '\(other)' has \(width)")
  }

  /// Reads rows as they are in the file, converted exactly.
  ///
  /// - Parameter rows: (items, width); receives them at its beginning.
  func read(_ items: ArraySlice<Int>, into rows: inout [Double]) throws(DataError) {
    precondition(rows.count >= items.count * width, "\(items.count) rows in \(rows.count) numbers")
    if bytes.isEmpty { bytes = [UInt8](repeating: 0, count: bufferByteCount) }
    let (type, width, stride) = (array.type, width, array.stride)
    var position = items.startIndex
    while position < items.endIndex {
      // Rows that lie one after another are read together.
      var end = position + 1
      while end < items.endIndex, end - position < blockRows, items[end] == items[end - 1] + 1 {
        end += 1
      }
      let (first, count) = (items[position], end - position)
      let failure = unsafe bytes.withUnsafeMutableBytes { buffer -> DataError? in
        do throws(DataError) {
          try unsafe array.read(first..<first + count, view: view, into: buffer)
          return nil
        } catch {
          return error
        }
      }
      if let failure { throw failure }
      let start = (position - items.startIndex) * width
      unsafe bytes.withUnsafeBytes { source in
        unsafe rows.withUnsafeMutableBufferPointer { target in
          guard let from = source.baseAddress, let to = target.baseAddress else { return }
          if stride == width * type.size {
            unsafe type.convert(from, count: count * width, into: to + start)
            return
          }
          for row in 0..<count {
            unsafe type.convert(
              from + row * stride, count: width, into: to + start + row * width)
          }
        }
      }
      position = end
    }
  }
}
