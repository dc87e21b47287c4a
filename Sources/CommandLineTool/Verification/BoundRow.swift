// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Labels
internal import Measurements

/// All columns of a row of bounds, computed again.
struct BoundRow {
  /// What a column should hold.
  enum Content {
    case number(Recomputed)
    /// A standard error; nil for none.
    case error(Double?)
    /// One of several texts.
    case text([String])
    /// Measured, so that it can only be compared with the measurement.
    case given(Recomputed)
    /// Out of reach.
    case unknown
  }

  let origin: BoundOrigin
  let seeds: [BoundMeans]
  let recipe: BoundRecipe
  let precision: Int
  /// The fields of the row.
  var printed: [String: String] = [:]
  /// The bounds, with the means of those over seeds.
  private(set) var bounds: [BoundName: Recomputed] = [:]

  private var setting: BoundSetting { origin.setting }
  private var isTheory: Bool { seeds[0].isTheory }

  /// - Parameters:
  ///   - proven: What each seed's certificates prove, by the names of the bounds.
  init(
    _ origin: BoundOrigin, _ seeds: [BoundMeans], recipe: BoundRecipe, precision: Int,
    proven: [[BoundName: Recomputed]]
  ) {
    (self.origin, self.seeds, self.recipe) = (origin, seeds, recipe)
    self.precision = precision
    let closed = seeds.map { ClosedBounds(setting, $0, recipe: recipe, precision: precision) }
    for name in Self.names {
      let outcomes = zip(closed, proven).map { $0.bound(name) ?? $1[name] ?? .beyond }
      bounds[name] = origin.isAveraged ? Self.mean(of: outcomes) : outcomes[0]
    }
  }

  /// The bounds that have a column, in its order.
  static let names = Theorems.columns + Theorems.adjustedColumns

  /// The bounds of a loss from one side.
  private static func names(_ quantity: BoundedQuantity, _ side: BoundSide) -> [BoundName] {
    statements.filter { $0.quantity == quantity && $0.side == side }.map(\.name)
  }

  private static let statements = Theorems.all.map { $0.statement }.filter(\.hasColumn)

  /// The mean over seeds: with its standard error over them; infinite if one is.
  private static func mean(of outcomes: [Recomputed]) -> Recomputed {
    var values: [Interval] = []
    var (isInfinite, isProven) = (false, true)
    for outcome in outcomes {
      switch outcome {
      case .value(let value, _): values.append(value)
      case .unproven(let value, _):
        values.append(value)
        isProven = false
      case .refuted: return .refuted
      case .infinite: isInfinite = true
      case .absent: continue
      case .beyond: return .beyond
      }
    }
    guard let first = values.first, values.count == outcomes.count else {
      return isInfinite ? .infinite : .absent
    }
    let mean = values.dropFirst().reduce(first, +) * Rational(1, values.count)
    let error = Estimate(values.map(\.double)).standardError
    return isProven ? .value(mean, standardError: error) : .unproven(mean, standardError: error)
  }

  // MARK: - Columns

  /// What a column should hold; nil if it says what is asked.
  func content(of column: String) -> Content? {
    if let bound = bounds[BoundName(rawValue: column)] { return .number(bound) }
    if column.hasSuffix("_se"), let bound = bounds[BoundName(rawValue: String(column.dropLast(3)))]
    {
      return switch bound {
      case .value(_, let error), .unproven(_, let error):
        .error(error.flatMap { $0.isFinite ? $0 : nil })
      case .infinite, .absent: .error(nil)
      case .beyond, .refuted: .unknown
      }
    }
    switch column {
    case "classes": return .text(["\(setting.classes)"])
    case "class_means": return .text([seeds[0].classMeans.rawValue])
    case "contrastive_loss": return measured(.contrastiveLoss)
    case "gap": return measured(seeds[0].gap)
    case "supervised_loss": return measured(.supervisedLoss)
    case "prior_adjusted_loss": return measured(.priorAdjustedLoss)
    case "chance": return number(setting.chance(precision))
    case "uninformed_contrastive_loss":
      return setting.negatives == 0
        ? number(Interval(0, precision)) : number(setting.uninformedLoss(precision))
    case "prior_adjusted_chance": return number(setting.entropy(precision))
    case "optimal_contrastive_loss": return optimalLoss
    case "best_lower": return best(.lower).map { .number($0.value) } ?? .unknown
    case "best_upper": return best(.upper).map { .number($0.value) } ?? .unknown
    case "best_bound": return best(.upper).map { .text($0.names) } ?? .unknown
    case "verdict": return verdict
    case "violated": return violated
    case "stand_ins": return standIns
    default: return nil
    }
  }

  private func number(_ value: Interval) -> Content {
    .number(.value(value, standardError: nil))
  }

  private func mean(_ mean: MeasuredMean) -> BoundMeans.Mean? {
    let values = seeds.compactMap { $0[mean] }
    guard values.count == seeds.count else { return nil }
    if !origin.isAveraged { return values[0] }
    let outcome = Self.mean(of: values.map { .value($0.value, standardError: nil) })
    guard case .value(let value, let error) = outcome else { return nil }
    return BoundMeans.Mean(value: value, standardError: error)
  }

