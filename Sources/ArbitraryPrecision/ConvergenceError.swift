// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A computation that did not reach the asked accuracy within its precision limit.
public struct ConvergenceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was being computed.
  public let operation: String
  /// The working precision, in bits, at which it was given up.
  public let precisionReached: Int

  /// Creates an error that names an operation and the precision, in bits, that did not suffice.
  public init(operation: String, precisionReached: Int) {
    self.operation = operation
    self.precisionReached = precisionReached
  }

  /// One line for a person.
  public var description: String {
    "\(operation) did not reach the asked accuracy at \(precisionReached) bits of working precision"
  }
}
