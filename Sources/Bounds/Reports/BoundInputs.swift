// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
internal import Labels
public import Measurements
internal import Occupancy

/// What is measured, or known, of an encoder in a setting: all that the bounds take in.
public struct BoundInputs: Sendable {
  /// The probabilities.
  public let setting: ContrastiveSetting
  /// L_Info.
  public let contrastiveLoss: MeasuredQuantity
  /// d, the gap of the class-mean inequality; nil if it was not measured.
  public let gap: MeasuredQuantity?
  /// Whether these are the losses at the optimum of theory, and not measured.
  private let isTheory: Bool
  /// Which items class means are taken over.
  public let classMeans: ClassMeansOrigin
  /// Which measured mean d is.
  let gapMean: MeasuredMean
  /// What theorems said of these inputs.
  let memo = OutcomeMemo()
  /// The means that were measured.
  private let means: [MeasuredMean: MeasuredQuantity]

  /// The inputs from measured means.
  ///
  /// - Parameters:
  ///   - setting: The probabilities.
  ///   - means: What was measured; the contrastive loss must have been.
  ///   - choice: The form of the gap; nil for the convex one where it was measured, else the
  ///     published.
  ///   - classMeans: Which items class means are taken over; nil for those of training where draws
  ///     are without replacement, as published, and those that are measured otherwise.
  /// - Throws: `DomainError` if there is no contrastive loss.
  public init(
    _ setting: ContrastiveSetting, means: [MeasuredMean: MeasuredQuantity], gap choice: GapChoice?,
    classMeans: ClassMeansOrigin? = nil
  ) throws(DomainError) {
    guard let loss = means[.contrastiveLoss] else {
      throw DomainError(
        parameter: "contrastive_loss", value: "absent", requirement: "must be measured")
    }
    self.setting = setting
    self.means = means
    self.classMeans = classMeans ?? (setting.isIndependent ? .validation : .training)
    contrastiveLoss = loss
    let choice = choice ?? (means[.gapConvex] == nil ? .published : .convex)
    gap = means[choice.mean]
    gapMean = choice.mean
    isTheory = false
  }

  /// The inputs from a measurement.
  ///
  /// - Parameters:
  ///   - measurement: What was measured; its contrastive loss must have been.
  ///   - choice: The form of the gap; nil for the convex one where it was measured, else the
  ///     published.
  /// - Throws: `DomainError` if the setting is impossible.
  public init(
    _ measurement: ContrastiveMeasurement, gap choice: GapChoice?
  ) throws(DomainError) {
    let setting = try ContrastiveSetting(
      classSizes: measurement.classSizes, sampling: measurement.sampling,
      negativeCount: measurement.draws - 1,
      temperature: MeasuredQuantity.decimal(measurement.temperature))
    try self.init(
      setting, means: measurement.means.mapValues { MeasuredQuantity($0) }, gap: choice,
      classMeans: measurement.classMeans)
  }

  /// The inputs at the encoder with the least contrastive loss, where nothing is measured.
  ///
  /// - Throws: `CapacityError` if the terms cannot be computed.
  public init(_ optimum: SimplexFrameOptimum) throws {
    setting = optimum.setting
    let loss = MeasuredQuantity(LinearForm(optimum.contrastiveLoss))
    contrastiveLoss = loss
    // The augmented views of a class are one point: mu_c = zbar_x = z.
    let zero = MeasuredQuantity(LinearForm(0))
    gap = zero
    gapMean = .gap
    classMeans = .validation
    isTheory = true
    // One point of unit length a class, with the mean 0.
    let one = MeasuredQuantity(LinearForm(1))
    let supervised = MeasuredQuantity(LinearForm(optimum.supervisedLoss))
    var means: [MeasuredMean: MeasuredQuantity] = [
      .contrastiveLoss: loss, .gap: zero, .gapConvex: zero, .gapLinear: zero, .exactGap: zero,
      .expectedBound: loss, .betweenClassVariance: one, .classSeparation: one,
      .supervisedLoss: supervised, .priorAdjustedLoss: supervised,
    ]
    if let term = try optimum.uncoveredSubsetTerm() {
      means[.uncoveredSubsetTerm] = MeasuredQuantity(LinearForm(term))
    }
    if let term = try optimum.collisionFreeUncoveredTerm() {
      means[.collisionFreeUncoveredTerm] = MeasuredQuantity(LinearForm(term))
    }
    means[.coveredSupervisedTerm] = MeasuredQuantity(
      LinearForm(Self.product(optimum.supervisedLoss, setting.coverage.value)))
    means[.collisionFreeCoveredTerm] = MeasuredQuantity(
      LinearForm(
        Self.product(optimum.supervisedLoss, try setting.coveredCollisions.pmf(0))))
    self.means = means
  }

