// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness

@testable import Occupancy

/// What a random goal asks for.
enum GoalKind: CaseIterable, Sendable {
  /// So many copies of every class.
  case copies
  /// Copies of some classes, whichever.
  case atLeast
  /// Copies of the first classes, or of some of these.
  case required
  /// A number of copies for each class, 0 among them, and for some of these classes.
  case copiesOfEach
  /// As before, where some draws show no class.
  case blanks
}

/// A random small law with a goal, which the definition decides for every outcome.
struct GoalCase: CustomStringConvertible {
  let item: SmallCase
  /// m for each class, in the order of the weights.
  let copies: [Int]
  /// j.
  let needed: Int
  let goal: CoverageGoal

  init(_ kind: GoalKind, _ random: inout SplitMix64) throws {
    item = SmallCase(&random, hasBlank: kind == .blanks)
    let count = item.weights.count
    let same = Int.random(in: 1...3, using: &random)
    switch kind {
    case .copies:
      (copies, needed) = (item.weights.map { _ in same }, count)
      goal = try CoverageGoal(copies: same)
    case .atLeast:
      (copies, needed) = (item.weights.map { _ in same }, Int.random(in: 1...count, using: &random))
      goal = try CoverageGoal(copies: same, atLeast: needed)
    case .required:
      let required = Int.random(in: 1...count, using: &random)
      copies = (0..<count).map { $0 < required ? same : 0 }
      if Bool.random(using: &random) {
        needed = required
        goal = try CoverageGoal(required: required, copies: same)
      } else {
        needed = Int.random(in: 1...required, using: &random)
        goal = try CoverageGoal(required: required, copies: same, atLeast: needed)
      }
    case .copiesOfEach, .blanks:
      // Every class once, each with its own number, or 0 and 1 alone.
      let most = [0, 1, 3].randomElement(using: &random) ?? 0
      var each = item.weights.map { _ in most == 0 ? 1 : Int.random(in: 0...most, using: &random) }
      if !each.contains(where: { $0 > 0 }) { each[count - 1] = 1 }
      copies = each
      let all = each.count { $0 > 0 }
      if Bool.random(using: &random) {
        needed = all
        goal = try CoverageGoal(copiesOfEach: each)
      } else {
        needed = Int.random(in: 1...all, using: &random)
        goal = try CoverageGoal(copiesOfEach: each, atLeast: needed)
      }
    }
  }

  /// A case whose goal some number of draws reaches.
  static func reachable(_ kind: GoalKind, _ random: inout SplitMix64) throws -> GoalCase {
    while true {
      let example = try GoalCase(kind, &random)
      let law = try example.item.law
      if (try? example.goal.checkReach(law, example.item.sampling)) != nil { return example }
    }
  }

  var description: String { "\(item), copies \(copies), \(needed) of them" }

  /// Whether an outcome reaches the goal.
  func isReached(_ counts: [Int]) -> Bool {
    zip(counts, copies).count { $1 > 0 && $0 >= $1 } >= needed
  }

  /// Whether no class must come more than once: inclusion-exclusion serves these only.
  var isSingle: Bool { copies.allSatisfy { $0 <= 1 } }

  var time: WaitingTime {
    get throws { try WaitingTime(law: item.law, sampling: item.sampling, goal: goal) }
  }

  /// E[T] and E[T^2], from the definition: draw after draw with replacement, a sum over all numbers
  /// of draws without.
  var moments: (mean: Rational, square: Rational) {
    if item.sampling == .withReplacement {
      var known: [[Int]: (Rational, Rational)] = [:]
      return chainMoments(copies.map { _ in 0 }, &known)
    }
    var (first, second): (Rational, Rational) = (0, 0)
    for (n, v) in curve(upTo: item.weights.reduce(0, +)).enumerated() {
      first += 1 - v
      second += Rational(2 * n + 1) * (1 - v)
    }
    return (first, second)
  }

  /// First-step analysis: from the copies seen of each class, none counted beyond m, T = 1 + T'
  /// with T' from the same copies or from one more.
  private func chainMoments(
    _ seen: [Int], _ known: inout [[Int]: (Rational, Rational)]
  ) -> (Rational, Rational) {
    if isReached(seen) { return (0, 0) }
    if let value = known[seen] { return value }
    let total = item.weights.reduce(item.blank, +)
    var leaving = 0
    var (first, second): (Rational, Rational) = (0, 0)
    for (c, weight) in item.weights.enumerated() where seen[c] < copies[c] {
      leaving += weight
      var next = seen
      next[c] += 1
      let (a, b) = chainMoments(next, &known)
      first += Rational(weight, total) * a
      second += Rational(weight, total) * b
    }
    let (leave, stay) = (Rational(leaving, total), Rational(total - leaving, total))
    let mean = (1 + first) / leave
    let square = (1 + 2 * (stay * mean + first) + second) / leave
    known[seen] = (mean, square)
    return (mean, square)
  }

  /// P(T <= n) for n = 0, 1, ..., by the definition, class after class: an oracle that shares
  /// nothing with the sources.
  ///
  /// With a polynomial for each number of classes that count, sum over k of choices(k) x^k.
  func curve(upTo last: Int) -> [Rational] {
    let isFinite = item.sampling == .withoutReplacement
    func factor(_ weight: Int, _ range: Range<Int>) -> Polynomial {
      Polynomial(
        coefficients: (0...last).map { k in
          guard range.contains(k) else { return 0 }
          return isFinite
            ? Rational(Integer.binomial(weight, k))
            : Rational(Integer(weight).power(k), Integer.factorial(k))
        })
    }
    let all = 0..<(last + 1)
    var states = (0...item.weights.count).map { d in
      Polynomial.constant(d == 0 ? 1 : 0, upTo: last)
    }
    for (weight, m) in zip(item.weights, copies) {
      if m == 0 {
        let free = factor(weight, all)
        for d in states.indices { states[d] = states[d] * free }
        continue
      }
      let (short, reached) = (factor(weight, 0..<m), factor(weight, m..<max(m, last + 1)))
      for d in states.indices.reversed() {
        let kept = states[d] * short
        states[d] = d > 0 ? kept + states[d - 1] * reached : kept
      }
    }
    let sum = states[needed...].reduce(Polynomial.constant(0, upTo: last), +)
    let blank = sum * factor(item.blank, all)
    let total = item.weights.reduce(item.blank, +)
    return blank.coefficients.enumerated().map { n, ways in
      isFinite
        ? ways / Rational(Integer.binomial(total, n))
        : ways * Rational(Integer.factorial(n), Integer(total).power(n))
    }
  }
}
