// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Synchronization

/// An open NPY file of features: those of N items in V views, D numbers each.
///
/// It has the shape (N, D), or with an axis of views (N, V, D) or (V, N, D); further sizes of 1 at
/// the end, as poolings leave them, do not count. Of an array in Fortran order, whose rows are
/// scattered, a copy in the order of its items is made.
final class FeatureArray: Sendable {
  /// What messages call the file.
  let path: String
  let type: FloatType
  /// N, V and D.
  let count, viewCount, width: Int

  private let file: NPYFile
  /// Whether the numbers of a row are not together, so that rows are those of a copy.
  private let isScattered: Bool
  /// Made when the first row is read: what cannot be served is refused before.
  private let copy = Mutex<RandomAccessFile?>(nil)
  private let viewsComeFirst: Bool

  /// Opens a file; only its header is read.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - viewsAxis: Which index of three is that of the views, 0 or 1; nil if there are none.
  /// - Throws: `DataError` if it cannot be read or is no such array of floating-point numbers.
  init(path: String, viewsAxis: Int? = nil) throws(DataError) {
    file = try NPYFile(path, expected: "floating-point numbers of 16, 32 or 64 bits") {
      FloatType($0.text) != nil
    }
    self.path = file.path
    guard let type = FloatType(file.type.text) else {
      preconditionFailure("the type was checked when the file was opened")
    }
    self.type = type
    var shape = file.shape
    let least = viewsAxis == nil ? 2 : 3
    while shape.count > least, shape.last == 1 { shape.removeLast() }
    guard shape.count == 2 || shape.count == 3 && viewsAxis != nil else {
      throw DataError(
        source: file.path,
        problem: "features are an array of items and features, but this one has the shape "
          + file.header.shapeText + Self.advice(shape))
    }
    viewsComeFirst = shape.count == 3 && viewsAxis == 0
    count = shape[viewsComeFirst ? 1 : 0]
    viewCount = shape.count == 2 ? 1 : shape[viewsComeFirst ? 0 : 1]
    width = shape[shape.count - 1]
    isScattered = file.header.isFortranOrder && file.shape.count { $0 > 1 } > 1
  }

  /// What to do about a shape, to follow a message.
  private static func advice(_ shape: [Int]) -> String {
    switch shape.count {
    case 3:
      "; '--views-axis 1' takes it as \(shape[0]) items in \(shape[1]) views, '--views-axis 0' as "
        + "\(shape[1]) items in \(shape[0]) views"
    case 4...: "; pool or reshape it to one row of features an item"
    default: ""
    }
  }

  /// Bytes of a row.
  var rowByteCount: Int { width * type.size }

  /// Bytes from a row to that of the next item in the same view.
  var stride: Int { viewsComeFirst && !isScattered ? rowByteCount : viewCount * rowByteCount }

  /// What messages call a view.
  func name(ofView view: Int) -> String { viewCount == 1 ? path : "\(path), view \(view)" }

  /// Reads the bytes of the rows of neighbouring items in a view, with whatever lies between them.
  ///
  /// - Parameter buffer: Receives them; at least (items - 1) stride + rowByteCount bytes.
  func read(
    _ items: Range<Int>, view: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(DataError) {
    precondition(
      0 <= items.lowerBound && items.upperBound <= count && view < viewCount && !items.isEmpty,
      "items \(items) of \(count)")
    let byteCount = (items.count - 1) * stride + rowByteCount
    let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<byteCount])
    let viewStride = viewsComeFirst && !isScattered ? count * rowByteCount : rowByteCount
    let offset = items.lowerBound * stride + view * viewStride
    guard isScattered else { return try unsafe file.read(into: part, at: offset) }
    let copy = copy.withLock { made -> Result<RandomAccessFile, DataError> in
      if let made { return .success(made) }
      do throws(DataError) {
        let copy = try copied()
        made = copy
        return .success(copy)
      } catch {
        return .failure(error)
      }
    }
    let read = try unsafe copy.get().read(into: part, at: offset)
    precondition(read == byteCount, "a copy has all items")
  }

  // MARK: - Fortran order

  /// How many bytes are put in order at a time.
  private static let blockByteCount = 1 << 26

  /// A copy, (N, V, D), of an array in Fortran order, whose first index is the fastest.
  private func copied() throws(DataError) -> RandomAccessFile {
    let size = file.type.size
    // Numbers of an item that lie together, and places apart where there are such.
    let (together, apart) = viewsComeFirst ? (viewCount, width) : (1, viewCount * width)
    let itemByteCount = viewCount * width * size
    let blockItems = min(count, max(1, Self.blockByteCount / itemByteCount))
    return try RandomAccessFile(copying: file.path) { append throws(DataError) in
      for start in Swift.stride(from: 0, to: count, by: blockItems) {
        let items = min(blockItems, count - start)
        var block = [UInt8](repeating: 0, count: items * itemByteCount)
        var run = [UInt8](repeating: 0, count: items * together * size)
        for place in 0..<apart {
          try file.fill(&run, at: together * (start + count * place) * size)
          for item in 0..<items {
            for number in 0..<together {
              // Where views come first `number` is the view; else views are the faster of both.
              let (view, feature) =
                viewsComeFirst ? (number, place) : (place % viewCount, place / viewCount)
              let from = (item * together + number) * size
              let to = item * itemByteCount + (view * width + feature) * size
              for byte in 0..<size { block[to + byte] = run[from + byte] }
            }
          }
        }
        try append(block)
      }
    }
  }
}
