// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Text collected in memory, for tests and for callers that want a command's output as a string.
public final class MemoryOutput: TextOutput {
  /// All text so far.
  public private(set) var text = ""

  /// An empty output.
  public init() {}

  /// Appends `text`.
  public func write(_ text: String) throws(FileError) { self.text += text }

  /// Does nothing.
  public func flush() throws(FileError) {}
}
