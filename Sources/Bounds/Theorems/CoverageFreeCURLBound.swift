// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The bound of CURL with the presence of one class in place of coverage.
///
///     L_sup <= (G0 - E ln(1+Col)) / P(Col = 0, a given other class among the negatives)
///
/// with independent draws the divisor is (1 - tau_K)(1 - (1 - 1/(C-1))^K), positive for every K >= 1.
/// On {Col = 0} E[ln(1 + sum_j n_j r_j) | Col] is concave in r, so on sum_j r_j = e^(l_sup) - 1 it is
/// least with all of it on one class, where ln(1 + n (e^s - 1)) >= s 1{n >= 1}.
///
/// Equally likely classes only; any valid gap d in G0 = L_Info - d.
///
/// Reference: this project; steps of Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866.
public struct CoverageFreeCURLBound: Sendable {
  /// The probabilities.
  public let setting: ContrastiveSetting

  /// The bound of a setting.
  public init(_ setting: ContrastiveSetting) { self.setting = setting }

  /// The upper bound of L_sup.
  ///
  /// - Parameter excess: G0 = L_Info - d.
  public func supervisedUpper(excess: MeasuredQuantity) throws -> BoundOutcome {
    if let reason = setting.singleClass ?? setting.notUniform { return reason }
    return try .quotient(
      excess, minus: setting.expectedLog, over: setting.collisionFreePresence)
  }
}
