// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Labels
internal import Measurements

/// Proofs of the bounds that rest on certificates: each certificate is found as `bounds` finds it,
/// the bound that follows from it is computed again, and what it claims is proven by another
/// argument.
struct BoundProver {
  /// What a certificate claims of the setting: bounds that are the same share it.
  private struct Claim: Hashable {
    let kind: String
    let numbers: [Rational]
  }

  private let setting: BoundSetting
  private let means: BoundMeans
  private var known: [Claim: Proof] = [:]

  private init(setting: BoundSetting, means: BoundMeans) {
    (self.setting, self.means) = (setting, means)
  }

  /// The bounds that have certificates.
  static let names: [BoundName] = [.phiUpper, .phiCapUpper, .spreadUpper, .priorAdjustedUpper]

  /// What the certificates of each seed prove.
  static func proven(
    _ origin: BoundOrigin, _ seeds: [BoundMeans], gap: GapChoice?
  ) throws -> [[BoundName: Recomputed]] {
    try seeds.indices.map { index in
      let inputs: BoundInputs
      if origin.measurements.isEmpty {
        let setting = try ContrastiveSetting(
          classSizes: origin.setting.sizes, sampling: origin.setting.sampling,
          negativeCount: origin.setting.negatives, temperature: origin.setting.temperature)
        inputs = try BoundInputs(SimplexFrameOptimum(setting))
      } else {
        inputs = try BoundInputs(origin.measurements[index], gap: gap)
      }
      let report = try BoundReport(inputs)
      var prover = BoundProver(setting: origin.setting, means: seeds[index])
      return Dictionary(
        uniqueKeysWithValues: names.map { ($0, prover.recomputed($0, report[$0])) })
    }
  }

  // MARK: - Values

  private mutating func recomputed(
    _ name: BoundName, _ outcome: BoundOutcome?
  ) -> Recomputed {
    guard setting.classes >= 2, name != .spreadUpper || setting.sizes.isUniform,
      let excess = means.excess
    else { return .absent }
    let precision = excess.value.precision
    guard let collisions = CollisionSum(setting: setting).expectedLog(precision) else {
      return .beyond
    }
    // No encoder has such losses.
    if excess.value.enclosure.upper < collisions.enclosure.lower { return .absent }
    guard let value = outcome?.value else { return .beyond }
    switch value.certificate {
    case nil:
      // The end of the interval, ln(1 + (C-1)e^(2/t)), which no encoder exceeds.
      let end = Self.largestScore(setting, precision) * Rational(setting.classes - 1)
      return .value(end.logarithmOfOnePlus, standardError: 0)
    case .line(let line):
      let bound = Recomputed.value(
        (excess.value - Interval(line.intercept, precision)) * (1 / line.slope),
        standardError: excess.standardError.map { $0 / line.slope.double })
      let isCapped = name == .phiCapUpper
      let claim = Claim(
        kind: isCapped ? "capped line" : "line",
        numbers: [line.slope, line.intercept])
      return bound.judged(
        by: proof(claim) { [setting] in Self.proof(line, setting, isCapped: isCapped) })
    case .dual(let dual):
      let isUniform = setting.sizes.isUniform
      let scale = isUniform ? Rational(setting.classes) : 1
      guard
        let spread = means.spread(isUniform ? .classSeparation : .betweenClassVariance, setting)
      else { return .absent }
      let factor = scale / setting.temperature
      let value =
        excess.value * dual.lossMultiplier + spread.value * (factor * dual.spreadMultiplier)
        + Interval(dual.maximum, precision)
      let errors = excess.standardError.map { $0 * dual.lossMultiplier.double }
        .sum(spread.standardError.map { $0 * factor.double * dual.spreadMultiplier.double })
      let claim = Claim(
        kind: "dual",
        numbers: [dual.lossMultiplier, dual.spreadMultiplier, dual.maximum])
      return Recomputed.value(value, standardError: errors)
        .judged(by: proof(claim) { [setting] in Self.proof(dual, setting, scale: scale) })
    }
  }

  private mutating func proof(_ claim: Claim, _ make: () -> Proof) -> Proof {
    if let proof = known[claim] { return proof }
    let proof = make()
    known[claim] = proof
    return proof
  }

  /// e^(2/t), the largest score of a class beside the anchor's.
  private static func largestScore(_ setting: BoundSetting, _ precision: Int) -> Interval {
    Interval(2 / setting.temperature, precision).exponential
  }

