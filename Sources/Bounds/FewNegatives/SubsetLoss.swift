// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The subset loss of scores at one observation, as a function of the scores q_1 ... q_C.
///
/// K + 1 classes are drawn independently, the first the anchor's; S is the set of those drawn, and
/// l_sub = ln sum over j in S of e^{q_j - q_c}. With w_{S,j} = P(anchor is j, set is S), at an
/// observation x
///
///     f(q) = sum over S of
///              [W_S ln(sum over j in S of e^{q_j}) - sum over j in S of w_{S,j} D_j q_j],
///     W_S = sum over j in S of w_{S,j} D_j(x),
///
/// and E l_sub is the sum of f over x. f is convex and does not change when a number is added to
/// all q_j. Sets of one class add 0 and are left out.
struct SubsetLoss {
  /// A set of classes with its weight.
  struct Term {
    let members: [Int]
    /// W_S.
    let weight: Rational
  }

  let classCount: Int
  let terms: [Term]
  /// The sum over S of w_{S,j} D_j(x), for each j: what q_j is multiplied by.
  let coefficients: [Rational]

  /// P(anchor is j, set is S) for each set, as bits, and class.
  ///
  /// w_{S,j} = rho_j times `chanceOfExactly`, with rho(T)^K the chance that K draws stay in T.
  ///
  /// - Complexity: O(3^C C) fractions.
  static func anchorProbabilities(_ law: [Rational], negativeCount: Int) -> [[Rational]] {
    let count = law.count
    let powers = (0..<1 << count).map { set in
      law.indices.reduce(Rational(0)) { $0 + (set >> $1 & 1 == 1 ? law[$1] : 0) }
        .power(negativeCount)
    }
    return (0..<1 << count).map { set in
      law.indices.map { j in
        set >> j & 1 == 1 ? law[j] * chanceOfExactly(set, withAnchor: j, staying: powers) : 0
      }
    }
  }

  /// The chance that the negatives of an anchor of class j show exactly the other classes of a set
  /// S, and j or not.
  ///
  /// By inclusion-exclusion over the sets T with j in T and T in S: the sum of (-1)^(|S| - |T|)
  /// times the chance that all negatives stay in T.
  ///
  /// - Parameters:
  ///   - set: S as bits.
  ///   - j: A class of S.
  ///   - staying: The chance for each T as bits, or any multiple of it.
  static func chanceOfExactly(
    _ set: Int, withAnchor j: Int, staying: [Rational]
  ) -> Rational {
    var sum = Rational(0)
    var part = set
    while part > 0 {
      if part >> j & 1 == 1 {
        let isEven = (set ^ part).nonzeroBitCount.isMultiple(of: 2)
        sum = isEven ? sum + staying[part] : sum - staying[part]
      }
      part = (part - 1) & set
    }
    return sum
  }

  /// The loss at observation `x`, with `probabilities` from `anchorProbabilities`.
  init(_ model: FiniteModel, observation x: Int, probabilities: [[Rational]]) {
    classCount = model.classCount
    var terms: [Term] = []
    var coefficients = [Rational](repeating: 0, count: classCount)
    for (set, anchors) in probabilities.enumerated() where set.nonzeroBitCount >= 2 {
      let members = (0..<classCount).filter { set >> $0 & 1 == 1 }
      var weight = Rational(0)
      for j in members {
        let part = anchors[j] * model.conditionals[j][x]
        weight += part
        coefficients[j] += part
      }
      // Sets of more than K + 1 classes cannot be drawn.
      if weight.signum > 0 { terms.append(Term(members: members, weight: weight)) }
    }
    self.terms = terms
    self.coefficients = coefficients
  }

  /// f(q), for scores as they are.
  func value(_ scores: [Rational], precision: Int) -> Enclosure {
    let exponentials = Self.exponentials(scores, precision: precision)
    var sum = Enclosure(0)
    for term in terms {
      let log = Self.sum(term.members, exponentials, precision)
        .naturalLogarithm(precision: precision)
      sum = sum.adding(log.scaled(by: term.weight, precision: precision), precision: precision)
    }
    let linear = zip(coefficients, scores).reduce(Rational(0)) { $0 + $1.0 * $1.1 }
    return sum.subtracting(Enclosure(linear, precision: precision), precision: precision)
  }

  /// The gradient of f at q.
  func gradient(_ scores: [Rational], precision: Int) -> [Enclosure] {
    let exponentials = Self.exponentials(scores, precision: precision)
    var gradient = coefficients.map { Enclosure(-$0, precision: precision) }
    for term in terms {
      let total = Self.sum(term.members, exponentials, precision)
      for j in term.members {
        let share = exponentials[j].divided(by: total, precision: precision)
          .scaled(by: term.weight, precision: precision)
        gradient[j] = gradient[j].adding(share, precision: precision)
      }
    }
    return gradient
  }

  static func exponentials(_ scores: [Rational], precision: Int) -> [Enclosure] {
    scores.map { Enclosure($0, precision: precision).exponential(precision: precision) }
  }

  static func sum(_ members: [Int], _ values: [Enclosure], _ precision: Int) -> Enclosure {
    members.reduce(Enclosure(0)) { $0.adding(values[$1], precision: precision) }
  }
}
