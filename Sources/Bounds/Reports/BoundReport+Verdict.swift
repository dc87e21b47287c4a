// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
internal import Labels

extension BoundReport {
  /// ln C, the loss of guessing among C classes.
  public var chance: ComputableReal { .naturalLogarithm(inputs.setting.classCount) }

  /// The verdict; nil if there is no upper bound.
  ///
  /// - Throws: `ConvergenceError` if a bound cannot be enclosed.
  public func verdict() throws -> BoundVerdict? {
    guard let best = try best(.upper, of: .supervisedLoss) else { return nil }
    if try best.value.number.isBelow(chance) { return .belowChance }
    if !inputs.setting.classSizes.isUniform,
      let adjusted = try self.best(.upper, of: .priorAdjustedLoss),
      try adjusted.value.number.isBelow(inputs.setting.labelEntropy)
    {
      return .belowChance
    }
    return best.name == .trivialCap ? .aboveCap : .aboveChance
  }

  /// The bounds with a column and a value in which class means of another split stand in for those
  /// of the law that the features are of; see `BoundStatement.isProven`.
  public var standIns: [BoundName] {
    columns.filter { self[$0.name]?.value != nil && !$0.isProven(for: inputs) }.map(\.name)
  }

  // MARK: - Between which losses L_Info is

  /// ln(1+K): L_Info of an encoder that maps everything to one point.
  public var uninformedContrastiveLoss: ComputableReal {
    .naturalLogarithm(inputs.setting.negativeCount + 1)
  }

  /// R*, the least L_Info of encoders that tell classes apart and not the items of a class
  /// (`SimplexFrameOptimum`); nil unless classes are equally likely and draws independent.
  ///
  /// An encoder that also tells items of a class apart may be below it, since its positives are
  /// views of one item.
  public var optimalContrastiveLoss: ComputableReal? {
    try? SimplexFrameOptimum(inputs.setting).contrastiveLoss
  }
}
