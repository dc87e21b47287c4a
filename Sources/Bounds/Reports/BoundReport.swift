// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Measurements

/// All bounds for one measurement.
public struct BoundReport: Sendable {
  /// What the bounds were computed from.
  public let inputs: BoundInputs
  /// How the CURL and the coupon bound of L_sup were evaluated.
  let recipe: BoundRecipe
  /// What each theorem says.
  public let outcomes: [BoundName: BoundOutcome]

  /// Evaluates all bounds.
  ///
  /// - Throws: `CapacityError` or `ConvergenceError` if a probability cannot be computed.
  public init(_ inputs: BoundInputs, recipe: BoundRecipe = .exact) throws {
    self.inputs = inputs
    self.recipe = recipe
    var outcomes: [BoundName: BoundOutcome] = [:]
    for name in BoundName.allCases {
      outcomes[name] = try Self.outcome(name, inputs, recipe)
    }
    self.outcomes = outcomes
  }

  /// The means of reports on the same setting, one for each seed, with standard errors over seeds.
  ///
  /// A bound has a mean if it has a value in every report, is infinite if it is in one, and otherwise
  /// has the first reason given.
  ///
  /// - Precondition: There is at least one report.
  public init(averaging reports: [BoundReport]) throws {
    precondition(!reports.isEmpty, "a mean of at least one report")
    inputs = try BoundInputs(averaging: reports.map(\.inputs))
    recipe = reports[0].recipe
    var outcomes: [BoundName: BoundOutcome] = [:]
    for name in BoundName.allCases {
      let all = reports.compactMap { $0.outcomes[name] }
      let values = all.compactMap(\.value)
      guard values.count < reports.count else {
        let mean = try MeasuredQuantity(
          averaging: values.map { MeasuredQuantity(LinearForm($0.number)) })
        outcomes[name] = .value(
          BoundValue(number: mean.value.number, standardError: mean.standardError))
        continue
      }
      let isInfinite = all.contains { if case .infinite = $0 { true } else { false } }
      let reason = all.first { if case .inapplicable = $0 { true } else { false } }
      outcomes[name] = isInfinite ? .infinite : reason
    }
    self.outcomes = outcomes
  }

  /// The least upper bound of L_sup; of equal ones the first.
  ///
  /// - Throws: `ConvergenceError` if a bound cannot be enclosed.
  public func best() throws -> (name: BoundName, value: BoundValue)? {
    var best: (name: BoundName, value: BoundValue, upper: Real)?
    for name in BoundName.allCases where !name.isLower {
      guard let value = outcomes[name]?.value else { continue }
      let upper = try value.number.enclosure(precision: 80).upper
      if let known = best, known.upper <= upper { continue }
      best = (name, value, upper)
    }
    return best.map { ($0.name, $0.value) }
  }

  /// The bounds that a measured loss violates by more than three standard errors: L_sup above an
  /// upper bound, L_Info below a lower one; nil if there is nothing to compare with.
  ///
  /// The standard error of the difference is at most the sum of both; an unknown one counts as 0.
  /// At the optimum of theory all numbers are exact. A measured loss errs by some rounding of `Double`
  /// besides, for which 1e-12 of it is granted.
  public func violated() throws -> [BoundName]? {
    var names: [BoundName] = []
    var isCompared = false
    for name in BoundName.allCases {
      guard let bound = outcomes[name]?.value,
        let loss = name.isLower ? inputs.contrastiveLoss : inputs[.supervisedLoss]
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
        name.isLower
        ? limit.subtracting(value, precision: 80) : value.subtracting(limit, precision: 80)
      if excess.subtracting(slack, precision: 80).isPositive { names.append(name) }
    }
    return isCompared ? names : nil
  }

  // MARK: - One bound

  private static func outcome(
    _ name: BoundName, _ inputs: BoundInputs, _ recipe: BoundRecipe
  ) throws -> BoundOutcome {
    let setting = inputs.setting
    if name == .trivialCap { return TrivialCap(setting).supervisedUpper() }
    if name == .baoUpper || name == .baoTightenedUpper {
      if let exclusion = BaoBound(setting).upperExclusion { return exclusion }
      guard let excess = inputs.linearExcess else { return inputs.absence(of: .gapLinear) }
      return name == .baoUpper
        ? BaoBound(setting).supervisedUpper(linearExcess: excess)
        : BaoTightenedBound(setting).supervisedUpper(linearExcess: excess)
    }
    guard let gap = inputs.gap, let excess = inputs.excess else {
      return inputs.absence(of: inputs.gapMean)
    }
    switch name {
    case .curlLower:
      return inputs.with(.collisionFreeCoveredTerm, .collisionFreeUncoveredTerm) { a, b in
        CURLBound(setting).contrastiveLower(collisionFreeTerm: a + b, gap: gap)
      }
    case .couponLower:
      return inputs.with(.coveredSupervisedTerm, .uncoveredSubsetTerm) { covered, uncovered in
        CouponBound(setting).contrastiveLower(
          coveredTerm: covered, uncoveredTerm: uncovered, gap: gap)
      }
    case .curlUpper:
      return try inputs.with(.collisionFreeUncoveredTerm) { term in
        try recipe.curlUpper(inputs, excess: excess, uncoveredTerm: term)
      }
    case .couponUpper:
      return try inputs.with(.uncoveredSubsetTerm) { term in
        try recipe.couponUpper(inputs, excess: excess, uncoveredTerm: term)
      }
    case .curlCoverageFreeUpper:
      return try CoverageFreeCURLBound(setting).supervisedUpper(excess: excess)
    case .couponCoverageFreeUpper:
      return try CoverageFreeCouponBound(setting).supervisedUpper(excess: excess)
    case .ashUpper:
      return try AshBound(setting).supervisedUpper(excess: excess)
    case .phiUpper:
      return try PhiBound(setting).supervisedUpper(excess: excess)
    case .phiCapUpper:
      return try PhiCapBound(setting).supervisedUpper(excess: excess)
    case .baoUpper, .baoTightenedUpper, .trivialCap:
      preconditionFailure("bounds without the gap are handled above")
    }
  }
}

extension BoundInputs {
  /// What a theorem says of measured means, or which one is missing.
  fileprivate func with(
    _ first: MeasuredMean, _ second: MeasuredMean,
    _ body: (MeasuredQuantity, MeasuredQuantity) throws -> BoundOutcome
  ) rethrows -> BoundOutcome {
    for mean in [first, second] where self[mean] == nil {
      return absence(of: mean)
    }
    guard let a = self[first], let b = self[second] else { preconditionFailure("measured") }
    return try body(a, b)
  }

  fileprivate func with(
    _ mean: MeasuredMean, _ body: (MeasuredQuantity) throws -> BoundOutcome
  ) rethrows -> BoundOutcome {
    guard let value = self[mean] else {
      return absence(of: mean)
    }
    return try body(value)
  }
}
