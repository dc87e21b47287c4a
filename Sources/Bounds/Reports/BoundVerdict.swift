// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What the best upper bounds of a report are worth, beside the loss of guessing.
public enum BoundVerdict: String, CaseIterable, Hashable, Sendable {
  /// L_sup is proven to be below ln C, or, for unequal classes, L_adj to be below H(rho): the mean
  /// classifier is better than guessing.
  case belowChance = "below-chance"
  /// The bounds do not exclude a classifier that guesses.
  case aboveChance = "above-chance"
  /// No bound is below what no encoder exceeds.
  case aboveCap = "above-cap"
}
