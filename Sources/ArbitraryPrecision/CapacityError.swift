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

  /// The most that one number may take, in seconds by `OperationCost`.
  package static let patience = 10.0

  /// Refuses what would take longer than `patience`.
  package static func check(
    _ seconds: Double, _ request: @autoclosure () -> String,
    suggestion: @autoclosure () -> String
  ) throws(CapacityError) {
    guard seconds > patience else { return }
    throw CapacityError(
      request: request(), estimate: duration(seconds), suggestion: suggestion())
  }

  /// `over 3 minutes`: whole units, rounded down, of a time of at least a second.
  package static func duration(_ seconds: Double) -> String {
    let units = [
      ("years", 31_557_600), ("days", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1.0),
    ]
    let (unit, size) = units.first { seconds >= 2 * $0.1 } ?? ("seconds", 1)
    return seconds > 1e13 ? "over 300000 years" : "over \(Int(seconds / size)) \(unit)"
  }
}
