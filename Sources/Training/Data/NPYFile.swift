// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// An open NPY file whose elements are read where they are needed, never all at once: a file, an
/// array of an NPZ archive, or standard input, of which a copy is made.
///
/// On opening, the header is read and the size of the file is checked against it.
final class NPYFile: Sendable {
  /// What messages call the file.
  let path: String
  let header: NPYHeader
  let type: NPYType
  private let file: RandomAccessFile

  /// The sizes, one for each index; none is 0.
  var shape: [Int] { header.shape }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The path; that of an archive with several arrays followed by a colon and the name of
  ///     one of them; `-` is standard input.
  ///   - expected: The types that are taken, for messages.
  ///   - accepts: Whether a type is taken.
  /// - Throws: `DataError` if the file cannot be read or is no such array.
  init(
    _ path: String, expected: String, accepts: (NPYType) -> Bool
  ) throws(DataError) {
    file = try Self.open(path)
    let name = file.name
    self.path = name
    func failure(_ problem: String) -> DataError { DataError(source: name, problem: problem) }
    header = try Self.header(file)
    guard let type = NPYType(header.type), accepts(type) else {
      let problem = "its elements must be \(expected), but have the type '\(header.type)'"
      throw failure(problem + NPYType.advice(header.type))
    }
    self.type = type
    let promised = try header.elementBytes(size: type.size, source: name)
    let rest = file.count - header.byteCount
    let items = header.shape.first ?? 1
    guard rest >= promised else {
      throw failure(
        "the header promises \(items) items, but the file ends after \(rest / (promised / items))")
    }
    guard rest == promised else {
      let excess = rest - promised
      let bytes = excess == 1 ? "1 byte follows" : "\(excess) bytes follow"
      throw failure("\(bytes) the \(items) items of the header")
    }
  }

  // MARK: - Opening

  private static func open(_ path: String) throws(DataError) -> RandomAccessFile {
    if path == BinaryFile.standardInput { return try standardInput() }
    // The name of an array follows that of its archive.
    if !BinaryFile.exists(path), let colon = path.lastIndex(of: ":"),
      BinaryFile.exists(String(path[..<colon]))
    {
      let archive = try RandomAccessFile(path: String(path[..<colon]))
      guard ZipArchive.isArchive(try archive.bytes(at: 0, atMost: 4)) else {
        throw DataError(source: archive.name, problem: "it is not an .npz archive of arrays")
      }
      return try member(archive, named: String(path[path.index(after: colon)...]))
    }
    let file = try RandomAccessFile(path: path)
    let isArchive = ZipArchive.isArchive(try file.bytes(at: 0, atMost: 4))
    return isArchive ? try member(file, named: nil) : file
  }

  /// An array of an archive; the only one if it is not named.
  private static func member(
    _ file: RandomAccessFile, named name: String?
  ) throws(DataError) -> RandomAccessFile {
    func failure(_ problem: String) -> DataError { DataError(source: file.name, problem: problem) }
    let archive = try ZipArchive(file)
    if archive.members.contains(where: { $0.name.hasSuffix("/data.pkl") }) {
      throw failure(
        "this is a PyTorch file, a pickle, which can run programs and is not read: save it with "
          + "numpy.save('x.npy', tensor.numpy())")
    }
    let ending = ".npy"
    let arrays = archive.members.filter { $0.name.hasSuffix(ending) }
    let names = arrays.map { String($0.name.dropLast(ending.count)) }
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    guard let first = names.first else { throw failure("it has no arrays") }
    guard let wanted = name ?? (names.count == 1 ? first : nil) else {
      throw failure("it has the arrays \(list): name one of them, as '\(file.name):\(first)'")
    }
    guard let index = names.firstIndex(of: wanted) else {
      throw failure("it has no array '\(wanted)', but \(list)")
    }
    return try archive.open(arrays[index], name: "\(file.name):\(wanted)")
  }

  /// A copy of what standard input has, no longer than its header says.
  private static func standardInput() throws(DataError) -> RandomAccessFile {
    let path = BinaryFile.standardInput
    let descriptor = try BinaryFile.opened(path)
    let name = BinaryFile.name(of: path)
    var first: [UInt8] = []
    func fill(_ count: Int) throws(DataError) {
      while first.count < count {
        let next = try BinaryFile.read(descriptor, path, atMost: count - first.count)
        if next.isEmpty { return }
        first += next
      }
    }
    try fill(NPYHeader.preambleCount)
    try fill(NPYHeader.byteCount(first, source: name))
    let header = try NPYHeader(first, source: name)
    let size = NPYType(header.type)?.size ?? 0
    let limit = first.count + (try header.elementBytes(size: size, source: name))
    return try RandomAccessFile(copying: name) { append throws(DataError) in
      try append(first)
      var count = first.count
      // One byte more shows that there is more.
      while count <= limit {
        let next = try BinaryFile.read(descriptor, path, atMost: min(1 << 20, limit + 1 - count))
        if next.isEmpty { return }
        try append(next)
        count += next.count
      }
    }
  }

  private static func header(_ file: RandomAccessFile) throws(DataError) -> NPYHeader {
    let preamble = try file.bytes(at: 0, atMost: NPYHeader.preambleCount)
    let count = try NPYHeader.byteCount(preamble, source: file.name)
    return try NPYHeader(
      try file.bytes(at: 0, atMost: max(count, preamble.count)), source: file.name)
  }

  // MARK: - Elements

  /// Reads so many bytes of elements as a buffer holds.
  ///
  /// - Parameter offset: Where they begin, in bytes from the first element.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(DataError) {
    let count = try unsafe file.read(into: buffer, at: header.byteCount + offset)
    guard count == buffer.count else { throw Self.shortened(path) }
  }

  /// The same for an array.
  func fill(_ bytes: inout [UInt8], at offset: Int) throws(DataError) {
    let count = try file.fill(&bytes, at: header.byteCount + offset)
    guard count == bytes.count else { throw Self.shortened(path) }
  }

  private static func shortened(_ path: String) -> DataError {
    DataError(source: path, problem: "it was cut short while it was read")
  }
}
