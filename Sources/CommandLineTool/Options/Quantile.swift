// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// A probability with its text as typed, which names its column.
struct Quantile: Sendable {
  let text: String
  let probability: Rational

  /// The name of its column.
  var column: String { "quantile_" + text }

  /// Reads the list that an option takes, or its default; empty if there is neither.
  static func list(
    _ specification: ArgumentSpecification, in arguments: ParsedArguments
  ) throws(UsageError) -> [Quantile] {
    guard let text = arguments.text(specification) ?? specification.defaultValue else { return [] }
    var result: [Quantile] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      guard let probability = try? Rational(parsing: part), probability > 0, probability < 1 else {
        throw .invalid(
          text, for: specification, "'\(part)' is not a decimal greater than 0 and less than 1")
      }
      guard !result.contains(where: { $0.text == part }) else {
        throw .invalid(text, for: specification, "'\(part)' appears twice")
      }
      result.append(Quantile(text: part, probability: probability))
    }
    return result
  }
}
