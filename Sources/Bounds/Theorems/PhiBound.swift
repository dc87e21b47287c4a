// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The bound that uses collisions and coverage at once.
///
///     L_sup <= G_env^-1(G0),  G(s) = E ln(1 + m + n(e^s - 1)),  G0 = L_Info - d
///
/// m = Col and n is the number of negatives of one other class, the rarest; with equally likely classes
/// and independent draws (m, n, rest) ~ Multinomial(K; 1/C, 1/C, 1 - 2/C). G_env is the lower convex
/// envelope of G on [0, ln(1 + (C-1)e^(2/t))], beyond which l_sup cannot be. For fixed z and c
/// r -> E ln(1 + Col + sum n_j r_j) is concave, so on sum_j r_j = e^(l_sup) - 1 it is least with all of it on
/// one class, where it is G_c(l_sup); so G0 >= E G_c(l_sup) >= sum_c rho_c G_c,env(L_sup,c), by Jensen.
///
/// The value is (G0 - b)/a for the line a s + b <= G of the certificate, binary fractions whose
/// property is proven: a bound with every digit right, and one that anybody can check. a and b are
/// chosen so that it exceeds G_env^-1(G0) itself by no more than some 1e-13/a, as b is good to 1e-13; `attained` says
/// from below how far. The slope a is near 1 where negatives are many, and 1/C for a single one. For unequal classes b = sum_c rho_c min_s (G_c(s) - a s). If G0 is above G_env at the end of the
/// interval, the bound is the end.
///
/// Any law, both ways of drawing, any valid gap d, class means of the same law as the features. Never above `CoverageFreeCURLBound`,
/// `CoverageFreeCouponBound` and `AshBound`, but for those 1e-13/a.
///
/// Reference: this project; steps of Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866.
public struct PhiBound: Sendable {
  /// The probabilities.
  public let setting: ContrastiveSetting
  private let isCapped: Bool

  /// The bound of a setting.
  public init(_ setting: ContrastiveSetting) { self.init(setting, isCapped: false) }

  init(_ setting: ContrastiveSetting, isCapped: Bool) {
    self.setting = setting
    self.isCapped = isCapped
  }

  /// The largest number that the law of pairs is computed for.
  private static let sizeLimit = 1 << 31

  /// The upper bound of L_sup.
  ///
  /// - Parameter excess: G0 = L_Info - d.
  /// - Complexity: Some 50 evaluations of G, each over a window of pairs of some 16 standard deviations
  ///   either way: milliseconds for hundreds of negatives.
  public func supervisedUpper(excess: MeasuredQuantity) throws -> BoundOutcome {
    if let reason = setting.singleClass { return reason }
    if try isInconsistent(excess) {
      return .inapplicable("L_Info - d is below E ln(1+Col), which no encoder has")
    }
    guard setting.total < Self.sizeLimit, setting.negativeCount < Self.sizeLimit else {
      return .inapplicable("its sum is computed for fewer than 2^31 items and negatives")
    }
    let tooCold = BoundOutcome.inapplicable(
      "its sum is computed for temperatures with ln(1 + (C-1)e^(2/t)) <= 600")
    // The end is above 2/t.
    if setting.inverseTemperature > 300 { return tooCold }
    let limit = self.end
    let end = try limit.enclosure(precision: 64).upper.double(rounding: .up)
    guard end <= 600 else { return tooCold }
    let outermost = BoundOutcome.value(BoundValue(number: limit, standardError: 0))
    if setting.negativeCount == 0 { return outermost }
    guard let components = components(end: end) else {
      return .inapplicable(
        "its sum is computed for up to \(CollisionPairWindow.pairLimit) pairs of numbers")
    }
    let level = try excess.value.number.approximation()
    var envelope = PhiEnvelope(components: components, level: level)
    guard let line = envelope.certificate() else { return outermost }
    let number = (excess.value - LinearForm(line.intercept)).divided(by: ComputableReal(line.slope))
    // The end is a bound too; it is irrational, so equal only to itself.
    if try limit.enclosure(precision: 64).upper < number.enclosure(precision: 64).lower {
      return outermost
    }
    let slope = Real(line.slope, precision: 53, rounding: .nearest).double()
    return .value(
      BoundValue(
        number: number, standardError: excess.standardError.map { $0 / slope },
        certificate: line))
  }

  /// ln(1 + (C-1)e^(2/t)), which no l_sup exceeds: |z.(mu_j - mu_c)| <= 2.
  var end: ComputableReal {
    let (classes, exponent) = (setting.classCount, 2 * setting.inverseTemperature)
    return .irrational { precision in
      Enclosure(exponent, precision: precision).exponential(precision: precision)
        .scaled(by: Integer(classes - 1), precision: precision)
        .logarithmOfOnePlus(precision: precision)
    }
  }

  /// Whether G0 < G_env(0) = E ln(1+Col).
  private func isInconsistent(_ excess: MeasuredQuantity) throws -> Bool {
    let difference = (excess.value - LinearForm(setting.expectedLog)).number
    if let exact = difference.exact { return exact.signum < 0 }
    return try difference.enclosure(precision: 8).upper.signum < 0
  }

  /// G_c for the classes of each size; nil if a window would be too large.
  private func components(end: Double) -> [PhiComponent]? {
    let groups = setting.classSizes.groups
    var components: [PhiComponent] = []
    var pairs = 0
    for (index, group) in groups.enumerated() {
      // The rarest class other than one of this group.
      let rarest = index > 0 || group.classCount > 1 ? groups[0] : groups[1]
      guard
        let window = CollisionPairWindow(
          own: group.size, other: rarest.size, total: setting.total,
          sampling: setting.sampling, negativeCount: setting.negativeCount, isCapped: isCapped)
      else { return nil }
      pairs += window.weights.count
      if pairs > CollisionPairWindow.pairLimit { return nil }
      components.append(
        PhiComponent(
          share: Rational(
            Integer(group.size) * Integer(group.classCount), Integer(setting.total)),
          function: PhiFunction(window, negativeCount: setting.negativeCount), end: end))
    }
    return components
  }
}
