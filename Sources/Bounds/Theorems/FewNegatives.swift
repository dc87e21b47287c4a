// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
internal import Labels

/// What is known when there are too few negatives to cover all classes, K + 1 < C.
///
/// Then v = 0 and the coupon bound has no L_sup term, yet learning can be optimal: given the
/// classes S drawn with the anchor among them at an unknown place, and the anchor x, the anchor is
/// of class j in S with a probability proportional to E[n_j | S] D_j(x), n_j counted over all K + 1
/// draws. If the factors E[n_j | S] are equal on S, all subset losses are minimised by the same
/// scores q_j(x) = ln p(j|x) + const(x), which minimise L_sup too. Scores are unrestricted here;
/// the mean classifier is a restriction.
///
/// Reference: Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866, section 4 (K + 1 < C); proof of this
/// project.
public struct FewNegatives: Sendable {
  /// What minimising the subset loss does.
  public enum Consequence: Sendable, Hashable {
    /// Some draws cover all classes: the coupon bound speaks of L_sup itself.
    case coverable
    /// The minimiser of all subset losses minimises L_sup.
    case optimal
    /// One negative, unequal classes: the minimiser is q_j = ln D_j, free of the class law.
    case priorFree
    /// The weight ratios depend on S: in general no scores minimise all subset losses.
    case dependsOnSubset
  }

  /// The setting.
  public let setting: ContrastiveSetting

  /// The proposition for a setting.
  public init(_ setting: ContrastiveSetting) { self.setting = setting }

  /// The case of the proposition that a setting is.
  ///
  /// With one negative and two classes drawn each is drawn once, so the factors are equal whatever
  /// the law.
  public var consequence: Consequence {
    if setting.negativeCount + 1 >= setting.classCount { return .coverable }
    if setting.classSizes.isUniform { return .optimal }
    return setting.negativeCount <= 1 ? .priorFree : .dependsOnSubset
  }

  /// E[n_j | S] for the classes j of a subset S: how often each is expected among the K + 1 draws
  /// if these show the classes of S and no others. Subset losses weigh class j with it.
  ///
  /// Any of the draws may be the anchor, so E[n_j | S] = (K + 1) P(anchor is j | S). With w(T) the
  /// total size of the classes in T, negatives of an anchor in T stay in T with a chance
  /// proportional to w(T)^K, or to binom(w(T) - 1, K) without replacement.
  ///
  /// - Parameter sizes: The sizes of the classes of S.
  /// - Returns: One fraction for each size, in their order; nil if no draws show just these
  ///   classes.
  /// - Precondition: There are 1 to 20 classes, of sizes that the setting has.
  /// - Complexity: O(|S| 2^|S|) fractions.
  public func expectedCounts(ofSubset sizes: [Int]) -> [Rational]? {
    precondition((1...20).contains(sizes.count), "a subset of 1 to 20 classes")
    precondition(
      sizes.allSatisfy { size in setting.classSizes.groups.contains { $0.size == size } },
      "classes of the setting")
    let k = setting.negativeCount
    let staying = (0..<1 << sizes.count).map { part in
      let weight = sizes.indices.reduce(0) { $0 + (part >> $1 & 1 == 1 ? sizes[$1] : 0) }
      if setting.isIndependent { return Rational(Integer(weight).power(k)) }
      return weight > k ? Rational(Integer.binomial(weight - 1, k)) : 0
    }
    let all = (1 << sizes.count) - 1
    let weights = sizes.indices.map { j in
      Rational(sizes[j]) * SubsetLoss.chanceOfExactly(all, withAnchor: j, staying: staying)
    }
    let sum = weights.reduce(Rational(0)) { $0 + $1 }
    return sum.signum == 0 ? nil : weights.map { $0 * Rational(k + 1) / sum }
  }
}
