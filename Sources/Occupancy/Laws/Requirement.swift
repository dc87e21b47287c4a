// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) package import ArbitraryPrecision
package import Labels
internal import Synchronization

/// A `CoverageGoal` for the classes of a law: what generating functions are products over.
///
/// Classes of equal weight that must come equally often are grouped. Those that need not come, and
/// draws that show no class, have the factor g^w whole; so all of them together are one factor.
final class Requirement: Sendable {
  typealias Part = LabelLaw.Group

  let law: LabelLaw
  /// The classes that must come, m >= 1, by increasing weight.
  let parts: [Part]
  /// The classes that need not come.
  let free: [Part]
  /// The weight of these and of draws without a class.
  let freeWeight: Integer
  /// j: how many of the classes must come so often.
  let needed: Int
  /// R, how many classes there are in `parts`.
  let classCount: Int
  /// sum_c m_c over these.
  let totalCopies: Int
  /// Whether no class must come more than once.
  let isSingle: Bool
  private let weightPlans = Mutex<[SamplingScheme: WeightSteps]>([:])

  init(law: LabelLaw, parts: [Part], free: [Part], needed: Int) {
    (self.law, self.parts, self.free, self.needed) = (law, parts, free, needed)
    classCount = parts.reduce(0) { $0 + $1.classCount }
    totalCopies = parts.reduce(0) { $0 + $1.classCount * $1.copies }
    isSingle = parts.allSatisfy { $0.copies == 1 }
    freeWeight = free.reduce(law.blankWeight) { $0 + $1.weight * Integer($1.classCount) }
  }

  /// Every class of a law once.
  static func everyClassOnce(_ law: LabelLaw) -> Requirement {
    Requirement(law: law, parts: law.groups, free: [], needed: law.classCount)
  }

  /// The same for another number j.
  func needing(_ j: Int) -> Requirement {
    Requirement(law: law, parts: parts, free: free, needed: j)
  }

  /// How the powers of the factors follow from one another, laid out once.
  func weightSteps(_ sampling: SamplingScheme) -> WeightSteps {
    weightPlans.withLock { known in
      if let plan = known[sampling] { return plan }
      let weights = FactorPowers<ComplexWord>.weights(self).all
      let plan = WeightSteps(weights: weights, sampling: sampling)
      known[sampling] = plan
      return plan
    }
  }

  /// Whether all classes of `parts` must come so often.
  var isComplete: Bool { needed == classCount }

  /// Whether the classes that must come are equal, in weight and copies.
  var isEven: Bool { parts.count == 1 }

  /// Whether any draw shows a class that must come.
  var isFull: Bool { freeWeight.signum == 0 }

  /// Whether equally likely classes, of which all count, must come once: draws after which some
  /// have come are geometric times apart.
  func isGeometric(_ sampling: SamplingScheme) -> Bool {
    law.isUniform && isSingle && classCount == law.classCount && sampling == .withReplacement
  }

  /// The most copies that a class must come.
  var mostCopies: Int { parts.map(\.copies).max() ?? 0 }

  /// Every class of some of the parts on its own: the first level of inclusion-exclusion.
  func singleClasses(where isMeant: (_ copies: Int) -> Bool = { _ in true }) -> [SubsetLevels.Term]
  {
    parts.filter { isMeant($0.copies) }.map {
      SubsetLevels.Term(weight: $0.weight, count: Integer($0.classCount))
    }
  }

  /// The greatest common divisor of M and the weights of `parts`.
  var commonWeight: Integer { parts.reduce(law.total) { .greatestCommonDivisor($0, $1.weight) } }

  /// w and M of equal classes without a common divisor, which without replacement matters; nil for
  /// unequal classes and for weights beyond machine integers.
  func evenWeights(_ sampling: SamplingScheme) -> (weight: Int, total: Int)? {
    guard isEven else { return nil }
    let unit = sampling == .withReplacement ? commonWeight : 1
    guard let weight = parts[0].weight.exactlyDivided(by: unit).int,
      let total = law.total.exactlyDivided(by: unit).int
    else { return nil }
    return (weight, total)
  }

  /// Throws unless a method serves the requirement.
  func check(_ method: OccupancyMethod) throws(DomainError) {
    try DomainError.unless(
      isSingle || method != .inclusionExclusion, "method", method.rawValue,
      "must be auto, stirling or contour for several copies")
  }
}

/// What can be said without computing anything.
extension Requirement {
  /// The classes that can come m times.
  private func reachable(_ sampling: SamplingScheme) -> [Part] {
    parts.filter { $0.canBeReached(sampling) }
  }

  /// The fewest draws that reach the goal: the j classes that take the fewest copies.
  ///
  /// Only for requirements that can be reached.
  func leastDraws(_ sampling: SamplingScheme) -> Int {
    if isComplete { return totalCopies }
    var (left, sum) = (needed, 0)
    for part in reachable(sampling).sorted(by: { $0.copies < $1.copies }) {
      let taken = min(left, part.classCount)
      sum += taken * part.copies
      left -= taken
    }
    return sum
  }

