// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Labels
internal import Measurements
internal import Synchronization
internal import Tables

/// Lays reports of bounds out as rows, at once if need be, and keeps the reasons why bounds are
/// missing.
final class BoundTable: Sendable {
  /// The names of the columns.
  static let columns =
    [
      "dataset", "classes", "draws", "seed", "temperature", "sampling", "contrastive_loss", "gap",
      "supervised_loss",
    ] + Theorems.columns.map(\.rawValue)
    + ["chance", "best_lower", "best_upper", "best_bound", "prior_adjusted_loss"]
    + Theorems.adjustedColumns.map(\.rawValue) + ["verdict"]
    + (Theorems.columns + Theorems.adjustedColumns).map { $0.rawValue + "_se" }
    + [
      "violated", "class_means", "stand_ins", "uninformed_contrastive_loss",
      "optimal_contrastive_loss", "prior_adjusted_chance", "recipe",
    ]

  /// The columns for people. For unequal classes the loss with priors is bounded best, so that it
  /// stands beside the other.
  static func summary(isUnequal: Bool) -> ColumnSelection.Summary {
    let supervised: ColumnSelection.Summary = [
      ("draws", "draws"), ("seed", "seed"), ("temperature", "t"), ("supervised_loss", "L_sup"),
      ("best_lower", "lower"), ("best_upper", "upper"),
    ]
    let adjusted: ColumnSelection.Summary = [
      ("prior_adjusted_loss", "L_adj"), ("prior_adjusted_lower", "lower"),
      ("prior_adjusted_upper", "upper"), ("prior_adjusted_chance", "H(rho)"),
    ]
    return supervised
      + (isUnequal
        ? [("chance", "ln C")] + adjusted : [("best_bound", "bound"), ("chance", "chance")])
      + [("verdict", "verdict")]
  }

  /// Standard errors are estimates: more digits of them mean nothing.
  static let errorDigits = 6

  private let digits: Int
  private let recipe: BoundRecipe

  /// A bound that is missing, and why.
  private struct Absence: Hashable {
    let name: String
    let reason: String
  }

  /// The first row that has each.
  private let absences = Mutex<[Absence: Int]>([:])

  /// A table of bounds evaluated in some way, whose numbers have so many significant digits.
  init(digits: Int, recipe: BoundRecipe = .exact) {
    self.digits = digits
    self.recipe = recipe
  }

  /// Why bounds are missing, one line for each reason, in the order of rows and columns.
  var remarks: [String] {
    let positions = Dictionary(
      uniqueKeysWithValues: Self.columns.enumerated().map { ($0.element, $0.offset) })
    let found = absences.withLock { $0 }.sorted {
      ($0.value, positions[$0.key.name] ?? -1) < ($1.value, positions[$1.key.name] ?? -1)
    }
    var reasons: [(reason: String, names: [String])] = []
    for (absence, _) in found {
      if let index = reasons.firstIndex(where: { $0.reason == absence.reason }) {
        reasons[index].names.append(absence.name)
      } else {
        reasons.append((absence.reason, [absence.name]))
      }
    }
    return reasons.map { "\($0.names.joined(separator: ", ")): \($0.reason)" }
  }

  /// Rows that differ in their seeds only, in the order of their first ones.
  static func groups(_ rows: [BoundSource.Row]) -> [[BoundSource.Row]] {
    var groups: [[BoundSource.Row]] = []
    for row in rows {
      let index = groups.firstIndex {
        let (a, b) = ($0[0].inputs.setting, row.inputs.setting)
        return $0[0].dataset == row.dataset && a.classSizes == b.classSizes
          && a.sampling == b.sampling && a.negativeCount == b.negativeCount
          && a.temperature == b.temperature
          && $0[0].inputs.classMeans == row.inputs.classMeans
      }
      if let index { groups[index].append(row) } else { groups.append([row]) }
    }
    return groups
  }

