// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy
internal import Tables

/// The published coverage probabilities beside the exact ones for independent draws.
struct PublishedReport {
  let digits: Int

  /// The table: published values verbatim; errors are differences of fractions, rounded only to be
  /// printed.
  var report: TableReport {
    let columns = [
      "dataset", "classes", "draws", "published_coverage_probability", "coverage_probability",
      "absolute_error", "relative_error", "source",
    ]
    return TableReport(columns: columns) { [digits] emit in
      for item in PublishedCoverage.all {
        guard let builtIn = BuiltInLaw.named(item.dataset) else {
          preconditionFailure("\(item.dataset) is a built-in law")
        }
        let law = NamedLaw(builtIn)
        let published = try Rational(parsing: item.value)
        let coverage = try CoverageProbability(
          law: law.law, sampling: .withReplacement, drawCount: item.drawCount)
        let exact = try coverage.exactValue()
        let error = (published - exact).magnitude
        var row: [TableField] = [
          .text(law.name), .integer(law.law.classCount), .integer(item.drawCount),
          .number(item.value),
        ]
        for value in [exact, error, error / exact] {
          row.append(try .number(ComputableReal(value), digits: digits))
        }
        row.append(.text(item.source.rawValue))
        try emit(row)
      }
    }
  }
}
