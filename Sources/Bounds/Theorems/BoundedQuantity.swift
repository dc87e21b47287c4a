// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements

/// What a theorem bounds.
public enum BoundedQuantity: String, CaseIterable, Hashable, Sendable {
  /// L_Info.
  case contrastiveLoss = "L_Info"
  /// L_sup.
  case supervisedLoss = "L_sup"
  /// L_adj, the supervised loss of the mean classifier that knows the class probabilities.
  case priorAdjustedLoss = "L_adj"
  /// The part of the contrastive loss that comes from negatives of the anchor's class.
  case collisionTerm = "collision term"

  /// Its value, if it was measured.
  func measured(in inputs: BoundInputs) -> MeasuredQuantity? {
    switch self {
    case .contrastiveLoss: inputs.contrastiveLoss
    case .supervisedLoss: inputs[.supervisedLoss]
    case .priorAdjustedLoss: inputs[.priorAdjustedLoss]
    case .collisionTerm: nil
    }
  }
}

/// The side from which a theorem bounds a quantity.
public enum BoundSide: String, CaseIterable, Hashable, Sendable {
  /// The quantity is at least the bound.
  case lower
  /// The quantity is at most the bound.
  case upper
}
