// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Bytes that are read in any order: a regular file, a part of one, or a copy of what can be read
/// only once or in another order, in a file that has no name and goes with its last reader.
final class RandomAccessFile: Sendable {
  /// What messages call the file.
  let name: String
  /// How many bytes there are.
  let count: Int

  private let descriptor: OpenDescriptor
  private let start: Int

  /// Opens a regular file.
  init(path: String) throws(DataError) {
    descriptor = OpenDescriptor(try BinaryFile.opened(path))
    (name, start) = (path, 0)
    var status = stat()
    guard unsafe fstat(descriptor.number, &status) == 0 else { throw BinaryFile.systemError(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DataError(source: path, problem: "it is not a regular file")
    }
    count = Int(status.st_size)
  }

  /// A part of a file.
  init(_ file: RandomAccessFile, name: String, from start: Int, count: Int) {
    descriptor = file.descriptor
    self.name = name
    self.start = file.start + start
    self.count = count
  }

  /// A copy of the bytes that `body` hands on.
  ///
  /// - Throws: `DataError` if there is no place for it, and what `body` throws.
  init(
    copying name: String,
    _ body: (_ append: ([UInt8]) throws(DataError) -> Void) throws(DataError) -> Void
  ) throws(DataError) {
    let variable = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) }
    let folder = variable.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var template = Array("\(folder)/upsilon-XXXXXX".utf8CString)
    let number = unsafe mkstemp(&template)
    guard number >= 0 else { throw BinaryFile.systemError(folder) }
    _ = unsafe unlink(template)
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    let descriptor = OpenDescriptor(number)
    var count = 0
    try body { bytes throws(DataError) in
      var written = 0
      while written < bytes.count {
        let result = unsafe bytes.withUnsafeBytes { buffer in
          let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
          return unsafe pwrite(number, rest.baseAddress, rest.count, off_t(count + written))
        }
        if result >= 0 {
          written += result
        } else if errno != EINTR {
          let reason = BinaryFile.systemError(folder).problem
          throw DataError(
            source: name, problem: "no copy of it can be made in '\(folder)': \(reason)")
        }
      }
      count += bytes.count
    }
    (self.descriptor, self.name, self.count, start) = (descriptor, name, count, 0)
  }

  /// Fills a buffer from the bytes at `offset` on.
  ///
  /// - Returns: How many there were.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(DataError) -> Int {
    var done = 0
    let wanted = min(buffer.count, max(0, count - offset))
    while done < wanted {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done..<wanted])
      let place = off_t(start + offset + done)
      let read = unsafe pread(descriptor.number, rest.baseAddress, rest.count, place)
      if read > 0 {
        done += read
      } else if read == 0 {
        return done
      } else if errno != EINTR {
        throw BinaryFile.systemError(name)
      }
    }
    return done
  }

  /// The bytes at `offset` on, at most `limit` of them.
  func bytes(at offset: Int, atMost limit: Int) throws(DataError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(0, min(limit, count - offset)))
    let count = try fill(&bytes, at: offset)
    return Array(bytes.prefix(count))
  }

  /// Fills an array from the bytes at `offset` on; how many there were.
  func fill(_ bytes: inout [UInt8], at offset: Int) throws(DataError) -> Int {
    let result = unsafe bytes.withUnsafeMutableBytes { buffer -> Result<Int, DataError> in
      do throws(DataError) {
        return .success(try unsafe read(into: buffer, at: offset))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

/// The system's number of an open file, closed with the last reference.
private final class OpenDescriptor: Sendable {
  let number: CInt

  init(_ number: CInt) { self.number = number }

  deinit { _ = close(number) }
}
