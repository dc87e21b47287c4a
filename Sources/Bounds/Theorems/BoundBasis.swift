// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements

/// What a bound takes from the law of the features, which class means of another split need not
/// fulfil.
public enum BoundBasis: Sendable {
  /// L_Info >= E g + d, with g the loss at the class means: Jensen's inequality needs the means of
  /// the law itself. With the exact gap, d = L_Info - E g, it is an equation for any vectors.
  case classMeanInequality
  /// The spread of class means, which is E z.(mu_c - mbar) as it is measured, for any vectors. What
  /// stands for one that was not measured holds for the means of the law itself.
  case spread
  /// That mu_c is the mean of z, in other ways.
  case sameLaw

  /// Whether it holds though class means are of another split.
  func holds(for inputs: BoundInputs) -> Bool {
    switch self {
    case .classMeanInequality: inputs.gapMean == .exactGap
    case .spread: inputs[.classSeparation] != nil && inputs[.betweenClassVariance] != nil
    case .sameLaw: false
    }
  }
}
