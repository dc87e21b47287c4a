// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A command line that cannot be carried out as written: exit code 64.
///
/// The wordings are those of Swift's argument-parser.
public struct UsageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, without a final period unless it ends in a sentence of advice.
  public let message: String

  /// The argument at fault and what it is for, to be printed after `Help:`; nil if there is none.
  public let help: String?

  /// An error that says what is wrong and, where one argument is at fault, what that is for.
  public init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }

  /// The message.
  public var description: String { message }
}
