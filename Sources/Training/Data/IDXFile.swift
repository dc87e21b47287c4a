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

  /// What a file may have after its elements, so that a message can say how much it is.
  private static let excess = 1 << 20

  /// Reads the file at `path`, no more of it than its header says.
  ///
  /// - Parameter dimensionCount: How many dimensions are expected: 3 for images, 1 for labels.
  init(path: String, dimensionCount: Int) throws(DataError) {
    let name = BinaryFile.name(of: path)
    let descriptor = try BinaryFile.opened(path)
    defer { BinaryFile.close(descriptor) }
    var content: [UInt8] = []
    func fill(_ limit: Int) throws(DataError) {
      while content.count < limit {
        let count = min(1 << 20, limit - content.count)
        let next = try BinaryFile.read(descriptor, path, atMost: count)
        if next.isEmpty { return }
        content += next
      }
    }
    try fill(1 << 16)
    let dimensions = try Self.dimensions(content, source: name, dimensionCount: dimensionCount)
    let limit = Self.headerCount(dimensionCount) + dimensions.reduce(1, *) + Self.excess
    guard limit < Machine.memory(threadCount: 1) else {
      throw DataError(
        source: name, problem: "its header promises \(limit) bytes, more than there is memory")
    }
    // Compressed bytes are at most a thousandth more than what they expand to.
    try fill(limit)
    try self.init(content, source: name, dimensionCount: dimensionCount)
  }

  /// Reads the content of a file.
  init(_ content: [UInt8], source: String, dimensionCount: Int) throws(DataError) {
    func failure(_ problem: String) -> DataError { DataError(source: source, problem: problem) }
    let dimensions = try Self.dimensions(content, source: source, dimensionCount: dimensionCount)
    let (headerCount, count) = (Self.headerCount(dimensionCount), dimensions.reduce(1, *))
    let file =
      Gzip.isCompressed(content)
      ? try Gzip.decompress(content, source: source, limit: headerCount + count + Self.excess)
      : content
    let found = file.count - headerCount
    guard found >= count else {
      let item = found / (count / dimensions[0])
      throw failure(
        "the header promises \(dimensions[0]) items, but the file ends after \(item)")
    }
    guard found == count else {
      let excess = found - count
      let bytes = excess == 1 ? "1 byte follows" : "\(excess) bytes follow"
      throw failure("\(bytes) the \(dimensions[0]) items of the header")
    }
    self.source = source
    self.dimensions = dimensions
    bytes = Array(file[headerCount...])
  }

  /// The sizes that the file at `path` says it has, of which only the beginning is read; nil if that
  /// cannot be read twice.
  static func dimensions(path: String, dimensionCount: Int) throws(DataError) -> [Int]? {
    if path == BinaryFile.standardInput { return nil }
    let descriptor = try BinaryFile.opened(path)
    defer { BinaryFile.close(descriptor) }
    let content = try BinaryFile.read(descriptor, path, atMost: 1 << 16)
    return try dimensions(content, source: path, dimensionCount: dimensionCount)
  }

  private static func headerCount(_ dimensionCount: Int) -> Int { 4 + 4 * dimensionCount }

  /// The sizes in the header of a file, of which `content` is the beginning.
  private static func dimensions(
    _ content: [UInt8], source: String, dimensionCount: Int
  ) throws(DataError) -> [Int] {
    func failure(_ problem: String) -> DataError { DataError(source: source, problem: problem) }
    let headerCount = headerCount(dimensionCount)
    let file =
      Gzip.isCompressed(content)
      ? try Gzip.prefix(headerCount, of: content, source: source)
      : Array(content.prefix(headerCount))
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
      guard !overflow, product < 1 << 62 else {
        throw failure("the sizes in its header are too large")
      }
      dimensions.append(size)
      count = product
    }
    return dimensions
  }
}
