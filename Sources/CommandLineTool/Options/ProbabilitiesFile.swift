// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Occupancy
internal import Tables

/// A CSV file `label,probability` of exact decimals and fractions, with a column `copies` if it
/// says how often classes must come.
enum ProbabilitiesFile {
  /// What to do with probabilities whose sum is not 1.
  enum Rest: Equatable, Sendable {
    /// Refuse them, and name the options that there are.
    case refused(blankExists: Bool)
    /// Divide them by their sum.
    case normalized
    /// Take what the sum lacks as the probability of a draw that shows no class.
    case blank
  }

  /// The law of the file at `path`, without classes whose probability is 0.
  ///
  /// - Throws: `FileError`, `TableError` naming line and column, or `LawFileError` with the sum.
  static func law(of path: String, name: String, rest: Rest) throws -> NamedLaw {
    var file = try LawFile(path, forms: [["label", "probability"]])
    let source = FileDescriptor.displayName(of: path)
    var probabilities: [Rational] = []
    var copies: [(copies: Int, classCount: Int)] = []
    while let row = try file.nextRow() {
      let field = row.fields[1]
      let probability: Rational
      do {
        probability = try Rational(parsing: field.text)
      } catch {
        throw field.error("\(error)")
      }
      guard probability >= 0 else {
        throw field.error("a probability must be at least 0, found \(field.text.excerpt)")
      }
      if probability == 0 {
        try file.leaveOut(row, classCount: 1)
        continue
      }
      if let field = row.copies { copies.append((try field.copies(), 1)) }
      probabilities.append(probability)
    }
    guard !probabilities.isEmpty else { throw file.emptyError }
    let sum = rest == .normalized ? 1 : Self.sum(probabilities[...])
    switch rest {
    case .normalized:
      break
    case .blank where sum <= 1:
      break
    case .blank:
      throw LawFileError(
        file: source,
        problem: "the probabilities sum to \(try Self.text(of: sum)), which leaves nothing for "
          + "--blank; --normalize divides them by their sum")
    case .refused(let blankExists):
      if sum == 1 { break }
      let blank =
        blankExists && sum < 1
        ? "--blank takes the rest as draws that show no class, and " : ""
      throw LawFileError(
        file: source,
        problem:
          "the probabilities sum to \(try Self.text(of: sum)), not to 1; \(blank)--normalize "
          + "divides them by their sum")
    }
    let law: LabelLaw
    do throws(DomainError) {
      law =
        rest == .normalized
        ? try LabelLaw(proportionalTo: probabilities)
        : try LabelLaw(probabilities: probabilities, blank: rest == .blank)
    } catch {
      throw LawFileError(file: source, problem: "the \(error)")
    }
    return NamedLaw(
      name: name, law: law, copies: try file.requirement(copies),
      notes: file.notes("a probability of 0"))
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
