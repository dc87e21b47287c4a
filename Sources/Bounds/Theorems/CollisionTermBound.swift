// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
internal import Occupancy

/// How much of the contrastive loss can come from negatives of the anchor's class.
///
///     E ln(1 + sum_(i<=Col) e^((z.z_i - z.z+)/t)) <= beta + (alpha/t) B,
///     alpha = E Col, beta = E ln(1+Col)
///
/// since with m = Col the term is at most ln(1+m) + (m/t) mean_i |z.z_i - z.z+|. B is the measured
/// collision bound: how far features of one class are apart. Also at most beta + (2/t) P(Col >= 1), with
/// no measurement. For unequal classes alpha B stands for K sum_c rho_c^2 B_c, which the measured mean
/// over classes does not give; then only the second bound is given.
///
/// Reference: Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866, section 5 (collision term); constants
/// of this project.
public struct CollisionTermBound: Sendable {
  /// The setting.
  public let setting: ContrastiveSetting

  /// The bound of a setting.
  public init(_ setting: ContrastiveSetting) { self.setting = setting }

  /// alpha = E Col.
  public var alpha: ComputableReal { setting.collisions.expectedCount }

  /// beta = E ln(1+Col).
  public var beta: ComputableReal { setting.expectedLog }

  /// beta + (alpha/t) B.
  ///
  /// - Parameter spread: B.
  public func upper(spread: MeasuredQuantity) throws -> BoundOutcome {
    if let reason = setting.notUniform { return reason }
    let factor = (alpha.exact ?? 0) * setting.inverseTemperature
    let scale = Enclosure(factor, precision: 64).upper.double()
    return .value(
      BoundValue(
        number: (spread.value.scaled(by: factor) + LinearForm(beta)).number,
        standardError: spread.standardError.map { $0 * scale }))
  }

  /// beta + (2/t) tau_K.
  public func upper() throws -> BoundOutcome {
    let factor = 2 * setting.inverseTemperature
    return .value(
      BoundValue(
        number: (LinearForm(beta) + LinearForm(setting.collisions.probability, times: factor))
          .number,
        standardError: 0))
  }
}
