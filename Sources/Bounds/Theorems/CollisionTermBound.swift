// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Measurements
internal import Occupancy

/// How much of the contrastive loss can come from negatives of the anchor's class.
///
///     E ln(1 + sum_(i<=Col) e^((z.z_i - z.z+)/t)) <= beta + (alpha/t) B,
///     alpha = E Col, beta = E ln(1+Col)
///
/// since with m = Col the term is at most ln(1+m) + (m/t) mean_i |z.z_i - z.z+|. B is the measured
/// collision bound: how far features of one class are apart. For unequal classes alpha B would
/// stand for K sum_c rho_c^2 B_c, which the measured mean over classes does not give.
///
/// Reference: Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866, section 5 (collision term); constants
/// of this project.
public enum CollisionTermBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .collisionTermUpper, summary: "Negatives of the class of the anchor",
    quantity: .collisionTerm, side: .upper, assumptions: [.equalClasses],
    basis: [],
    formula: "E ln(1+Col) + (E Col/t) B", hasColumn: false)

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    guard let spread = inputs[.collisionBound] else {
      // Of the optimum of theory too, where it is 0 and of no interest.
      return .inapplicable("collision_bound was not measured")
    }
    let setting = inputs.setting
    if let reason = statement.exclusion(in: setting) { return reason }
    // E Col is a fraction for every law.
    let factor = (setting.collisions.mean.exact ?? 0) * setting.inverseTemperature
    let scale = Enclosure(factor, precision: 64).upper.double()
    let sum = spread.value.scaled(by: factor) + LinearForm(setting.expectedLog)
    return .value(
      BoundValue(number: sum.number, standardError: spread.standardError.map { $0 * scale }))
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    let alpha = try inputs.setting.collisions.mean.sixDigits
    let spread = try inputs.digits(of: .collisionBound)
    return "\(try inputs.logDigits) + \(alpha)/\(try inputs.temperatureDigits) \(spread)"
  }
}

extension BoundName {
  /// The upper bound of the collision term by `CollisionTermBound`.
  public static let collisionTermUpper = BoundName(rawValue: "collision_term_upper")
}