  /// The most draws that can miss the goal: j - 1 classes drawn without limit, the others one copy
  /// less than they must come; nil if there is no limit.
  func failureLimit(_ sampling: SamplingScheme) -> Int? {
    guard sampling == .withoutReplacement else {
      return needed == 1 && isFull ? totalCopies - classCount : nil
    }
    // Drawing a class without limit gains what it has beyond m - 1 items.
    var most = freeWeight.int ?? .max
    var gains: [(gain: Int, classCount: Int)] = []
    for part in parts {
      let short = min(part.items, part.copies - 1)
      most += part.classCount * short
      gains.append((part.items - short, part.classCount))
    }
    var left = needed - 1
    for (gain, classCount) in gains.sorted(by: { $0.gain > $1.gain }) {
      let full = min(left, classCount)
      most += full * gain
      left -= full
    }
    return most
  }

  /// Whether n draws reach the goal for certain (true), for certain not (false), or neither (nil).
  func certainty(drawCount n: Int, _ sampling: SamplingScheme) -> Bool? {
    if needed > reachableCount(sampling) || n < leastDraws(sampling) { return false }
    if let limit = failureLimit(sampling), n > limit { return true }
    return nil
  }

  /// How many classes can come m times.
  func reachableCount(_ sampling: SamplingScheme) -> Int {
    sampling == .withReplacement ? classCount : reachable(sampling).reduce(0) { $0 + $1.classCount }
  }

  /// Throws if no number of draws reaches the goal: without replacement from classes that are too
  /// small.
  func checkReach(_ sampling: SamplingScheme) throws(DomainError) {
    let reachable = reachableCount(sampling)
    try DomainError.unless(
      reachable >= needed, "copies", mostCopies,
      "must be at most the size of \(needed) classes without replacement, and only "
        + "\(reachable) are so large")
  }

  /// What is left to reach when one class of a part is set aside that counts or does not, as it
  /// looks to the draws besides an anchor.
  ///
  /// - Returns: nil if there is no other class.
  func settingAside(_ part: Part, counts: Bool) -> Requirement? {
    guard let rest = law.removingClass(ofWeight: part.weight) else { return nil }
    func removed(from all: [Part]) -> [Part] {
      all.map { other in
        var left = other
        if other.weight == part.weight && other.copies == part.copies { left.classCount -= 1 }
        // Probabilities of a class are relative to the rest.
        left.probability = rest.probability(ofWeight: other.weight)
        return left
      }.filter { $0.classCount > 0 }
    }
    return Requirement(
      law: rest, parts: removed(from: parts), free: removed(from: free),
      needed: needed - (counts ? 1 : 0))
  }
}

extension CoverageGoal {
  /// Throws if no number of draws reaches the goal: without replacement from classes that are too
  /// small.
  package func checkReach(_ law: LabelLaw, _ sampling: SamplingScheme) throws(DomainError) {
    try requirement(for: law).checkReach(sampling)
  }

  /// The goal for the classes of a law.
  ///
  /// - Throws: `DomainError` if the law has too few classes or too many copies to count.
  func requirement(for law: LabelLaw) throws(DomainError) -> Requirement {
    var (parts, free): ([Requirement.Part], [Requirement.Part]) = ([], [])
    for (group, counts) in zip(law.groups, try classes(of: law)) {
      for (copies, classCount) in counts.sorted(by: { $0.key < $1.key }) {
        // m of each class are no more draws than can be served.
        let most = LabelLaw.drawLimit / max(copies, 1)
        try DomainError.unless(
          copies <= 1 || law.classCount <= most, "classes", law.classCount,
          "must be at most \(most) for \(copies) copies of each")
        var part = group
        (part.copies, part.classCount) = (copies, classCount)
        if copies == 0 { free.append(part) } else { parts.append(part) }
      }
    }
    let available = parts.reduce(0) { $0 + $1.classCount }
    let needed = atLeast ?? available
    try DomainError.unless(
      needed <= available && needed >= 1, "atLeast", needed,
      "must be at most \(available), the number of classes")
    return Requirement(law: law, parts: parts, free: free, needed: needed)
  }

  /// How many classes of each group of a law must come how often, by the number of copies.
  private func classes(of law: LabelLaw) throws(DomainError) -> [[Int: Int]] {
    if runs.count == 1 && runs[0].classCount == nil {
      return law.groups.map { [runs[0].copies: $0.classCount] }
    }
    // The last run takes all classes that are left where it has no number.
    let listed = runs.reduce(0) { $0 + ($1.classCount ?? 0) }
    let isOpen = runs.last?.classCount == nil
    try DomainError.unless(
      !isOpen || listed <= law.classCount, "required", listed,
      "must be at most \(law.classCount), the number of classes")
    guard isOpen || listed == law.classCount else { throw wrongNumber(for: law) }
    var counts: [[Int: Int]] = law.groups.map { _ in [:] }
    var order = law.order[...]
    var inRun = 0
    for run in runs {
      var left = run.classCount ?? law.classCount - listed
      while left > 0, let next = order.first {
        let taken = min(left, next.classCount - inRun)
        counts[next.group][run.copies, default: 0] += taken
        left -= taken
        inRun += taken
        if inRun == next.classCount {
          order.removeFirst()
          inRun = 0
        }
      }
    }
    return counts
  }

  /// Not as many numbers of copies as the law has classes.
  private func wrongNumber(for law: LabelLaw) -> DomainError {
    DomainError(
      parameter: "copiesOfEach", value: "\(runs.reduce(0) { $0 + ($1.classCount ?? 0) })",
      requirement: "must have a number for each of \(law.classCount) classes")
  }
}