  /// The largest score, rounded up; nil if it is beyond the range of `Double`.
  private static func end(_ setting: BoundSetting) -> Double? {
    let end = largestScore(setting, 64).enclosure.upper.double(rounding: .up)
    return end < 0x1p900 ? end : nil
  }

  /// A number of `Double` that is not above a fraction.
  private static func lower(_ value: Rational) -> Double {
    Enclosure(value, precision: 53).lower.double(rounding: .down)
  }

  // MARK: - Claims

  /// sum_c rho_c min over s of G_c(s) - a s >= b, 0 <= s <= ln(1 + (C-1)e^(2/t)): with y = e^s - 1,
  /// a ln(1 + y) - G_c is at most what it is found to be, and -b in the mean.
  private static func proof(
    _ line: LineCertificate, _ setting: BoundSetting, isCapped: Bool
  ) -> Proof {
    guard let score = end(setting) else { return .open }
    let groups = setting.sizes.groups
    var parts: [(share: Double, proof: LossProof)] = []
    for (index, group) in groups.enumerated() {
      let rarest = index > 0 || group.classCount > 1 ? groups[0] : groups[1]
      guard let function = function(setting, group.size, rarest.size, isCapped: isCapped) else {
        return .open
      }
      parts.append(
        (
          setting.share(group).double,
          LossProof(
            function: function, slope: line.slope.double,
            end: score * Double(setting.classes - 1) * (1 + 0x1p-50))
        ))
    }
    return LossProof.proof(parts, lower(-line.intercept))
  }

  /// The mean of the logarithm under the law of the draws itself.
  private static func function(
    _ setting: BoundSetting, _ own: Int, _ other: Int, isCapped: Bool
  ) -> (any MeanLogarithm)? {
    if setting.isIndependent, !isCapped {
      return PairIntegral(
        own: Rational(own, setting.total), other: Rational(other, setting.total),
        negatives: setting.negatives)
    }
    return PairTable(
      own: own, other: other, total: setting.total, isIndependent: setting.isIndependent,
      negatives: setting.negatives, isCapped: isCapped)
  }

  /// w >= sum_c rho_c max {ln(1 + (rho_j y + rest x)/rho_c) - lambda g_cj + nu S}; without the
  /// spread x = 0 and j is the rarest. The law of negatives is that of independent draws from all
  /// but the anchor, which also bounds draws without replacement.
  private static func proof(
    _ dual: DualCertificate, _ setting: BoundSetting, scale: Rational
  ) -> Proof {
    guard let score = end(setting) else { return .open }
    let (groups, total) = (setting.sizes.groups, setting.total)
    let anchor = setting.isIndependent ? 0 : 1
    func function(_ own: Int, _ other: Int) -> PairIntegral {
      PairIntegral(
        own: Rational(own - anchor, total - anchor), other: Rational(other, total - anchor),
        negatives: setting.negatives)
    }
    let (lambda, nu) = (dual.lossMultiplier, dual.spreadMultiplier)
    let limit = lower(dual.maximum)
    let others = groups.indices.map { index in
      groups.indices.filter { $0 != index || groups[index].classCount > 1 }.map { groups[$0].size }
    }
    if nu.signum == 0 {
      let parts = groups.indices.map { index in
        let (own, other) = (groups[index].size, others[index][0])
        return (
          share: setting.share(groups[index]).double,
          proof: LossProof(
            function: function(own, other), growth: Rational(own, other).double,
            multiplier: lambda.double,
            end: score * Rational(total - own, own).double * (1 + 0x1p-50))
        )
      }
      return LossProof.proof(parts, limit)
    }
    let parts = groups.indices.map { index in
      let own = groups[index].size
      return (
        share: setting.share(groups[index]).double,
        pairs: others[index].map { other in
          let rest = total - own - other
          return ScoreProof(
            function: function(own, other), sumY: Rational(other, own).double,
            sumX: Rational(rest, own).double,
            spreadY: (nu * scale * Rational(other, total)).double,
            spreadX: (nu * scale * Rational(rest, total)).double, multiplier: lambda.double,
            end: score)
        }
      )
    }
    return ScoreProof.proof(parts, limit)
  }
}

extension Recomputed {
  /// The value, as its proof has it.
  fileprivate func judged(by proof: Proof) -> Recomputed {
    guard case .value(let value, let error) = self else { return self }
    return switch proof {
    case .proven: self
    case .disproven: .refuted
    case .open: .unproven(value, standardError: error)
    }
  }
}
