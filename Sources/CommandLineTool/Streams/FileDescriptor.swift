// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Files
internal import Training

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

  /// Has the numbers of the three standard streams taken, if the process began without one of them:
  /// the next file to be opened would have its number, and what is meant for the stream. The stream
  /// fails with EBADF all the same, as it is open in the other direction.
  static func occupyStandardStreams() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // The lowest number that is free, which is this one.
      _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Writes all `bytes`.
  func write(_ bytes: [UInt8]) throws(FileError) {
    try FileError.wrap("write", name) { () throws(SystemError) in
      try TemporaryFile.write(bytes, to: number)
    }
  }

  /// All bytes of a file of a table or a law, or of standard input if its path is `-`; decompressed
  /// if it is compressed by gzip.
  static func contents(of path: String) throws(FileError) -> [UInt8] {
    do throws(DataError) {
      return try BinaryFile.readExpanded(path)
    } catch {
      throw FileError(operation: "read", file: error.source, reason: error.problem)
    }
  }

  /// What messages call a file that is read.
  static func displayName(of path: String) -> String { BinaryFile.name(of: path) }

  /// The error of the system call that has just failed.
  static func error(_ operation: String, _ name: String) -> FileError {
    FileError(operation: operation, file: name, reason: SystemError.last.description)
  }
}
