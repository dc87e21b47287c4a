// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

/// The request that a row of a table answers, as words of the command line.
struct RowRequest: Hashable {
  /// The command that prints such rows.
  enum Kind: String {
    case coverage, collision, distinct, duplicates, waiting, table

    /// The kind of a table, by its columns; nil for one that no exact command prints.
    init?(columns: [String]) {
      let has = { (name: String) in columns.contains(name) }
      if has("covered_collision_free_probability") {
        self = .table
      } else if has("collision_free_probability") {
        self = .collision
      } else if has("distinct") || has("draws") && has("mean") {
        self = .distinct
      } else if has("singleton_probability")
        || !has("mean") && columns.contains(where: { $0.hasPrefix("quantile_") })
      {
        self = .duplicates
      } else if has("standard_deviation") {
        self = .waiting
      } else if has("coverage_probability"), has("draws"), !has("phi_upper") {
        self = .coverage
      } else {
        return nil
      }
    }

    /// The columns that '--method' computes another way.
    var columnsByMethod: Set<String> {
      switch self {
      case .coverage:
        [
          "coverage_probability", "miss_probability", "log10_coverage_probability",
          "log10_miss_probability",
        ]
      case .table: ["coverage_probability", "miss_probability"]
      case .distinct: ["probability", "cumulative_probability"]
      case .collision, .duplicates, .waiting: []
      }
    }
  }

  let kind: Kind
  /// Words for law, sampling and goal.
  let setting: [String]
  /// Words for the number of draws; none in a table of waiting times.
  let draws: [String]
  /// Words for columns that are printed on demand.
  let extra: [String]

  /// The request of a row.
  ///
  /// - Parameters:
  ///   - kind: What the table is of.
  ///   - row: The fields by their columns.
  ///   - law: Words for laws that have no name of their own, by the name they print.
  /// - Returns: Nil if the row does not say what its law is.
  init?(_ kind: Kind, row: [String: String], laws: [String: [String]]) {
    guard let dataset = row["dataset"], let classes = row["classes"] else { return nil }
    self.kind = kind
    var words: [String]
    if let given = laws[dataset] {
      words = given
    } else if dataset == "uniform" || dataset.hasPrefix("uniform-") {
      words = ["--classes", classes]
      if dataset != "uniform" { words += ["--per-class", String(dataset.dropFirst(8))] }
    } else if BuiltInLaw.named(dataset) != nil {
      words = ["--dataset", dataset]
    } else {
      return nil
    }
    if row["sampling"] == "without-replacement" { words.append("--without-replacement") }
    for (column, option) in [("pack", "--pack"), ("required", "--required")] {
      if let value = row[column], column == "pack" || dataset.hasPrefix("uniform") {
        words += [option, value]
      }
    }
    // Of a file that says it class by class the numbers are joined by semicolons.
    if let copies = row["copies"], laws[dataset] == nil { words += ["--copies", copies] }
    if let needed = row["at_least"] { words += ["--at-least", needed] }
    setting = words
    switch (row["negatives"], row["draws"]) {
    case (_, let count?): draws = ["--draws", count]
    case (let count?, nil): draws = ["--negatives", count]
    case (nil, nil): draws = []
    }
    if kind == .distinct, row["distinct"] == nil {
      extra = ["--summary"]
    } else {
      extra = row["coverage_probability_exact"] == nil ? [] : ["--exact"]
    }
    guard kind == .waiting || kind == .duplicates || !draws.isEmpty else { return nil }
  }

  /// The request for the probability that a quantile is of, at given numbers of draws.
  func probabilities(draws: [Int]) -> RowRequest {
    RowRequest(
      kind: kind == .waiting ? .coverage : kind, setting: setting,
      draws: ["--draws", draws.map(String.init).joined(separator: ",")], extra: [])
  }

  private init(kind: Kind, setting: [String], draws: [String], extra: [String]) {
    (self.kind, self.setting, self.draws, self.extra) = (kind, setting, draws, extra)
  }

  /// The words of the command.
  func words(digits: Int, method: String? = nil) -> [String] {
    [kind.rawValue] + setting + draws + extra
      + ["--digits", "\(digits)", "--format", "csv"] + (method.map { ["--method", $0] } ?? [])
  }
}
