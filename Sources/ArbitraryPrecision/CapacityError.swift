// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A request beyond what a method can finish in reasonable time: refused before it is begun.
public struct CapacityError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was asked for.
  public let request: String
  /// What it would take.
  public let estimate: String
  /// What to do instead.
  public let suggestion: String

  /// A refusal with its reason and a way out.
  public init(request: String, estimate: String, suggestion: String) {
    self.request = request
    self.estimate = estimate
    self.suggestion = suggestion
  }

  /// One line for a person.
  public var description: String { "\(request) would take \(estimate); \(suggestion)" }
}
