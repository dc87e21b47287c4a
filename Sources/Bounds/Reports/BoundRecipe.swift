// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// How the CURL and the coupon bound of L_sup are evaluated.
public enum BoundRecipe: String, CaseIterable, Hashable, Sendable {
  /// As their theorems have them.
  case exact
  /// As the public notebook does, slips included, to show the difference: see `NotebookCURLBound`
  /// and `NotebookCouponBound`.
  case published

  /// The theorems to evaluate, in the order of the columns.
  var theorems: [any Bound.Type] {
    switch self {
    case .exact: Theorems.all
    case .published:
      Theorems.all.map { theorem in
        Theorems.notebook.first { $0.statement.name == theorem.statement.name } ?? theorem
      }
    }
  }
}
