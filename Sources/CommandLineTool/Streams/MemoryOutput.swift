// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Text collected in memory, for tests and for callers that want a command's output as a string.
public final class MemoryOutput: TextOutput {
  /// All text so far.
  public private(set) var text = ""

  /// What the output says it is.
  public let isTerminal: Bool

  /// An empty output, laid out for a person if it stands for a terminal.
  public init(isTerminal: Bool = false) { self.isTerminal = isTerminal }

  /// Appends `text`.
  public func write(_ text: String) throws(FileError) { self.text += text }

  /// Appends bytes as UTF-8, what is none replaced.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    text += String(decoding: bytes, as: UTF8.self)
  }

  /// Does nothing.
  public func flush() throws(FileError) {}
}
