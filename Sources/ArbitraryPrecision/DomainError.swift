// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A parameter outside the domain of the function that it was given to.
public struct DomainError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The parameter's name, as in the function's signature.
  public let parameter: String
  /// The value that was given.
  public let value: String
  /// What the value must satisfy, e.g. `must be at least 1`.
  public let requirement: String

  /// Creates an error that names a parameter, its value and what was required of it.
  public init(parameter: String, value: String, requirement: String) {
    self.parameter = parameter
    self.value = value
    self.requirement = requirement
  }

  /// One line: `drawCount must be at least 1, but is 0`.
  public var description: String { "\(parameter) \(requirement), but is \(value)" }
}

extension DomainError {
  /// Throws unless what a parameter must fulfil holds.
  package static func unless(
    _ holds: Bool, _ parameter: String, _ value: some CustomStringConvertible,
    _ requirement: @autoclosure () -> String
  ) throws(DomainError) {
    guard !holds else { return }
    throw DomainError(parameter: parameter, value: "\(value)", requirement: requirement())
  }
}
