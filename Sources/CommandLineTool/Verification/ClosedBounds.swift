// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Labels
internal import Measurements

/// What a column of a row of bounds should hold.
enum Recomputed {
  case value(Interval, standardError: Double?)
  /// The value of a bound whose certificate is neither proven nor refuted.
  case unproven(Interval, standardError: Double?)
  /// No bound: its certificate does not hold.
  case refuted
  case infinite
  /// Nothing: the theorem does not cover the row.
  case absent
  /// What, this method cannot say.
  case beyond
}

/// The bounds that are formulas of measured means and probabilities.
struct ClosedBounds {
  let setting: BoundSetting
  let means: BoundMeans
  let recipe: BoundRecipe
  let precision: Int
  /// E ln(1 + Col); nil if it is too much work.
  let expectedLog: Interval?

  init(_ setting: BoundSetting, _ means: BoundMeans, recipe: BoundRecipe, precision: Int) {
    (self.setting, self.means, self.recipe) = (setting, means, recipe)
    self.precision = precision
    expectedLog = CollisionSum(setting: setting).expectedLog(precision)
  }

  /// What the column of a bound should hold; nil for a bound that is no formula.
  func bound(_ name: BoundName) -> Recomputed? {
    switch name {
    case .curlLower: floor(.collisionFreeCoveredTerm, .collisionFreeUncoveredTerm, 1)
    case .couponLower: floor(.coveredSupervisedTerm, .uncoveredSubsetTerm, 2)
    case .curlUpper: curlUpper
    case .couponUpper: couponUpper
    case .curlCoverageFreeUpper:
      ofEqualClasses {
        setting.negatives == 0
          ? .infinite : quotient(1, over: setting.collisionFreePresence(precision))
      }
    case .couponCoverageFreeUpper:
      ofSeveralClasses {
        setting.negatives == 0
          ? .infinite : quotient(2, over: setting.presence(of: rarest, precision))
      }
    case .ashUpper: ashUpper
    case .baoUpper: baoUpper
    case .baoTightenedUpper: baoTightenedUpper
    case .baoLower: baoLower
    case .spreadLower: spreadLower
    case .trivialCap:
      ofSeveralClasses {
        let times = means.classMeans == .validation ? 1 : 2
        return .value(
          chance + Interval(Rational(times) / setting.temperature, precision), standardError: 0)
      }
    case .priorAdjustedLower: priorAdjustedLower
    default: nil
    }
  }

  private var rarest: Int { setting.sizes.groups[0].size }
  private var chance: Interval { setting.chance(precision) }

  // MARK: - Assumptions

  private func ofSeveralClasses(_ body: () -> Recomputed) -> Recomputed {
    setting.classes < 2 ? .absent : body()
  }

  private func ofEqualClasses(_ body: () -> Recomputed) -> Recomputed {
    ofSeveralClasses { setting.sizes.isUniform ? body() : .absent }
  }

  private func ofIndependentDraws(_ body: () -> Recomputed) -> Recomputed {
    ofSeveralClasses { setting.isIndependent ? body() : .absent }
  }

  /// A mean that is missing: in theory because a sum is too long, there and here.
  private var missing: Recomputed { means.isTheory ? .beyond : .absent }

  // MARK: - Collisions and coverage

  /// (E[first] + E[second] + E ln(1 + Col))/n + d.
  private func floor(_ first: MeasuredMean, _ second: MeasuredMean, _ n: Int) -> Recomputed {
    guard let d = means[means.gap] else { return .absent }
    guard let a = means[first], let b = means[second] else { return missing }
    guard let expectedLog else { return .beyond }
    let sum = (a.value + b.value + expectedLog) * Rational(1, n) + d.value
    let errors = a.standardError.sum(b.standardError)
    return .value(
      sum, standardError: errors.map { $0 / Double(n) }.sum(d.standardError))
  }

  /// (n G0 - E[term]/m - E ln(1 + Col)) f/divisor.
  private func quotient(
    _ n: Int, term: MeasuredMean? = nil, part: Rational = 1, factor: Rational = 1,
    over divisor: Interval?
  ) -> Recomputed {
    guard let excess = means.excess else { return .absent }
    var (value, error) = (
      excess.value * Rational(n), excess.standardError.map { $0 * Double(n) }
    )
    if let term {
      guard let mean = means[term] else { return missing }
      value = value - mean.value * part
      error = error.sum(mean.standardError.map { $0 * part.double })
    }
    guard let expectedLog, let divisor else { return .beyond }
    if divisor.isZero { return .infinite }
    guard divisor.enclosure.isPositive else { return .beyond }
    let size = factor.double / divisor.double
    return .value(
      (value - expectedLog) * factor / divisor,
      standardError: error.map { $0 == 0 ? 0 : $0 * size })
  }

  private var curlUpper: Recomputed {
    guard recipe == .exact else {
      return quotient(1, term: .collisionFreeUncoveredTerm, over: notebookFreeRate)
    }
    guard means.excess != nil else { return .absent }
    guard means[.collisionFreeUncoveredTerm] != nil else { return missing }
    return ofEqualClasses {
      quotient(
        1, term: .collisionFreeUncoveredTerm, over: setting.collisionFreeCoverage(precision))
    }
  }

  private var couponUpper: Recomputed {
    guard means.excess != nil else { return .absent }
    guard means[.uncoveredSubsetTerm] != nil else { return missing }
    if recipe == .published {
      guard let rate = notebookCoverageRate else { return .beyond }
      return rate.isZero
        ? .absent : quotient(2, term: .uncoveredSubsetTerm, part: Rational(1, 2), over: rate)
    }
    return ofEqualClasses {
      quotient(2, term: .uncoveredSubsetTerm, over: setting.coverage(precision))
    }
  }