  /// The means of inputs for the same setting, one for each seed, with standard errors over seeds;
  /// a mean that is not in all of them is left out.
  ///
  /// - Precondition: There is at least one.
  init(averaging inputs: [BoundInputs]) throws {
    setting = inputs[0].setting
    gapMean = inputs[0].gapMean
    classMeans = inputs[0].classMeans
    isTheory = inputs[0].isTheory
    contrastiveLoss = try MeasuredQuantity(averaging: inputs.map(\.contrastiveLoss))
    let gaps = inputs.compactMap(\.gap)
    gap = gaps.count == inputs.count ? try MeasuredQuantity(averaging: gaps) : nil
    var means: [MeasuredMean: MeasuredQuantity] = [:]
    for mean in MeasuredMean.allCases {
      let values = inputs.compactMap { $0[mean] }
      if values.count == inputs.count { means[mean] = try MeasuredQuantity(averaging: values) }
    }
    self.means = means
  }

  /// A loss times a probability.
  private static func product(_ x: ComputableReal, _ y: ComputableReal) -> ComputableReal {
    if y.exact?.signum == 0 { return ComputableReal(0) }
    return .irrational { precision in
      try x.enclosure(precision: precision).multiplied(
        by: y.enclosure(precision: precision), precision: precision)
    }
  }

  /// A measured mean, nil if it was not measured.
  public subscript(mean: MeasuredMean) -> MeasuredQuantity? { means[mean] }

  /// Why a mean is not there.
  func absence(of mean: MeasuredMean) -> BoundOutcome {
    .inapplicable(
      isTheory
        ? "\(mean.rawValue) is summed for up to \(SimplexFrameOptimum.stateLimit) classes"
        : "\(mean.rawValue) was not measured")
  }

  /// G0 = L_Info - d.
  public var excess: MeasuredQuantity? { gap.map { contrastiveLoss - $0 } }

  /// L_Info - d_lin.
  public var linearExcess: MeasuredQuantity? { self[.gapLinear].map { contrastiveLoss - $0 } }

  // MARK: - The spread of class means

  /// A' = E z.(mu_c - mbar), mbar the unweighted mean of the mu_j.
  ///
  /// Where it was not measured and classes are equally likely, 1 + t d_lin stands for it, or 1,
  /// which it does not exceed for class means of the same law. Nil for unequal classes.
  public var separation: MeasuredQuantity? {
    self[.classSeparation] ?? (setting.classSizes.isUniform ? largestVariance : nil)
  }

  /// A = E z.(mu_c - sum_j rho_j mu_j), the between-class variance, or what it does not exceed for
  /// class means of the same law.
  public var variance: MeasuredQuantity { self[.betweenClassVariance] ?? largestVariance }

  /// 1 + t d_lin, or 1: A = t d_lin + E|zbar|^2 - |m|^2, the features of unit length.
  private var largestVariance: MeasuredQuantity {
    let one = MeasuredQuantity(LinearForm(1))
    guard classMeans == .validation, let linear = self[.gapLinear] else { return one }
    return one + linear.scaled(by: setting.temperature)
  }
}
