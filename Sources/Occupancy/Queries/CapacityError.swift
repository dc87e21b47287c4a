// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

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

  /// A fraction over M^n or binom(M, n) that is too long, or a sum of too many terms.
  static func longFraction(
    _ law: LabelLaw, _ drawCount: Int, of request: String,
    suggestion: String = "ask for another number of digits"
  ) -> CapacityError {
    let digits = Int(min(Double(drawCount) * law.total.decimalLogarithm, 1e18))
    return CapacityError(
      request: "\(request) for \(law.classCount) classes and \(drawCount) draws",
      estimate: "fractions of \(digits) digits from too many terms", suggestion: suggestion)
  }
}
