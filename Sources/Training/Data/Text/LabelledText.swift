// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A text with the name of its class and the place it was read from.
public struct LabelledText: Hashable, Sendable {
  /// The text.
  public let text: String

  /// The name of its class.
  public let label: String

  /// The line of its file on which it begins, counted from 1.
  public let line: Int

  /// A text of a class.
  public init(text: String, label: String, line: Int) {
    self.text = text
    self.label = label
    self.line = line
  }
}
