// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Tables

/// How each bound of one row comes about: its formula, the same with the numbers put in, its value.
struct BoundExplanation {
  let recipe: BoundRecipe
  let digits: Int

  /// The table: a row for each bound.
  func report(of row: @escaping () throws -> BoundSource.Row) -> TableReport {
    TableReport(columns: ["bound", "formula", "numbers", "value", "standard_error", "note"]) {
      emit in
      let report = try BoundReport(try row().inputs, recipe: recipe)
      for derivation in try report.derivations() {
        let (value, error, note): (TableField, TableField, TableField) =
          switch derivation.outcome {
          case .value(let value):
            (
              try .number(value.number, digits: digits),
              try BoundTable.errorField(value.standardError), .absent
            )
          case .infinite: (.infinity, .absent, .text("the divisor is 0"))
          case .inapplicable(let reason): (.absent, .absent, .text(reason))
          }
        try emit([
          .text(derivation.name.rawValue), .text(derivation.formula),
          derivation.numbers.map { .text($0) } ?? .absent, value, error, note,
        ])
      }
    }
  }
}
