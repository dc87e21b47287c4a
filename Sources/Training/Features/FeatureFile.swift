// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Features in an NPY file, (items, width), of which rows are read where they are needed.
///
/// Not synchronized: used from one thread.
final class FeatureFile {
  private let file: NPYFile
  private let type: FloatType
  /// How many rows are read at a time where neighbouring rows are wanted.
  private let blockRows: Int
  private var bytes: [UInt8]

  var path: String { file.path }
  /// How many items there are.
  var count: Int { file.count }
  var width: Int { file.itemSize }
  var rowByteCount: Int { file.itemSize * type.size }

  /// Opens a file; only its header is read.
  ///
  /// - Throws: `DataError` if it cannot be read or is not a matrix of floating-point numbers.
  init(path: String) throws(DataError) {
    file = try NPYFile(
      path, dimensionCount: 2, what: "features are an array of items and features",
      expected: "floating-point numbers of 16, 32 or 64 bits",
      elementSize: { type in FloatType(type)?.size })
    guard let type = FloatType(file.header.type) else {
      preconditionFailure("the type was checked when the file was opened")
    }
    self.type = type
    blockRows = min(UnitRows.blockRows(width: file.itemSize), file.count)
    bytes = [UInt8](repeating: 0, count: blockRows * file.itemSize * type.size)
  }

  /// Bytes of memory that it takes.
  var bufferByteCount: Int { bytes.count }

  /// Checks that there are as many features as elsewhere.
  func checkWidth(_ width: Int, of other: String) throws(DataError) {
    guard self.width != width else { return }
    throw DataError(
      source: path,
      problem: "it has \(self.width) features of an item, but '\(other)' has \(width)")
  }

  /// Reads rows as they are in the file, converted exactly.
  ///
  /// - Parameter rows: (items, width); receives them at its beginning.
  func read(_ items: ArraySlice<Int>, into rows: inout [Double]) throws(DataError) {
    precondition(rows.count >= items.count * width, "\(items.count) rows in \(rows.count) numbers")
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
          try unsafe file.read(first: first, count: count, into: buffer)
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
          unsafe type.convert(from, count: count * width, into: to + start)
        }
      }
      position = end
    }
  }
}
