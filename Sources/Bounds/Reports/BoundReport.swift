// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// What all theorems say of one measurement.
///
///     let report = try BoundReport(BoundInputs(measurement, gap: nil))
///     report[.phiUpper]?.value?.number      // or report["phi_upper"], by the name of the column
public struct BoundReport: Sendable {
  /// What the bounds were computed from.
  public let inputs: BoundInputs
  /// The theorems, in the order of the columns.
  let theorems: [any Bound.Type]
  private let outcomes: [BoundName: BoundOutcome]

  /// Evaluates all bounds.
  ///
  /// - Throws: `CapacityError` or `ConvergenceError` if a probability cannot be computed.
  public init(_ inputs: BoundInputs, recipe: BoundRecipe = .exact) throws {
    self.inputs = inputs
    theorems = recipe.theorems
    var outcomes: [BoundName: BoundOutcome] = [:]
    for theorem in theorems { outcomes[theorem.statement.name] = try inputs.outcome(of: theorem) }
    self.outcomes = outcomes
  }

  /// The means of reports on the same setting, one for each seed, with standard errors over seeds.
  ///
  /// A bound has a mean if it has a value in every report, is infinite if it is in one, and
  /// otherwise has the first reason given.
  ///
  /// - Precondition: There is at least one report.
  public init(averaging reports: [BoundReport]) throws {
    precondition(!reports.isEmpty, "a mean of at least one report")
    inputs = try BoundInputs(averaging: reports.map(\.inputs))
    theorems = reports[0].theorems
    var outcomes: [BoundName: BoundOutcome] = [:]
    for name in theorems.map({ $0.statement.name }) {
      outcomes[name] = try Self.mean(of: reports.compactMap { $0[name] })
    }
    self.outcomes = outcomes
  }

  private static func mean(of outcomes: [BoundOutcome]) throws -> BoundOutcome? {
    let values = outcomes.compactMap(\.value)
    guard values.count < outcomes.count else {
      let mean = try MeasuredQuantity(
        averaging: values.map { MeasuredQuantity(LinearForm($0.number)) })
      return .value(BoundValue(number: mean.value.number, standardError: mean.standardError))
    }
    let isInfinite = outcomes.contains { if case .infinite = $0 { true } else { false } }
    return isInfinite
      ? .infinite : outcomes.first { if case .inapplicable = $0 { true } else { false } }
  }

  /// The statements that tables have a column for.
  var columns: [BoundStatement] { theorems.map { $0.statement }.filter(\.hasColumn) }

  /// What the theorem of a name says; nil if there is none of that name.
  public subscript(name: BoundName) -> BoundOutcome? { outcomes[name] }

  /// The best bound of a quantity from one side, of those that tables have a column for: the
  /// greatest lower or the least upper one, and of equal ones the first.
  ///
  /// - Throws: `ConvergenceError` if a bound cannot be enclosed.
  public func best(
    _ side: BoundSide, of quantity: BoundedQuantity
  ) throws -> (name: BoundName, value: BoundValue)? {
    var best: (name: BoundName, value: BoundValue, end: Real)?
    for theorem in columns where theorem.side == side && theorem.quantity == quantity {
      guard let value = self[theorem.name]?.value else { continue }
      let enclosure = try value.number.enclosure(precision: 80)
      let end = side == .upper ? enclosure.upper : enclosure.lower
      if let known = best, side == .upper ? known.end <= end : known.end >= end { continue }
      best = (theorem.name, value, end)
    }
    return best.map { ($0.name, $0.value) }
  }

  /// The bounds with a column that a measured loss violates by more than three standard errors:
  /// below a lower or above an upper bound of it; nil if there is nothing to compare with.
  ///
  /// The standard error of the difference is at most the sum of both; an unknown one counts as 0.
  /// At the optimum of theory all numbers are exact. A measured loss errs by some rounding of
  /// `Double` besides, for which 1e-12 of it is granted.
  public func violated() throws -> [BoundName]? {
    var names: [BoundName] = []
    var isCompared = false
    for theorem in columns {
      guard let bound = self[theorem.name]?.value,
        let loss = theorem.quantity.measured(in: inputs)
      else { continue }
      isCompared = true
      let error = (bound.standardError ?? 0) + (loss.standardError ?? 0)
      // A divisor that underflows makes the error infinite.
      guard error.isFinite else { continue }
      let limit = try bound.number.enclosure(precision: 80)
      let value = try loss.value.enclosure(precision: 80)
      let rounding = 1e-12 * abs(value.upper.double())
      let slack = Enclosure(Real(3 * error + rounding).rational, precision: 64)
      let excess =
        theorem.side == .lower
        ? limit.subtracting(value, precision: 80) : value.subtracting(limit, precision: 80)
      if excess.subtracting(slack, precision: 80).isPositive { names.append(theorem.name) }
    }
    return isCompared ? names : nil
  }

  // MARK: - Derivations

  /// How a bound comes about.
  public struct Derivation: Sendable {
    /// The name of the bound.
    public let name: BoundName
    /// The formula, in the letters of the documentation.
    public let formula: String
    /// The formula with numbers of some digits in place of letters; nil if it does not apply.
    public let numbers: String?
    /// What it gives.
    public let outcome: BoundOutcome
  }

  /// How each bound comes about, in the order of the theorems.
  ///
  /// Numbers are rounded to six digits here, and here only.
  public func derivations() throws -> [Derivation] {
    try theorems.map { theorem in
      let statement = theorem.statement
      let outcome = self[statement.name] ?? .inapplicable("it was not computed")
      return Derivation(
        name: statement.name, formula: statement.formula,
        numbers: try outcome.value.flatMap { try theorem.numbers(inputs, $0) }, outcome: outcome)
    }
  }
}
