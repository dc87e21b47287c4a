// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements

/// What a theorem says, of what and when.
public struct BoundStatement: Sendable {
  /// Its name, which no other theorem of a list has.
  public let name: BoundName
  /// What it rests on, in a few words.
  public let summary: String
  /// What it bounds.
  public let quantity: BoundedQuantity
  /// From which side.
  public let side: BoundSide
  /// What it assumes of a setting, in the order in which that is checked.
  public let assumptions: [Assumption]
  /// What it takes from the law of the features.
  public let basis: [BoundBasis]
  /// The formula, in the letters of the documentation.
  public let formula: String
  /// Whether tables have a column for it; otherwise explanations alone show it.
  public let hasColumn: Bool

  /// A statement.
  public init(
    name: BoundName, summary: String, quantity: BoundedQuantity, side: BoundSide,
    assumptions: [Assumption], basis: [BoundBasis] = [.classMeanInequality], formula: String,
    hasColumn: Bool = true
  ) {
    self.name = name
    self.summary = summary
    self.quantity = quantity
    self.side = side
    self.assumptions = assumptions
    self.basis = basis
    self.formula = formula
    self.hasColumn = hasColumn
  }

  /// Whether the bound is a theorem for these inputs, and not one in which class means of another
  /// split stand in for those of the law that the features are of.
  public func isProven(for inputs: BoundInputs) -> Bool {
    inputs.classMeans == .validation || basis.allSatisfy { $0.holds(for: inputs) }
  }

  /// Why the theorem does not cover a setting: the first assumption that does not hold.
  func exclusion(in setting: ContrastiveSetting) -> BoundOutcome? {
    assumptions.first { !$0.holds(in: setting) }.map { .inapplicable($0.reason) }
  }
}