  private var ashUpper: Recomputed {
    guard means.excess != nil else { return .absent }
    return ofEqualClasses {
      guard setting.isIndependent else { return .absent }
      if setting.negatives == 0 { return .infinite }
      // The same limit as the theorem has, for the same sum.
      guard setting.classes <= 20_000 else { return .absent }
      var harmonic = Interval(0, precision)
      for n in 1..<setting.classes { harmonic = harmonic + Interval(Rational(1, n), precision) }
      let ratio = harmonic * Rational(2 * (setting.classes - 1), setting.negatives)
      guard let quotient = quotient(2, ofOne: ratio, over: setting.absence(of: rarest, precision))
      else { return .beyond }
      return quotient
    }
  }

  /// 2 max{1, ratio} (G0 - E ln(1 + Col))/divisor; nil if the ratio is 1 to within its error.
  private func quotient(_ factor: Int, ofOne ratio: Interval, over divisor: Interval) -> Recomputed?
  {
    let isAbove = ratio.enclosure.lower.compare(1) > 0
    if !isAbove { return quotient(1, factor: Rational(factor), over: divisor) }
    guard case .value(let value, let error) = quotient(1, factor: Rational(factor), over: divisor)
    else { return nil }
    return .value(value * ratio, standardError: error.map { $0 * ratio.double })
  }

  // MARK: - Bao et al.

  private func bao(_ constant: () -> Interval) -> Recomputed {
    guard let excess = means.linearExcess else { return .absent }
    return .value(excess.value + constant(), standardError: excess.standardError)
  }

  /// cosh B = (e^B + e^-B)/2, B = 1/t.
  private var hyperbolicCosine: Interval {
    let b = Interval(1 / setting.temperature, precision)
    return (b.exponential + (-b).exponential) * Rational(1, 2)
  }

  /// ln(max rho C^2 cosh^2 B/K).
  private var baoUpper: Recomputed {
    ofIndependentDraws {
      if setting.negatives == 0 { return .infinite }
      return bao {
        let largest = setting.sizes.groups[setting.sizes.groups.count - 1].size
        let ratio =
          Rational(Integer(largest) * Integer(setting.classes), Integer(setting.total))
          * Rational(setting.classes, setting.negatives)
        return (hyperbolicCosine * hyperbolicCosine * ratio).logarithm
      }
    }
  }

  /// H(rho) - ln(K + 1) - 2 ln cosh B - B/(K + 1).
  private var baoLower: Recomputed {
    ofIndependentDraws {
      bao {
        let draws = Rational(setting.negatives + 1)
        let square = hyperbolicCosine * hyperbolicCosine * draws
        return setting.entropy(precision) - square.logarithm
          - Interval(1 / (setting.temperature * draws), precision)
      }
    }
  }

  /// ln(C/K) + max over s = 0...C of ln((s e^-B + (C - s) e^B)/C) + B (2s/C - 1): all s are tried,
  /// those far from the maximum in `Double` only.
  private var baoTightenedUpper: Recomputed {
    ofIndependentDraws {
      if setting.negatives == 0 { return .infinite }
      guard means.linearExcess != nil else { return .absent }
      guard setting.sizes.isUniform else { return .absent }
      guard setting.classes <= 1 << 22 else { return .beyond }
      return bao {
        let b = Interval(1 / setting.temperature, precision)
        let (down, up) = ((-b).exponential, b.exponential)
        let (classes, x) = (setting.classes, (1 / setting.temperature).double)
        // Sizes are at most 2 B + ln C, so that a double errs by far less than 1e-9 of them.
        let values = (0...classes).map { s -> Double in
          let share = Double(s) / Double(classes)
          return log(share * exp(-2 * x) + (1 - share)) + 2 * x * share
        }
        let largest = values.max() ?? 0
        let near = values.indices.filter { values[$0] >= largest - 1e-9 * (1 + x) }
        let maxima = near.map { s in
          (down * Rational(s, classes) + up * Rational(classes - s, classes)).logarithm
            + b * (Rational(2 * s, classes) - 1)
        }
        let maximum = maxima.dropFirst().reduce(maxima[0]) { a, b in
          Interval(
            Enclosure(
              lower: max(a.enclosure.lower, b.enclosure.lower),
              upper: max(a.enclosure.upper, b.enclosure.upper)), precision)
        }
        return maximum + Interval(Rational(classes, setting.negatives), precision).logarithm
      }
    }
  }

  // MARK: - The spread of class means

  /// ln(1 + (C-1) exp(-C A'/((C-1)t))).
  private var spreadLower: Recomputed {
    ofSeveralClasses {
      guard let separation = means.spread(.classSeparation, setting) else { return .absent }
      let others = Rational(setting.classes - 1)
      let factor = Rational(setting.classes) / (others * setting.temperature)
      let scores = (separation.value * -factor).exponential * others
      // The derivative: the factor times the share of the others in 1 + the sum.
      let share = scores.double / (1 + scores.double)
      return .value(
        scores.logarithmOfOnePlus,
        standardError: separation.standardError.map { $0 * share * factor.double })
    }
  }

  private var priorAdjustedLower: Recomputed {
    ofSeveralClasses {
      guard let variance = means.spread(.betweenClassVariance, setting),
        let optimum = WeightedSpread(setting, spread: variance.value * (1 / setting.temperature))
      else { return .beyond }
      let slope = optimum.slope / setting.temperature.double
      return .value(
        optimum.bounds, standardError: variance.standardError.map { $0 * slope })
    }
  }
}
