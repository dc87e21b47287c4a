// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import Labels

/// Laws by what is known of them.
extension LabelLaw {
  /// The law of equally likely classes, without a number of items.
  ///
  /// - Parameter classCount: C, at least 1.
  /// - Throws: `LabelError` naming `classCount` when it is less than 1.
  public static func uniform(classCount: Int) throws(LabelError) -> LabelLaw {
    LabelLaw(try .uniform(classCount: classCount))
  }

  /// The law of a label drawn from a finite set, given by the number of items of each class.
  ///
  /// - Parameter counts: m_1, m_2, ..., at least 1 each, in an order that a `CoverageGoal` can
  ///   refer to.
  /// - Throws: `LabelError` naming the first number that is out of range.
  public static func counts(_ counts: [Int]) throws(LabelError) -> LabelLaw {
    try .counts(counts.map { LabelDistribution.ClassGroup(size: $0, classCount: 1) })
  }

  /// The same with a number of classes for each size.
  public static func counts(_ groups: [LabelDistribution.ClassGroup]) throws(LabelError) -> LabelLaw
  {
    let distribution = try LabelDistribution(groups: groups)
    return LabelLaw(sizes: groups, itemCount: distribution.itemCount)
  }

  /// The law of a built-in data set, `imagenet-1k` for instance; nil if there is none of this name.
  ///
  /// `BuiltInLaw.all` lists them with their sources.
  public static func named(_ name: String) -> LabelLaw? {
    BuiltInLaw.named(name).map { LabelLaw($0.distribution) }
  }
}
