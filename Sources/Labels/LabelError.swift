// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A label law that cannot be: which parameter is wrong, its value, and what was required of it.
///
/// Described as `classCount must be at least 1, but is 0`.
public struct LabelError: Error, Equatable, Sendable {
  /// The parameter at fault, with its index where it is a list: `classCount`, `counts[3]`.
  public let parameter: String

  /// The offending value as text.
  public let value: String

  /// What was required, as the words after "must": `be at least 1`.
  public let requirement: String

  /// An error that says that `parameter` must meet `requirement`, but is `value`.
  public init(parameter: String, value: String, requirement: String) {
    self.parameter = parameter
    self.value = value
    self.requirement = requirement
  }
}

extension LabelError: CustomStringConvertible {
  /// The error as one line without a final period.
  public var description: String { "\(parameter) must \(requirement), but is \(value)" }
}
