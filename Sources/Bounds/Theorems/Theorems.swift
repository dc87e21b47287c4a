// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The theorems there are.
public enum Theorems {
  /// All of them, in the order of the columns of tables.
  public static let all: [any Bound.Type] = [
    CURLLowerBound.self,
    CouponLowerBound.self,
    CURLUpperBound.self,
    CouponUpperBound.self,
    CoverageFreeCURLBound.self,
    CoverageFreeCouponBound.self,
    AshBound.self,
    PhiBound.self,
    PhiCapBound.self,
    SpreadUpperBound.self,
    BaoUpperBound.self,
    BaoTightenedBound.self,
    SpreadLowerBound.self,
    BaoLowerBound.self,
    TrivialCap.self,
    PriorAdjustedLowerBound.self,
    PriorAdjustedUpperBound.self,
    CollisionTermBound.self,
  ]

  /// Those that take the place of theorems of the same name in the recipe of the public notebook.
  static let notebook: [any Bound.Type] = [
    NotebookCURLBound.self,
    NotebookCouponBound.self,
  ]

  /// The names of the bounds of L_Info and L_sup that tables have a column for, in their order.
  public static let columns = names { $0.quantity != .priorAdjustedLoss }

  /// Those of L_adj, which stand together.
  public static let adjustedColumns = names { $0.quantity == .priorAdjustedLoss }

  private static func names(where isWanted: (BoundStatement) -> Bool) -> [BoundName] {
    all.map { $0.statement }.filter { $0.hasColumn && isWanted($0) }.map(\.name)
  }
}
