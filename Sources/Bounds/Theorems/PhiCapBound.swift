// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The bound of `PhiBound` with min(n, m + 1) in place of n.
///
///     L_sup <= H^-1(G0),  H(s) = E ln(1 + m + min(n, m+1)(e^s - 1))
///
/// Every term of H is convex in s, as ln(A + n e^s) is where A = 1 + m - n >= 0, and not above that of G: no
/// envelope is needed, and the bound is slightly looser. Value and certificate are as there.
///
/// Reference: this project.
public struct PhiCapBound: Sendable {
  private let bound: PhiBound

  /// The bound of a setting.
  public init(_ setting: ContrastiveSetting) { bound = PhiBound(setting, isCapped: true) }

  /// The probabilities.
  public var setting: ContrastiveSetting { bound.setting }

  /// The upper bound of L_sup.
  ///
  /// - Parameter excess: G0 = L_Info - d.
  public func supervisedUpper(excess: MeasuredQuantity) throws -> BoundOutcome {
    try bound.supervisedUpper(excess: excess)
  }
}
