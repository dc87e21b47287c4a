// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Files

/// A file, or a standard stream, that could not be read or written.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried: `read`, `write`.
  public let operation: String
  /// The file as the user named it.
  public let file: String
  /// What went wrong, in the system's words.
  public let reason: String

  /// An error that says why `operation` failed on `file`.
  public init(operation: String, file: String, reason: String) {
    self.operation = operation
    self.file = file
    self.reason = reason
  }

  /// One line: `cannot read 'counts.csv': No such file or directory`.
  public var description: String { "cannot \(operation) '\(file)': \(reason)" }

  /// What `body` returns, its error as one of `operation` on `file`.
  static func wrap<R>(
    _ operation: String, _ file: String, _ body: () throws(SystemError) -> R
  ) throws(FileError) -> R {
    do throws(SystemError) {
      return try body()
    } catch {
      throw FileError(operation: operation, file: file, reason: error.description)
    }
  }
}
