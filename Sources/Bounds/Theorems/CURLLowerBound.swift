// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements

/// The lower bound of L_Info by collisions or the rest: contrastive unsupervised representation
/// learning.
///
///     L_Info >= E[1{Col=0} l_sub] + E ln(1+Col) + d
///
/// l_sub is the cross-entropy over the classes among the negatives and the anchor's, d the gap of
/// the class-mean inequality: any form of it that is valid for the draws. Any law.
///
/// Reference: S. Arora et al., *A Theoretical Analysis of Contrastive Unsupervised Representation
/// Learning*, ICML 2019, arXiv 1902.09229, in the form of Nozawa & Sato, NeurIPS 2021, arXiv
/// 2102.06866, section 3.
public enum CURLLowerBound: Bound {
  private static let form = LossFloor(
    first: .collisionFreeCoveredTerm, second: .collisionFreeUncoveredTerm)

  /// The theorem.
  public static let statement = BoundStatement(
    name: .curlLower, summary: "Collisions or the rest",
    quantity: .contrastiveLoss, side: .lower, assumptions: [],
    formula: "E[1{Col=0} l_sub] + E ln(1+Col) + d")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    form.outcome(inputs)
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    try form.numbers(inputs)
  }
}

extension BoundName {
  /// The lower bound of L_Info by `CURLLowerBound`.
  public static let curlLower = BoundName(rawValue: "curl_lower")
}
