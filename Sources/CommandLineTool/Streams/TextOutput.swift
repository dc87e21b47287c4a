// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Where a command puts its text: standard output, standard error, a file, or memory in tests.
public protocol TextOutput: AnyObject {
  /// Whether a person reads along on a terminal.
  var isTerminal: Bool { get }

  /// Takes a piece of text.
  ///
  /// - Throws: `FileError` if it cannot be written.
  func write(_ text: String) throws(FileError)

  /// Takes bytes that are no text.
  ///
  /// - Throws: `FileError` if they cannot be written.
  func write(_ bytes: [UInt8]) throws(FileError)

  /// Passes on what has been taken so far, where somebody may be reading along.
  ///
  /// - Throws: `FileError` if it cannot be written.
  func flush() throws(FileError)
}

extension TextOutput {
  /// False, as of a file.
  public var isTerminal: Bool { false }
}