  /// The fields of a row, which has a place among the others.
  func row(
    _ row: BoundSource.Row, seed: String, _ report: BoundReport, at place: Int
  ) throws -> [TableField] {
    func bound(_ name: BoundName) throws -> TableField {
      switch report[name] {
      case .value(let value): return try .number(value.number, digits: digits)
      case .infinite: return .infinity
      case .inapplicable(let reason):
        note(name.rawValue, reason, at: place)
        return .absent
      case nil: return .absent
      }
    }
    let setting = report.inputs.setting
    var fields: [TableField] = [
      .text(row.dataset), .integer(setting.classCount), .integer(setting.negativeCount + 1),
      seed.isEmpty ? .absent : .number(seed), .number(row.temperature),
      .text(setting.sampling.rawValue), try field(report.inputs.contrastiveLoss),
      try field(report.inputs.gap), try field(report.inputs[.supervisedLoss]),
    ]
    for name in Theorems.columns { fields.append(try bound(name)) }
    let best = try report.best(.upper, of: .supervisedLoss)
    fields += [
      try .number(report.chance, digits: digits),
      try .number(
        report.best(.lower, of: .supervisedLoss)?.value.number, digits: digits),
      try .number(best?.value.number, digits: digits),
      best.map { .text($0.name.rawValue) } ?? .absent,
      try field(report.inputs[.priorAdjustedLoss]),
    ]
    for name in Theorems.adjustedColumns { fields.append(try bound(name)) }
    fields.append(try report.verdict().map { .text($0.rawValue) } ?? .absent)
    for name in Theorems.columns + Theorems.adjustedColumns {
      fields.append(try Self.errorField(report[name]?.value?.standardError))
    }
    fields += [
      Self.names(try report.violated()), .text(report.inputs.classMeans.rawValue),
      Self.names(report.standIns),
      try .number(report.uninformedContrastiveLoss, digits: digits),
      try .number(report.optimalContrastiveLoss, digits: digits),
      try .number(Self.priorAdjustedChance(report), digits: digits), .text(recipe.rawValue),
    ]
    return fields
  }

  /// The fields of a measurement that bounds are not known of, for the reason that is noted.
  func row(
    _ measurement: ContrastiveMeasurement, _ reason: String, at place: Int
  ) -> [TableField] {
    note("all bounds", reason, at: place)
    let known: [String: TableField] = [
      "dataset": .text(measurement.dataset), "classes": .integer(measurement.classSizes.classCount),
      "draws": .integer(measurement.draws), "seed": .number("\(measurement.seed)"),
      "temperature": .number("\(measurement.temperature)"),
      "sampling": .text(measurement.sampling.rawValue),
    ]
    return Self.columns.map { known[$0] ?? .absent }
  }

  /// H(rho), the L_adj of guessing; ln C for equally likely classes.
  private static func priorAdjustedChance(_ report: BoundReport) throws -> ComputableReal {
    let sizes = report.inputs.setting.classSizes
    guard !sizes.isUniform, let total = sizes.itemCount else { return report.chance }
    return ComputableReal(irrational: { precision in
      // Guard bits for sums of as many terms as there are sizes; each is positive.
      let working = precision + 64
      return sizes.groups.reduce(Enclosure(0)) { sum, group in
        let logarithm = Enclosure(Rational(total, group.size), precision: working)
          .naturalLogarithm(precision: working)
        let share = Rational(Integer(group.size) * Integer(group.classCount), Integer(total))
        return sum.adding(logarithm.scaled(by: share, precision: working), precision: working)
      }
    })
  }

  /// Names of bounds, or that there are none.
  private static func names(_ names: [BoundName]?) -> TableField {
    names.map { .text($0.isEmpty ? "none" : $0.map(\.rawValue).joined(separator: " ")) } ?? .absent
  }

  /// A standard error to a few digits.
  static func errorField(_ error: Double?) throws -> TableField {
    guard let error, error.isFinite else { return .absent }
    return try .number(ComputableReal(Real(error).rational), digits: errorDigits)
  }

  private func field(_ quantity: MeasuredQuantity?) throws -> TableField {
    try .number(quantity?.value.number, digits: digits)
  }

  private func note(_ name: String, _ reason: String, at place: Int) {
    let absence = Absence(name: name, reason: reason)
    absences.withLock { $0[absence] = min($0[absence] ?? place, place) }
  }
}
