// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
internal import Labels

/// What draws are to show: how often each class must come, and how many classes must come so often.
///
/// Every class once is the coupon collector's goal, every class m times the double dixie cup's. A
/// class that need not come at all has m = 0.
///
/// References: Newman & Shepp, *The double dixie cup problem*, American Mathematical Monthly 67
/// (1960); Erdős & Rényi, *On a classical problem of probability theory*, Publ. Math. Inst. Hung.
/// Acad. Sci. 6 (1961).
public struct CoverageGoal: Hashable, Sendable {
  /// Classes in a row that must come equally often.
  struct Run: Hashable, Sendable {
    /// m, 0 for classes that need not come.
    let copies: Int
    /// How many classes; nil for all that are left.
    let classCount: Int?
  }

  /// The classes of a law, in its order.
  let runs: [Run]

  /// j: how many of the classes with m >= 1 must come m times; nil for all of them.
  public let atLeast: Int?

  /// Every class at least once.
  public static let everyClassOnce = CoverageGoal(
    runs: [Run(copies: 1, classCount: nil)], checked: nil)

  /// The most copies that are served.
  public static let copiesLimit = 100

  /// Every class at least `copies` times, or so many of them.
  ///
  /// - Parameters:
  ///   - copies: m, from 1 to `copiesLimit`.
  ///   - atLeast: j, at least 1; nil for all classes. That there are so many is checked where the
  ///     law is known.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(copies: Int = 1, atLeast: Int? = nil) throws(DomainError) {
    try self.init(runs: [Run(copies: copies, classCount: nil)], atLeast: atLeast)
  }

  /// Only the first `required` classes of a law: the others may come or not.
  ///
  /// - Parameters:
  ///   - required: R, at least 1.
  ///   - copies: How often each of them must come, from 1 to `copiesLimit`.
  ///   - atLeast: j, how many of them must; nil for all R.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(required: Int, copies: Int = 1, atLeast: Int? = nil) throws(DomainError) {
    try DomainError.unless(required >= 1, "required", required, "must be at least 1")
    try self.init(
      runs: [Run(copies: copies, classCount: required), Run(copies: 0, classCount: nil)],
      atLeast: atLeast)
  }

  /// A number of copies for each class, in the order in which the law was given.
  ///
  /// - Parameters:
  ///   - copiesOfEach: m_1, m_2, ..., from 0 to `copiesLimit`; not all of them 0.
  ///   - atLeast: j, how many of the classes with m >= 1 must come so often; nil for all of them.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(copiesOfEach: [Int], atLeast: Int? = nil) throws(DomainError) {
    try self.init(groups: copiesOfEach.map { ($0, 1) }, atLeast: atLeast)
  }

  /// The same with a number of classes for each number of copies.
  package init(groups: [(copies: Int, classCount: Int)], atLeast: Int? = nil) throws(DomainError) {
    try DomainError.unless(
      groups.contains { $0.copies > 0 }, "copies", 0, "must be at least 1 for some class")
    try self.init(
      runs: groups.map { Run(copies: $0.copies, classCount: $0.classCount) }, atLeast: atLeast)
  }

  private init(runs: [Run], atLeast: Int?) throws(DomainError) {
    let least = runs.count == 1 || runs.last?.classCount == nil ? 1 : 0
    // Where one number is given it must be at least 1; of several, some may be 0.
    for (index, run) in runs.enumerated() {
      let isOutside = run.copies > Self.copiesLimit || run.copies < 0
      try DomainError.unless(
        !isOutside && (index > 0 || run.copies >= least), "copies", run.copies,
        "must be from \(least) to \(Self.copiesLimit)")
    }
    try DomainError.unless(atLeast ?? 1 >= 1, "atLeast", atLeast ?? 1, "must be at least 1")
    self.init(runs: runs, checked: atLeast)
  }

  private init(runs: [Run], checked atLeast: Int?) {
    self.runs = runs
    self.atLeast = atLeast
  }
}
