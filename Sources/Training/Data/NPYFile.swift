// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An open NPY file whose elements are read where they are needed, never all at once.
///
/// On opening, the header is read and the size of the file is checked against it.
final class NPYFile: Sendable {
  /// The path as the user named it.
  let path: String
  let header: NPYHeader
  /// How many bytes an element takes.
  let elementSize: Int
  private let descriptor: CInt

  /// How many items there are: the first size.
  var count: Int { header.shape[0] }

  /// How many elements an item has: the product of the other sizes.
  var itemSize: Int { header.shape.dropFirst().reduce(1, *) }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - dimensionCount: How many indices the array must have, 1 or 2.
  ///   - what: What the array holds, for messages: `features are an array (items, width)`.
  ///   - elementSize: The bytes of an element of a type such as `<f4`; nil if it is not taken.
  ///   - expected: The types that are taken, for messages.
  /// - Throws: `DataError` if the file cannot be read or is not such an array.
  init(
    _ path: String, dimensionCount: Int, what: String, expected: String,
    elementSize: (String) -> Int?
  ) throws(DataError) {
    func failure(_ problem: String) -> DataError { DataError(source: path, problem: problem) }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.systemError(path) }
    do throws(DataError) {
      var status = stat()
      guard unsafe fstat(descriptor, &status) == 0 else { throw Self.systemError(path) }
      // Rows are read in any order, which a pipe does not allow.
      guard status.st_mode & S_IFMT == S_IFREG else { throw failure("it is not a regular file") }
      let header = try Self.header(descriptor, path)
      guard header.shape.count == dimensionCount else {
        throw failure("\(what), but this one has the shape \(header.shapeText)")
      }
      guard let size = elementSize(header.type) else {
        throw failure("its elements must be \(expected), but have the type '\(header.type)'")
      }
      if header.isFortranOrder && dimensionCount > 1 {
        throw failure(
          "it is in Fortran order, whose rows are scattered: save numpy.ascontiguousarray of it")
      }
      try Self.checkSize(header, size, found: Int(status.st_size), path)
      self.header = header
      self.elementSize = size
    } catch {
      _ = close(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { _ = close(descriptor) }

  private static func header(_ descriptor: CInt, _ path: String) throws(DataError) -> NPYHeader {
    func first(_ count: Int) throws(DataError) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: count)
      let read = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Self.read(descriptor, buffer, at: 0)
      }
      guard let read else { throw systemError(path) }
      return Array(bytes.prefix(read))
    }
    let preamble = try first(NPYHeader.preambleCount)
    let count = try NPYHeader.byteCount(preamble, source: path)
    return try NPYHeader(try first(max(count, preamble.count)), source: path)
  }

  /// Checks that the file has the elements that its header promises and nothing else.
  private static func checkSize(
    _ header: NPYHeader, _ elementSize: Int, found: Int, _ path: String
  ) throws(DataError) {
    func failure(_ problem: String) -> DataError { DataError(source: path, problem: problem) }
    if let dimension = header.shape.firstIndex(of: 0) {
      throw failure("size \(dimension + 1) of its shape \(header.shapeText) is 0")
    }
    var promised = elementSize
    for size in header.shape {
      // The product is checked, for a damaged header can say anything.
      let (product, overflow) = promised.multipliedReportingOverflow(by: size)
      guard !overflow else { throw failure("its shape \(header.shapeText) is too large") }
      promised = product
    }
    let rest = found - header.byteCount
    guard rest >= promised else {
      let whole = rest / (promised / header.shape[0])
      throw failure(
        "the header promises \(header.shape[0]) items, but the file ends after \(whole)")
    }
    guard rest == promised else {
      throw failure("\(rest - promised) bytes follow the \(header.shape[0]) items of the header")
    }
  }

  /// Reads `count` items from number `first` on.
  ///
  /// - Parameter buffer: Receives them; at least count itemSize elementSize bytes.
  func read(
    first: Int, count: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(DataError) {
    precondition(0 <= first && 0 <= count && first + count <= self.count, "items of \(path)")
    let size = itemSize * elementSize
    let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[0..<count * size])
    guard let read = unsafe Self.read(descriptor, part, at: header.byteCount + first * size) else {
      throw Self.systemError(path)
    }
    guard read == count * size else {
      throw DataError(source: path, problem: "it became shorter while it was read")
    }
  }

  /// Fills `buffer` from the bytes at `offset`; how many there were, nil for an error.
  private static func read(
    _ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) -> Int? {
    var done = 0
    while done < buffer.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if count > 0 {
        done += count
      } else if count == 0 {
        return done
      } else if errno != EINTR {
        return nil
      }
    }
    return done
  }

  /// The error of the system call that has just failed.
  private static func systemError(_ path: String) -> DataError {
    let code = errno
    let reason = unsafe strerror(code).map { unsafe String(cString: $0) }
    return DataError(source: path, problem: reason ?? "error \(code)")
  }
}
