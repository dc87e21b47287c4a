// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Tables

/// A table of exact values, recomputed row by row.
struct TableVerification {
  /// How many numbers of a table were found to be what.
  struct Counts: Equatable {
    var rows = 0
    /// Right by two different methods.
    var byTwoMethods = 0
    /// Right by the same method with more digits, which takes other steps in another arithmetic.
    var byMoreDigits = 0
    /// Of no exact command, of a law that is not known, or refused.
    var unchecked = 0
    var wrong = 0
  }

  /// Columns that say what is asked.
  private static let keys: Set<String> = [
    "dataset", "classes", "draws", "negatives", "sampling", "pack", "required", "copies",
    "at_least", "distinct",
  ]

  private(set) var counts = Counts()
  /// Remarks, one line each.
  private(set) var notes: [String] = []
  private let file: String
  private let columns: [String]
  private let rows: [CSVRow]
  private let laws: [String: [String]]
  private let origins: BoundOrigins
  private let report: (String) throws -> Void
  private var recomputation: Recomputation
  /// The most significant digits that a column has: fewer stand for a number that has no more.
  private var digits: [String: Int] = [:]

  /// A table about to be recomputed.
  ///
  /// - Parameters:
  ///   - reader: The table.
  ///   - laws: Words for laws that have no name of their own, by the name they print.
  ///   - input: What standard input has, if it is one of these laws.
  ///   - origins: What bounds may have been computed from.
  ///   - report: Takes a line for every number that is wrong.
  init(
    _ reader: CSVReader, laws: [String: [String]], input: [UInt8]?, origins: BoundOrigins,
    report: @escaping (String) throws -> Void
  ) throws {
    var reader = reader
    recomputation = Recomputation(input: input)
    (file, columns, self.laws, self.report) = (reader.file, reader.header.fields, laws, report)
    self.origins = origins
    rows = try reader.remainingRows()
  }

  /// Goes through all rows.
  mutating func run() throws {
    counts.rows = rows.count
    if BoundsVerification.covers(columns) {
      var bounds = BoundsVerification(
        file: file, columns: columns, rows: rows, origins: origins)
      try bounds.check(rows, report)
      bounds.finish()
      (counts, notes) = (bounds.counts, bounds.notes)
      return
    }
    guard let kind = RowRequest.Kind(columns: columns) else {
      counts.unchecked = rows.count * columns.count { !Self.keys.contains($0) }
      let isMeasured = BoundOrigins.isOfMeasurements(columns)
      notes.append(
        "\(file): "
          + (isMeasured
            ? "measured, not recomputed; bounds among the files are computed from it again"
            : "no exact command prints these columns"))
      return
    }
    for row in rows {
      for (column, field) in zip(columns, row.fields) {
        let count = PrintedNumber(field)?.digits.utf8.count ?? 0
        digits[column] = max(digits[column] ?? 1, count)
      }
    }
    let most = digits.values.max() ?? 1
    var unknown: Set<String> = []
    var last: (request: RowRequest, answers: [Recomputation.Answer])?
    for row in rows {
      let fields = Recomputation.named(row, columns)
      guard let request = RowRequest(kind, row: fields, laws: laws) else {
        unknown.insert(fields["dataset"] ?? "")
        counts.unchecked += columns.count { !Self.keys.contains($0) }
        continue
      }
      // The rows of one law of distinct labels have one answer.
      if last?.request != request {
        last = (request, recomputation.answers(request, digits: most))
      }
      let matching = last?.answers.compactMap { answer in
        answer.first { $0["distinct"] == fields["distinct"] }
      }
      try check(row, fields, request, matching ?? [])
    }
    for name in unknown.sorted() {
      notes.append(
        "\(file): the law '\(name)' is not in the table; name it by '--counts' or "
          + "'--probabilities'")
    }
  }

  private mutating func check(
    _ row: CSVRow, _ fields: [String: String], _ request: RowRequest,
    _ answers: [[String: String]]
  ) throws {
    for column in columns where !Self.keys.contains(column) {
      let found = fields[column] ?? ""
      if column.hasPrefix("quantile_") {
        try checkQuantile(column, found, row, request)
        continue
      }
      let values = answers.compactMap { $0[column] }
      guard !values.isEmpty else {
        counts.unchecked += 1
        continue
      }
      var isRight = true
      for value in values {
        guard let problem = Self.difference(found, value, digits[column] ?? 1) else { continue }
        isRight = false
        try report("\(file):\(row.line): \(column): \(problem)")
        break
      }
      let isByTwo = values.count > 1 && request.kind.columnsByMethod.contains(column)
      switch (isRight, isByTwo) {
      case (false, _): counts.wrong += 1
      case (true, true): counts.byTwoMethods += 1
      case (true, false): counts.byMoreDigits += 1
      }
    }
  }

  /// What is wrong with `found` where `value` is right, with more digits; nil if nothing is.
  static func difference(_ found: String, _ value: String, _ digits: Int) -> String? {
    if found == value { return nil }
    guard let number = PrintedNumber(found), let right = PrintedNumber(value) else {
      return "'\(found.excerpt)' is '\(value.excerpt)'"
    }
    let count = number.agreeingDigits(with: right, limit: digits)
    if count >= digits { return nil }
    return "digit \(count + 1) of \(found.excerpt) differs: it is \(value.excerpt)"
  }

  /// A quantile is the least n whose probability reaches P: that of n does, that of n - 1 does not.
  private mutating func checkQuantile(
    _ column: String, _ found: String, _ row: CSVRow, _ request: RowRequest
  ) throws {
    let name = request.kind == .waiting ? "coverage_probability" : "duplicate_probability"
    let level = column.dropFirst("quantile_".count)
    guard let count = Int(found), count >= 1, request.draws.isEmpty,
      let probability = try? Rational(parsing: String(level))
    else {
      counts.unchecked += 1
      return
    }
    let draws = count == 1 ? [1] : [count - 1, count]
    // Rounded to at least the digits of P a number stays on its side of P, or becomes P: then more
    // digits tell.
    var values: [[Rational]] = []
    for digits in [max(6, level.count), 30] {
      values = recomputation.answers(request.probabilities(draws: draws), digits: digits)
        .map { $0.compactMap { try? Rational(parsing: $0[name] ?? "") } }
        .filter { $0.count == draws.count }
      if !values.joined().contains(probability) { break }
    }
    let judgements = values.map { values in
      values[values.count - 1] >= probability && (count == 1 || values[0] < probability)
    }
    if judgements.isEmpty {
      counts.unchecked += 1
    } else if judgements.contains(false) {
      counts.wrong += 1
      try report("\(file):\(row.line): \(column): \(found) is not the least number of draws")
    } else if judgements.count == 2 {
      counts.byTwoMethods += 1
    } else {
      counts.byMoreDigits += 1
    }
  }
}
