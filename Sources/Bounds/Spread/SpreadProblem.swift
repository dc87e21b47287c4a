// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Duality
internal import Labels

/// The bound of L_adj, which is L_sup for equally likely classes, by the loss and the spread of class
/// means.
struct SpreadProblem {
  let setting: ContrastiveSetting
  /// G0.
  let excess: MeasuredQuantity
  /// A.
  let variance: MeasuredQuantity

  /// What is said where there is no bound.
  static let misfit =
    "L_Info - d and the class means do not fit together: no scores were found that have both"

  /// With more pairs of class sizes than these the spread is left out.
  private static let pairLimit = 256

  /// The bound; nil if no scores were found that have such a G0 and A.
  ///
  /// - Parameter scale: What S and Lambda = A/t are multiplied by.
  func upper(scale: Rational) throws -> BoundValue? {
    let level = try excess.value.number.double
    let spread = variance.scaled(by: scale * setting.inverseTemperature)
    let groups = setting.classSizes.groups
    let components = groups.indices.map { index in
      (
        weight: share(groups[index]),
        shapes: others(index).map { shape(groups[index], $0, scale) }
      )
    }
    let presence =
      Double(setting.negativeCount) * Double(groups[0].size) / Double(setting.total)
    // Without the spread the search is on lines, and comes closer where functions are nearly flat.
    var solutions = [DualBound.byLoss(components, level: level, presence: presence)]
    if groups.count * groups.count <= Self.pairLimit {
      solutions.append(
        DualBound.byLossAndSpread(
          components, level: level, spread: try spread.value.number.double, presence: presence))
    }
    let bounds = solutions.compactMap { $0.map { bound(DualCertificate($0), spread) } }
    // Where the two together do not fit, neither is a bound.
    guard bounds.count == solutions.count, let first = bounds.first, let last = bounds.last else {
      return nil
    }
    return try first.number.isBelow(last.number) ? first : last
  }

  /// lambda G0 + nu Lambda + w.
  private func bound(_ certificate: DualCertificate, _ spread: MeasuredQuantity) -> BoundValue {
    let bound =
      excess.scaled(by: certificate.lossMultiplier)
      + spread.scaled(by: certificate.spreadMultiplier)
      + MeasuredQuantity(LinearForm(certificate.maximum))
    return BoundValue(
      number: bound.value.number, standardError: bound.standardError,
      certificate: .dual(certificate))
  }

  /// The probability of the classes of one size.
  private func share(_ group: LabelDistribution.ClassGroup) -> Double {
    Rational(Integer(group.size) * Integer(group.classCount), Integer(setting.total)).double
  }

  /// The sizes of other classes beside one of a size, the rarest first.
  private func others(_ index: Int) -> [LabelDistribution.ClassGroup] {
    let groups = setting.classSizes.groups
    return groups.indices.filter { $0 != index || groups[index].classCount > 1 }.map { groups[$0] }
  }

  private func shape(
    _ own: LabelDistribution.ClassGroup, _ other: LabelDistribution.ClassGroup, _ scale: Rational
  ) -> SpreadShape {
    func share(_ items: Int) -> Double { Rational(items, setting.total).double }
    return SpreadShape(
      law: PairLaw(setting, own: own.size, other: other.size).shares, own: share(own.size),
      other: share(other.size), rest: share(setting.total - own.size - other.size),
      scale: scale.double, inverseTemperature: setting.inverseTemperature.double)
  }
}

extension DualCertificate {
  /// The multipliers as they are, and w, rounded up as it was proven.
  fileprivate init(_ solution: DualSolution) {
    self.init(
      lossMultiplier: Real(solution.multipliers.loss).rational,
      spreadMultiplier: Real(solution.multipliers.spread).rational,
      maximum: Real(solution.maximum).rational)
  }
}