  private func measured(_ name: MeasuredMean) -> Content {
    let value = mean(name).map { Recomputed.value($0.value, standardError: nil) } ?? .absent
    return isTheory ? .number(value) : .given(value)
  }

  private var optimalLoss: Content {
    guard setting.sizes.isUniform, setting.isIndependent, setting.classes >= 2,
      setting.negatives <= SimplexFrameOptimum.negativeLimit
    else { return .number(.absent) }
    if isTheory { return measured(.contrastiveLoss) }
    return BoundMeans.frameLoss(setting, precision).map { number($0) } ?? .unknown
  }

  // MARK: - What follows from other columns

  /// A bound, as it is recomputed or else as the row has it, with its standard error; nil for none.
  private func known(_ name: BoundName) -> (value: Interval, error: Double?)? {
    switch bounds[name] {
    case .value(let value, let error), .unproven(let value, let error): return (value, error)
    case .beyond, .refuted:
      guard let value = printed[name.rawValue].flatMap({ try? Rational(parsing: $0) }) else {
        return nil
      }
      return (Interval(value, precision), printed[name.rawValue + "_se"].flatMap { Double($0) })
    case .absent, .infinite, nil: return nil
    }
  }

  /// Whether the row itself has all bounds that cannot be recomputed.
  private func hasAll(_ names: [BoundName]) -> Bool {
    names.allSatisfy { name in
      switch bounds[name] {
      case .beyond, .refuted: printed[name.rawValue] != nil
      default: true
      }
    }
  }

  /// The best bound of L_sup from a side, and the names of those that are as good; nil if one is
  /// not known.
  private func best(_ side: BoundSide) -> (value: Recomputed, names: [String])? {
    best(Self.names(.supervisedLoss, side), side)
  }

  private func best(
    _ names: [BoundName], _ side: BoundSide
  ) -> (value: Recomputed, names: [String])? {
    guard hasAll(names) else { return nil }
    let values = names.compactMap { name in known(name).map { (name: name, value: $0.value) } }
    let extreme =
      side == .upper
      ? values.min { $0.value.enclosure.upper < $1.value.enclosure.upper }
      : values.max { $0.value.enclosure.lower < $1.value.enclosure.lower }
    guard let extreme else { return (.absent, [""]) }
    // Two that cannot be told apart are both the best.
    let equals = values.filter { $0.value.enclosure.overlaps(extreme.value.enclosure) }
    return (.value(extreme.value, standardError: nil), equals.map(\.name.rawValue))
  }

  private func isBelow(_ a: Recomputed, _ b: Interval) -> Bool {
    guard case .value(let a, _) = a else { return false }
    return a.enclosure.upper < b.enclosure.lower
  }

  private var verdict: Content {
    guard let best = best(.upper) else { return .unknown }
    guard case .value = best.value else { return .text([""]) }
    if isBelow(best.value, setting.chance(precision)) {
      return .text([BoundVerdict.belowChance.rawValue])
    }
    if !setting.sizes.isUniform {
      guard let adjusted = self.best(Self.names(.priorAdjustedLoss, .upper), .upper) else {
        return .unknown
      }
      if isBelow(adjusted.value, setting.entropy(precision)) {
        return .text([BoundVerdict.belowChance.rawValue])
      }
    }
    let isCap = best.names == [BoundName.trivialCap.rawValue]
    return .text([(isCap ? BoundVerdict.aboveCap : .aboveChance).rawValue])
  }

  /// A loss beyond a bound by more than three standard errors of both together, and by more than
  /// 1e-12 of it.
  private var violated: Content {
    guard hasAll(Self.names) else { return .unknown }
    var (names, isCompared): ([String], Bool) = ([], false)
    for statement in Self.statements {
      let loss: MeasuredMean? =
        switch statement.quantity {
        case .contrastiveLoss: .contrastiveLoss
        case .supervisedLoss: .supervisedLoss
        case .priorAdjustedLoss: .priorAdjustedLoss
        case .collisionTerm: nil
        }
      guard let loss, let measured = mean(loss) else { continue }
      guard let bound = known(statement.name) else { continue }
      isCompared = true
      let error = (bound.error ?? 0) + (measured.standardError ?? 0)
      guard error.isFinite else { continue }
      let excess =
        statement.side == .lower ? bound.value - measured.value : measured.value - bound.value
      let slack = 3 * error + 1e-12 * abs(measured.value.double)
      if excess.double > slack { names.append(statement.name.rawValue) }
    }
    return .text([!isCompared ? "" : names.isEmpty ? "none" : names.joined(separator: " ")])
  }

  private var standIns: Content {
    guard hasAll(Self.names) else { return .unknown }
    var names: [String] = []
    for statement in Self.statements where seeds[0].classMeans == .training {
      guard known(statement.name) != nil else { continue }
      let isProven = statement.basis.allSatisfy { basis in
        switch basis {
        case .classMeanInequality: seeds[0].gap == .exactGap
        case .spread: mean(.classSeparation) != nil && mean(.betweenClassVariance) != nil
        case .sameLaw: false
        }
      }
      if !isProven { names.append(statement.name.rawValue) }
    }
    return .text([names.isEmpty ? "none" : names.joined(separator: " ")])
  }
}
