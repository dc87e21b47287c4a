// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Files of bytes, read and written as a whole.
enum BinaryFile {
  /// Whether there is something at `path`.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// All bytes of a file.
  static func read(_ path: String) throws(DataError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError(path) }
    defer { _ = close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      #if canImport(Glibc)
        let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
      #else
        let count = unsafe Darwin.read(descriptor, &chunk, chunk.count)
      #endif
      if count > 0 {
        bytes += chunk[..<count]
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        throw systemError(path)
      }
    }
  }

  /// Puts a file with the given bytes in the place of `path`: whole, or not at all.
  static func write(_ bytes: [UInt8], to path: String) throws(DataError) {
    do throws(SystemError) {
      let file = try TemporaryFile(destination: path)
      try file.write(bytes)
      try file.commit()
    } catch {
      throw DataError(source: path, problem: error.description)
    }
  }

  /// Removes a file if it is there.
  static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// Makes a folder unless it is there.
  static func makeFolder(_ path: String) throws(DataError) {
    if unsafe mkdir(path, 0o777) == 0 { return }
    let error = systemError(path)
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw error }
  }

  /// The error of the system call that has just failed.
  private static func systemError(_ path: String) -> DataError {
    DataError(source: path, problem: SystemError.last.description)
  }
}
