// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// An array of bytes in the IDX format of the MNIST files, plain or compressed by gzip.
///
/// Two zeros, the type (8 for unsigned bytes), the number of dimensions, each dimension as a
/// big-endian number of 32 bits, then the elements, the last dimension fastest.
///
/// Reference: Y. LeCun, C. Cortes and C. Burges, *The MNIST database of handwritten digits*, 1998.
struct IDXFile: Equatable {
  /// The name of the file, for messages.
  let source: String
  /// The sizes; at least one.
  let dimensions: [Int]
  /// The elements.
  let bytes: [UInt8]

  /// Reads the file at `path`.
  ///
  /// - Parameter dimensionCount: How many dimensions are expected: 3 for images, 1 for labels.
  init(path: String, dimensionCount: Int) throws(DataError) {
    try self.init(BinaryFile.readExpanded(path), source: path, dimensionCount: dimensionCount)
  }

  /// Reads the content of a file.
  init(_ content: [UInt8], source: String, dimensionCount: Int) throws(DataError) {
    func failure(_ problem: String) -> DataError { DataError(source: source, problem: problem) }
    let file =
      Gzip.isCompressed(content) ? try Gzip.decompress(content, source: source) : content
    let headerCount = 4 + 4 * dimensionCount
    guard file.count >= 4 else { throw failure("the file is too short for an IDX file") }
    guard file[0] == 0, file[1] == 0 else {
      throw failure("this is not an IDX file: it does not begin with two zeros")
    }
    guard file[2] == 8 else {
      throw failure("IDX elements must be unsigned bytes, type 8, but have type \(file[2])")
    }
    guard Int(file[3]) == dimensionCount else {
      let what = dimensionCount == 1 ? "labels have 1 dimension" : "images have 3 dimensions"
      throw failure("\(what), but this IDX file has \(file[3])")
    }
    guard file.count >= headerCount else { throw failure("the file ends in its header") }
    var dimensions: [Int] = []
    var count = 1
    for index in 0..<dimensionCount {
      let size = file[4 + 4 * index..<8 + 4 * index].reduce(0) { $0 << 8 | Int($1) }
      guard size > 0 else { throw failure("dimension \(index + 1) is 0") }
      // At most three factors below 2^32: the product is checked, for a damaged header can say it.
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { throw failure("the sizes in its header are too large") }
      dimensions.append(size)
      count = product
    }
    let found = file.count - headerCount
    guard found >= count else {
      let item = found / (count / dimensions[0])
      throw failure(
        "the header promises \(dimensions[0]) items, but the file ends after \(item)")
    }
    guard found == count else {
      throw failure("\(found - count) bytes follow the \(dimensions[0]) items of the header")
    }
    self.source = source
    self.dimensions = dimensions
    bytes = Array(file[headerCount...])
  }
}
