// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Labels
internal import Measurements

/// What a row of bounds was computed from: means that were measured, published or known of the
/// simplex frame.
struct BoundMeans {
  /// A mean with its standard error.
  struct Mean {
    let value: Interval
    let standardError: Double?
  }

  var means: [MeasuredMean: Mean] = [:]
  /// Which mean is the gap.
  var gap: MeasuredMean
  /// Which items class means are taken over.
  let classMeans: ClassMeansOrigin
  /// Whether they are those of the simplex frame.
  var isTheory = false

  subscript(mean: MeasuredMean) -> Mean? { means[mean] }

  /// The means of a measurement, decimals as they stand in its table.
  init(_ measurement: ContrastiveMeasurement, gap: GapChoice?, precision: Int) {
    for (mean, estimate) in measurement.means {
      // The shortest decimal of a finite double is one.
      guard let value = try? Rational(parsing: "\(estimate.value)") else { continue }
      means[mean] = Mean(
        value: Interval(value, precision), standardError: estimate.standardError)
    }
    self.gap = gap?.mean ?? (means[.gapConvex] == nil ? .gap : .gapConvex)
    classMeans =
      measurement.classMeans
      ?? (measurement.sampling == .withReplacement ? .validation : .training)
  }

  /// What is known of the simplex frame: points of unit length with inner products -1/(C-1), one
  /// for each class, whose views are all alike.
  ///
  /// - Parameters:
  ///   - setting: Equally likely classes, drawn independently.
  ///   - laws: The numbers of distinct labels of C classes, and of the C - 1 others.
  /// - Returns: Nil if a sum is too long.
  init?(frame setting: BoundSetting, laws: inout FrameLaws, precision: Int) {
    let q = Self.frameScore(setting, precision)
    let (classes, k) = (setting.classes, setting.negatives)
    guard let loss = Self.frameLoss(setting, precision) else { return nil }
    let supervised = (q * Rational(classes - 1)).logarithmOfOnePlus
    func set(_ value: Interval, _ names: MeasuredMean...) {
      for name in names { means[name] = Mean(value: value, standardError: 0) }
    }
    (gap, classMeans, isTheory) = (.gap, .validation, true)
    set(loss, .contrastiveLoss, .expectedBound)
    set(Interval(0, precision), .gap, .gapConvex, .gapLinear, .exactGap)
    set(Interval(1, precision), .betweenClassVariance, .classSeparation)
    set(supervised, .supervisedLoss, .priorAdjustedLoss)
    if let coverage = setting.coverage(precision) {
      set(supervised * coverage, .coveredSupervisedTerm)
    }
    if let coverage = setting.collisionFreeCoverage(precision) {
      set(supervised * coverage, .collisionFreeCoveredTerm)
    }
    // E[1{J < C} ln(1 + (J - 1) q)] over the labels of all draws, and P(Col = 0) times E[1{J < C -
    // 1} ln(1 + J q)] over those of K draws from the others.
    if let term = laws.all.mean(
      draws: k + 1, most: supervised, { (q * Rational($0 - 1)).logarithmOfOnePlus })
    {
      set(term, .uncoveredSubsetTerm)
    }
    if let term = laws.others.mean(
      draws: k, most: supervised, { (q * Rational($0)).logarithmOfOnePlus })
    {
      let free = setting.absence(of: setting.own(setting.sizes.groups[0].size), precision)
      set(term * free, .collisionFreeUncoveredTerm)
    }
  }

  /// q = exp(-C/((C-1)t)), the relative score of another class.
  private static func frameScore(_ setting: BoundSetting, _ precision: Int) -> Interval {
    Interval(
      -Rational(setting.classes, setting.classes - 1) / setting.temperature, precision
    ).exponential
  }

  /// R* = E ln(1 + Col + (K - Col) q), the least L_Info of encoders that do not tell items of a
  /// class apart.
  static func frameLoss(_ setting: BoundSetting, _ precision: Int) -> Interval? {
    let (k, q) = (setting.negatives, frameScore(setting, precision))
    return CollisionSum(setting: setting).mean(precision) { m in
      (q * Rational(k - m) + Interval(Rational(m), precision)).logarithmOfOnePlus
    }
  }

  /// G0 = L_Info - d.
  var excess: Mean? { difference(gap) }

  /// L_Info - d_lin.
  var linearExcess: Mean? { difference(.gapLinear) }

  private func difference(_ gap: MeasuredMean) -> Mean? {
    guard let loss = self[.contrastiveLoss], let d = self[gap] else { return nil }
    return Mean(
      value: loss.value - d.value, standardError: loss.standardError.sum(d.standardError))
  }

  /// A mean of the spread of class means; where it was not measured 1 + t d_lin, or 1.
  func spread(_ mean: MeasuredMean, _ setting: BoundSetting) -> Mean? {
    if let known = self[mean] { return known }
    guard mean == .betweenClassVariance || setting.sizes.isUniform,
      let precision = self[.contrastiveLoss]?.value.precision
    else { return nil }
    let one = Interval(1, precision)
    guard classMeans == .validation, let linear = self[.gapLinear] else {
      return Mean(value: one, standardError: 0)
    }
    return Mean(
      value: one + linear.value * setting.temperature,
      standardError: linear.standardError.map { $0 * setting.temperature.double })
  }
}

extension Double? {
  /// The sum of two standard errors; nil if one of them is not known.
  func sum(_ other: Double?) -> Double? {
    guard let self, let other else { return nil }
    return self + other
  }
}

/// Recurrences for the numbers of distinct labels that rows of theory need one after the other.
struct FrameLaws {
  struct Law {
    let classes: Int
    let precision: Int
    private var recurrence: LabelRecurrence

    init(classes: Int, precision: Int) {
      (self.classes, self.precision) = (classes, precision)
      recurrence = LabelRecurrence(classes: classes)
    }

    /// The mean of a function over laws that do not show all classes; nil if it is out of reach.
    mutating func mean(
      draws: Int, most: Interval, _ function: (Int) -> Interval
    ) -> Interval? {
      if draws < recurrence.draws { recurrence = LabelRecurrence(classes: classes) }
      if classes == 0 || draws == 0 { return Interval(0, precision) }
      guard recurrence.canAdvance(to: draws) else { return nil }
      recurrence.advance(to: draws)
      return recurrence.uncoveredMean(precision, most: most, of: function)
    }
  }

  var all, others: Law

  init(classes: Int, precision: Int) {
    all = Law(classes: classes, precision: precision)
    others = Law(classes: classes - 1, precision: precision)
  }
}
