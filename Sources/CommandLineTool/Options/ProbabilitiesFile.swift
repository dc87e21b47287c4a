// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Occupancy

/// A CSV file `label,probability` of exact decimals and fractions.
enum ProbabilitiesFile {
  /// The law of the file at `path`, its probabilities divided by their sum if `isNormalized`.
  ///
  /// - Throws: `FileError`, `TableError` naming line and column, or `LawFileError` with the sum.
  static func law(of path: String, isNormalized: Bool) throws -> LabelLaw {
    var file = try LawFile(path, headers: ["label,probability"])
    var probabilities: [Rational] = []
    while let (label, field) = try file.nextRow() {
      try file.checkNew(label)
      let probability: Rational
      do {
        probability = try Rational(parsing: field.text)
      } catch {
        throw field.error("\(error)")
      }
      guard probability > 0 else {
        throw field.error("a probability must be greater than 0, found \(field.text.excerpt)")
      }
      probabilities.append(probability)
    }
    guard !probabilities.isEmpty else { throw file.emptyError }
    let sum = Self.sum(probabilities[...])
    if sum != 1 {
      guard isNormalized else {
        throw LawFileError(
          file: path,
          problem: "the probabilities sum to \(try Self.text(of: sum)), not to 1; --normalize "
            + "divides them by their sum")
      }
      probabilities = probabilities.map { $0 / sum }
    }
    return try LabelLaw(probabilities: probabilities)
  }

  /// A sum other than 1 for a message: exactly if that is short, else rounded, by its distance from
  /// 1 where rounding would hide that.
  private static func text(of sum: Rational) throws -> String {
    let exact = sum.description
    if exact.utf8.count <= 50 { return exact }
    let decimal = { try ComputableReal($0).decimal(significantDigits: 17) }
    let distance = (sum - 1).magnitude
    if distance > Rational(1, 1000) { return try "about " + decimal(sum) }
    return "1 \(sum > 1 ? "+" : "-") \(try decimal(distance))"
  }

  /// The sum by halves, which keeps most denominators short.
  private static func sum(_ terms: ArraySlice<Rational>) -> Rational {
    if terms.count <= 2 { return terms.reduce(0, +) }
    let middle = terms.startIndex + terms.count / 2
    return sum(terms[..<middle]) + sum(terms[middle...])
  }
}
