// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An open file of the operating system, which whoever opened it closes.
struct FileDescriptor {
  /// The system's number for it.
  let number: CInt
  /// The file's name, for messages.
  let name: String

  static let standardOutput = FileDescriptor(number: STDOUT_FILENO, name: "standard output")
  static let standardError = FileDescriptor(number: STDERR_FILENO, name: "standard error")

  /// Writes all `bytes`.
  func write(_ bytes: [UInt8]) throws(FileError) {
    try FileError.wrap("write", name) { () throws(SystemError) in
      try TemporaryFile.write(bytes, to: number)
    }
  }

  /// No table or list of classes is longer; what has no end, like a device, is.
  private static let sizeLimit = 1 << 28

  /// All bytes of the file from where it stands.
  func readToEnd() throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe read(number, buffer.baseAddress, buffer.count)
      }
      if count > 0 {
        bytes += chunk[..<count]
        guard bytes.count <= Self.sizeLimit else {
          throw FileError(
            operation: "read", file: name, reason: "it has more than \(Self.sizeLimit) bytes")
        }
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        throw Self.error("read", name)
      }
    }
  }

  /// All bytes of a file.
  static func contents(of path: String) throws(FileError) -> [UInt8] {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw error("read", path) }
    defer { _ = close(number) }
    return try FileDescriptor(number: number, name: path).readToEnd()
  }

  /// The error of the system call that has just failed.
  static func error(_ operation: String, _ name: String) -> FileError {
    FileError(operation: operation, file: name, reason: SystemError.last.description)
  }
}
