// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
package import Labels

/// What draws are to show: at least so many classes, each at least so many times.
///
/// Every class once is the coupon collector's goal, every class m times the double dixie cup's.
///
/// References: Newman & Shepp, *The double dixie cup problem*, American Mathematical Monthly 67 (1960);
/// Erdős & Rényi, *On a classical problem of probability theory*, Publ. Math. Inst. Hung. Acad. Sci. 6
/// (1961).
public struct CoverageGoal: Hashable, Sendable {
  /// m: how often a class must be drawn to count.
  public let copies: Int
  /// j: how many classes must count; nil for all.
  public let classCount: Int?

  /// Every class at least once.
  public static let everyClassOnce = CoverageGoal(uncheckedCopies: 1, classCount: nil)

  /// The most copies that are served.
  public static let copiesLimit = 100

  /// - Parameters:
  ///   - copies: m, from 1 to `copiesLimit`.
  ///   - classCount: j, at least 1; nil for all classes. That it is at most the number of classes is
  ///     checked where the law is known.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(copies: Int = 1, classCount: Int? = nil) throws(DomainError) {
    guard (1...Self.copiesLimit).contains(copies) else {
      throw DomainError(
        parameter: "copies", value: "\(copies)",
        requirement: "must be from 1 to \(Self.copiesLimit)")
    }
    if let classCount, classCount < 1 {
      throw DomainError(
        parameter: "classCount", value: "\(classCount)", requirement: "must be at least 1")
    }
    self.init(uncheckedCopies: copies, classCount: classCount)
  }

  private init(uncheckedCopies: Int, classCount: Int?) {
    copies = uncheckedCopies
    self.classCount = classCount
  }

  /// Throws unless the law has so many classes, and not so many that their copies cannot be counted.
  func check(_ law: LabelLaw) throws(DomainError) {
    // m of each class are no more draws than can be served.
    guard law.classCount <= LabelLaw.drawLimit / copies || isPlain(for: law) else {
      throw DomainError(
        parameter: "classes", value: "\(law.classCount)",
        requirement: "must be at most \(LabelLaw.drawLimit / copies) for \(copies) copies of each")
    }
    guard let classCount, classCount > law.classCount else { return }
    throw DomainError(
      parameter: "classCount", value: "\(classCount)",
      requirement: "must be at most \(law.classCount), the number of classes")
  }

  /// Throws unless a method can serve the goal.
  func check(_ method: OccupancyMethod) throws(DomainError) {
    guard copies > 1, method == .inclusionExclusion else { return }
    throw DomainError(
      parameter: "method", value: method.rawValue,
      requirement: "must be auto, stirling or contour for several copies")
  }

  /// Throws if no number of draws reaches the goal: without replacement from classes that are too small.
  package func checkReach(
    _ law: LabelLaw, _ sampling: SamplingScheme
  ) throws(DomainError) {
    guard sampling == .withoutReplacement else { return }
    let reachable = law.sizes.reduce(0) { $0 + ($1.size >= copies ? $1.classCount : 0) }
    let needed = classCount(of: law)
    guard reachable < needed else { return }
    throw DomainError(
      parameter: "copies", value: "\(copies)",
      requirement: "must be at most the size of \(needed) classes without replacement, and only "
        + "\(reachable) are so large")
  }

  /// j for a law.
  func classCount(of law: LabelLaw) -> Int { classCount ?? law.classCount }

  /// Whether all classes of a law must count.
  func isComplete(for law: LabelLaw) -> Bool { classCount(of: law) == law.classCount }

  /// Whether the goal is every class once.
  func isPlain(for law: LabelLaw) -> Bool { copies == 1 && isComplete(for: law) }
}
