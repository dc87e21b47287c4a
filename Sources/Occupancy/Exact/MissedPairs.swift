// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The variance of the number of distinct labels from the chances that single classes and pairs are
/// missed.
///
/// With T_j the sum over j classes of the probability that all of them are missed, and U the number
/// of missed classes, Var D = Var U = 2 T_2 + T_1 - T_1^2. That cancels, so the precision is raised
/// by the bits that it loses.
struct MissedPairs {
  let requirement: Requirement
  let sampling: SamplingScheme
  let drawCount: Int

  /// Pairs of groups up to which sums of long weights are listed one by one.
  private static let pairLimit = 1_000_000

  private var law: LabelLaw { requirement.law }

  /// An enclosure of the variance, which is not 0, to a relative width of at most 2^-precision.
  ///
  /// - Throws: `CapacityError` when there are too many pairs of different sizes.
  func variance(precision: Int) throws -> Enclosure {
    let pairs = try pairs()
    let missed = MissWeights(law: law, sampling: sampling, drawCount: drawCount)
    return try Refinement.enclosure(of: "the variance", precision: precision, spare: 32) {
      working in
      let first = missed.sum(requirement.singleClasses(), precision: working).enclosure()
        .nonnegative
      let second = missed.sum(pairs, precision: working).enclosure().nonnegative
      let square = first.multiplied(by: first, precision: working + 8)
      return second.adding(second, precision: working + 8).adding(first, precision: working + 8)
        .subtracting(square, precision: working + 8)
    }
  }

  /// The weights of two classes by increasing weight, with how often each occurs.
  private func pairs() throws(CapacityError) -> [SubsetLevels.Term] {
    if let subsets = SubsetLevels(requirement, levelLimit: 2) { return subsets.levels[2] }
    let groups = law.groups
    guard law.total.int == nil, groups.count <= Self.pairLimit / groups.count else {
      throw CapacityError(
        request: "the variance of the number of distinct labels",
        estimate: "over \(Self.pairLimit) pairs of class sizes",
        suggestion: "ask for the law itself, without the summary")
    }
    // Long weights hardly ever coincide; they are drawn with replacement, in any order.
    return groups.indices.flatMap { i in
      groups[i...].enumerated().compactMap { offset, b -> SubsetLevels.Term? in
        let count =
          offset == 0
          ? Integer.binomial(b.classCount, 2)
          : Integer(groups[i].classCount) * Integer(b.classCount)
        return count.signum == 0 ? nil : .init(weight: groups[i].weight + b.weight, count: count)
      }
    }
  }

  /// The variance as a fraction.
  ///
  /// - Throws: `CapacityError` when that is too long.
  func exactVariance() throws -> Rational {
    let first = try exactLevel(requirement.singleClasses())
    return try 2 * exactLevel(pairs()) + first - first * first
  }

  /// A sum of the probabilities that sets of classes are missed, as a fraction.
  ///
  /// - Throws: `CapacityError` when that is too long.
  func exactLevel(_ terms: [SubsetLevels.Term]) throws(CapacityError) -> Rational {
    let work = Double(terms.count) * Double(drawCount) * Double(law.total.bitWidth)
    guard work < 1e9 else {
      throw CapacityError(
        request: "an exact moment of the number of distinct labels for \(drawCount) draws",
        estimate: "a fraction of \(Int(saturating: work * 0.302)) digits",
        suggestion: "ask for another number of digits")
    }
    return InclusionExclusion(requirement: requirement, sampling: sampling, drawCount: drawCount)
      .exactLevel(terms)
  }
}
