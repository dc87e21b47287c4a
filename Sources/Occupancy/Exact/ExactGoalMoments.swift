// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// E[T] and Var[T] of the draws until a `CoverageGoal` is reached, as fractions, for small laws.
///
/// * Equal classes once, with replacement: T is a sum of independent geometric times, so
///   E[T] = sum_(i<j) C/(C-i), Var[T] = sum_(i<j) i C/(C-i)^2.
/// * With replacement, the integrals of `GoalQuadrature` term by term: 1 - P(s) is a sum of terms
///   a s^k e^(-ws), w > 0, and int s^k e^(-ws) ds = k!/w^(k+1).
/// * Without: E[T] = sum_(n>=0) P(T > n), E[T(T+1)] = sum 2(n+1) P(T > n), from the numbers of sets of n
///   items that miss the goal.
enum ExactGoalMoments {
  /// - Parameter workLimit: The most terms and products of fractions.
  /// - Returns: nil when that is more work.
  static func moments(
    law: LabelLaw, sampling: SamplingScheme, goal: CoverageGoal, workLimit: Int
  ) -> ExactWaitingMoments? {
    let needed = goal.classCount(of: law)
    if sampling == .withoutReplacement {
      return bySets(law, goal.copies, needed, workLimit)
    }
    if law.isUniform && goal.copies == 1 {
      guard needed <= workLimit else { return nil }
      return geometric(law.classCount, needed)
    }
    return byTerms(law, goal.copies, needed, workLimit)
  }

  // MARK: - Geometric times

  private static func geometric(_ c: Int, _ needed: Int) -> ExactWaitingMoments {
    ExactWaitingMoments(
      mean: sum(0..<needed) { Rational(c, c - $0) },
      variance: sum(0..<needed) { Rational(Integer($0) * Integer(c), Integer(c - $0).power(2)) })
  }

  /// A sum by halves, so that fractions of like length meet.
  private static func sum(_ range: Range<Int>, _ term: (Int) -> Rational) -> Rational {
    if range.count <= 1 { return range.first.map(term) ?? 0 }
    let middle = (range.lowerBound + range.upperBound) / 2
    return sum(range.lowerBound..<middle, term) + sum(middle..<range.upperBound, term)
  }

  // MARK: - Terms

  /// A term s^power e^(-weight s).
  private struct Term: Hashable {
    let weight: Integer
    let power: Int
  }

  private typealias Sum = [Term: Rational]

  private static func byTerms(
    _ law: LabelLaw, _ copies: Int, _ needed: Int, _ workLimit: Int
  ) -> ExactWaitingMoments? {
    // The states with d < j classes that count.
    var states: [Sum] = Array(repeating: [:], count: needed)
    states[0] = [Term(weight: 0, power: 0): 1]
    var work = 0
    for group in law.groups {
      var short: Sum = [:]
      for k in 0..<copies {
        short[Term(weight: group.weight, power: k)] = Rational(
          group.weight.power(k), Integer.factorial(k))
      }
      for _ in 0..<group.classCount {
        for d in stride(from: needed - 1, through: 0, by: -1) {
          work += (states[d].count + (d > 0 ? states[d - 1].count : 0)) * copies
          if work > workLimit { return nil }
          // d: p l + (p' - p' l), p' of d - 1.
          var next = product(states[d], short)
          if d > 0 {
            for (term, value) in states[d - 1] { next[term, default: 0] += value }
            for (term, value) in product(states[d - 1], short) {
              next[term, default: 0] += -value
            }
          }
          states[d] = next.filter { $0.value.signum != 0 }
        }
      }
    }
    var (first, second): (Rational, Rational) = (0, 0)
    for state in states {
      for (term, value) in state {
        let (k, w) = (term.power, term.weight)
        first += value * Rational(Integer.factorial(k), w.power(k + 1))
        second += 2 * value * Rational(Integer.factorial(k + 1), w.power(k + 2))
      }
    }
    let m = Rational(law.total)
    let mean = m * first
    return ExactWaitingMoments(mean: mean, variance: m * m * second - mean * mean - mean)
  }

  private static func product(_ a: Sum, _ b: Sum) -> Sum {
    var result: Sum = [:]
    for (x, p) in a {
      for (y, q) in b {
        result[Term(weight: x.weight + y.weight, power: x.power + y.power), default: 0] += p * q
      }
    }
    return result
  }

  // MARK: - Sets

  private static func bySets(
    _ law: LabelLaw, _ copies: Int, _ needed: Int, _ workLimit: Int
  ) -> ExactWaitingMoments? {
    let items = law.itemCount ?? .max
    guard Double(items) * Double(items) * Double(needed) < Double(workLimit) else { return nil }
    // Sets of n items that hold m of d classes, d < j.
    let none = Array(repeating: Integer(0), count: items + 1)
    var states = Array(repeating: none, count: needed)
    states[0][0] = 1
    var used = 0
    for (size, classCount) in law.sizes {
      let choose = (0...size).map { Integer.binomial(size, $0) }
      for _ in 0..<classCount {
        for d in stride(from: needed - 1, through: 0, by: -1) {
          var next = none
          for n in 0...used {
            for k in 0...size {
              if k < copies {
                next[n + k].addProduct(states[d][n], choose[k])
              } else if d > 0 {
                next[n + k].addProduct(states[d - 1][n], choose[k])
              }
            }
          }
          states[d] = next
        }
        used += size
      }
    }
    var (first, second): (Rational, Rational) = (0, 0)
    for n in 0...items {
      let missing = Rational(
        states.reduce(Integer(0)) { $0 + $1[n] }, Integer.binomial(items, n))
      first += missing
      second += Rational(2 * (n + 1)) * missing
    }
    return ExactWaitingMoments(mean: first, variance: second - first * first - first)
  }
}
