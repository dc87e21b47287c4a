// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// E[T] and Var[T] of the draws until a goal is reached, as fractions, for small laws.
///
/// * Equal classes once, with replacement and every draw showing one: `GeometricTimes`.
/// * Every class once: by the weights that sets of classes have, prod_c (1 - x^(w_c)) = sum_w a_w
///   x^w, from the integrals of `WaitingQuadrature` as 1 - P(s) = -sum_(w>0) a_w e^(-ws), with i,
///   j = 0 with replacement, 1 and 2 without:
///
///       E[T] = -(M+i) sum_(w>0) a_w/(w+i),  E[T(T+1)] = -2 (M+i)(M+j) sum_(w>0) a_w/((w+i)(w+j)).
///
/// * Other goals with replacement, the same integrals term by term: 1 - P(s) is a sum of terms a
///   s^k e^(-ws), w > 0, and int s^k e^(-ws) ds = k!/w^(k+1).
/// * Without: E[T] = sum_(n>=0) P(T > n), E[T(T+1)] = sum 2(n+1) P(T > n), from the numbers of sets
///   of n items that miss the goal.
struct ExactWaitingMoments: Sendable {
  let mean: Rational
  let variance: Rational
  /// E[T(T+1)].
  var rising: Rational { variance + mean * mean + mean }
}

extension ExactWaitingMoments {
  /// - Parameter rising: E[T(T+1)].
  init(mean: Rational, rising: Rational) {
    self.init(mean: mean, variance: rising - mean * mean - mean)
  }

  /// - Returns: nil when the sums have more than `termLimit` terms, or twenty times as many
  ///   products, or when sets of items take longer than `seconds`.
  init?(
    _ requirement: Requirement, sampling: SamplingScheme, termLimit: Int,
    within seconds: @autoclosure () -> Double = CapacityError.patience
  ) {
    if requirement.isGeometric(sampling) {
      guard requirement.needed <= 20 * termLimit else { return nil }
      self = GeometricTimes.exactMoments(
        classCount: requirement.classCount, needed: requirement.needed)
      return
    }
    let result =
      requirement.isSingle && requirement.isComplete
      ? Self.bySubsets(requirement, sampling, termLimit)
      : sampling == .withReplacement
        ? Self.byTerms(requirement, 20 * termLimit) : Self.bySets(requirement, seconds())
    guard let result else { return nil }
    self = result
  }

  private static func bySubsets(
    _ requirement: Requirement, _ sampling: SamplingScheme, _ limit: Int
  ) -> Self? {
    guard let terms = subsetTerms(requirement, limit: limit) else { return nil }
    // w, w and M, M with replacement; w + 1, w + 2 and M + 1, M + 2 without.
    let (i, j): (Integer, Integer) = sampling == .withReplacement ? (0, 0) : (1, 2)
    let m = requirement.law.total
    let first = Rational.sum(terms[...]) { Rational($0.count, $0.weight + i) }
    let second = Rational.sum(terms[...]) { Rational($0.count, ($0.weight + i) * ($0.weight + j)) }
    return Self(mean: -Rational(m + i) * first, rising: -2 * Rational((m + i) * (m + j)) * second)
  }

  /// The terms a_w x^w with w > 0.
  private static func subsetTerms(_ requirement: Requirement, limit: Int) -> [SubsetLevels.Term]? {
    var terms: [Integer: Integer] = [0: 1]
    for part in requirement.parts {
      // (1 - x^w)^k has k + 1 terms, and a product at least as many as each factor.
      guard part.classCount < limit else { return nil }
      let powers = Integer.binomials(part.classCount, through: part.classCount).enumerated().map {
        (weight: part.weight * Integer($0), count: $0 % 2 == 0 ? $1 : -$1)
      }
      var product: [Integer: Integer] = [:]
      for (weight, count) in terms {
        for power in powers {
          product[weight + power.weight, default: 0].addProduct(count, power.count)
        }
        if product.count > limit { return nil }
      }
      terms = product.filter { $0.value.signum != 0 }
    }
    terms[0] = nil
    return terms.map { .init(weight: $0.key, count: $0.value) }.sorted { $0.weight < $1.weight }
  }

  /// A term s^power e^(-weight s).
  private struct Term: Hashable {
    let weight: Integer
    let power: Int
  }

  private typealias Sum = [Term: Rational]

  private static func byTerms(_ requirement: Requirement, _ workLimit: Int) -> Self? {
    let needed = requirement.needed
    // Of the states below, that for d = 0 has a term for every power up to sum (m_c - 1), and the
    // others, as many as classes are taken, have at least one: what is too long is not begun.
    var (least, terms, taken) = (0, 1, 0)
    for part in requirement.parts {
      for _ in 0..<part.classCount {
        least += (terms + min(taken, needed - 1)) * part.copies
        if least > workLimit { return nil }
        (terms, taken) = (terms + part.copies - 1, taken + 1)
      }
    }
    // The states with d < j classes that count.
    var states: [Sum] = Array(repeating: [:], count: needed)
    states[0] = [Term(weight: 0, power: 0): 1]
    var work = 0
    for part in requirement.parts {
      var short: Sum = [:]
      for k in 0..<part.copies {
        short[Term(weight: part.weight, power: k)] = Rational(
          part.weight.power(k), Integer.factorial(k))
      }
      for _ in 0..<part.classCount {
        for d in stride(from: needed - 1, through: 0, by: -1) {
          let before = d > 0 ? states[d - 1] : [:]
          work += (states[d].count + before.count) * part.copies
          if work > workLimit { return nil }
          // d: p l + (p' - p' l), p' of d - 1.
          states[d] = product(states[d], short).merging(before, uniquingKeysWith: +).merging(
            product(before, short).mapValues { -$0 }, uniquingKeysWith: +
          ).filter { $0.value.signum != 0 }
        }
      }
    }
    var (first, second): (Rational, Rational) = (0, 0)
    for (term, value) in states.joined() {
      let (k, w) = (term.power, term.weight)
      first += value * Rational(Integer.factorial(k), w.power(k + 1))
      second += 2 * value * Rational(Integer.factorial(k + 1), w.power(k + 2))
    }
    let m = Rational(requirement.law.total)
    return Self(mean: m * first, rising: m * m * second)
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

  private static func bySets(_ requirement: Requirement, _ limit: Double) -> Self? {
    let convolution = ClassConvolution(requirement: requirement, sampling: .withoutReplacement)
    // Sets that have enough of d classes, d < j, miss the goal; those that miss d, d <= C - j, reach
    // it. Fewer of either are counted.
    let spare = requirement.classCount - requirement.needed
    let byMissing = spare < requirement.needed
    let states = byMissing ? spare : requirement.needed - 1
    // A state is two sums, the first of them one.
    guard let items = requirement.law.itemCount, items < 1 << 20,
      convolution.seconds(drawCount: items, sums: 2 * states + 1)
        // Two fractions for each number of items, with a divisor for each.
        + Double(items) * 40 * OperationCost.integer(bits: Double(items)) < limit
    else { return nil }
    let counts = convolution.ways(upTo: items, states: states, missing: byMissing)
    let shares = (0...items).map { n in
      let (all, counted) = (Integer.binomial(items, n), counts.reduce(Integer(0)) { $0 + $1[n] })
      return (draws: n, missing: Rational(byMissing ? all - counted : counted, all))
    }[...]
    return Self(
      mean: Rational.sum(shares) { $0.missing },
      rising: Rational.sum(shares) { Rational(2 * ($0.draws + 1)) * $0.missing })
  }
}

/// The draws until j of C equally likely classes were seen, with replacement: a sum of independent
/// geometric times, of which the i-th has the chance 1 - i/C of success.
///
/// E[T] = sum_(i<j) C/(C-i) and Var[T] = sum_(i<j) i C/(C-i)^2 (Feller I, IX.3).
enum GeometricTimes {
  /// Both moments as fractions.
  static func exactMoments(classCount c: Int, needed: Int) -> ExactWaitingMoments {
    let times = Array(0..<needed)[...]
    return ExactWaitingMoments(
      mean: Rational.sum(times) { Rational(c, c - $0) },
      variance: Rational.sum(times) { Rational(Integer($0) * Integer(c), Integer(c - $0).power(2)) }
    )
  }

  /// Both moments with an error of about 2^-bits of each; O(j) quotients.
  static func moments(classCount c: Int, needed: Int, bits: Int) -> WaitingMoments {
    let precision = bits + 16 + needed.bitLength
    var mean = BallSum(precision: precision)
    var variance = BallSum(precision: precision)
    var term = RealBall(precision: precision)
    for i in 0..<needed {
      term.set(c)
      term.divide(by: c - i)
      mean.add(term)
      term.multiply(by: i)
      term.divide(by: c - i)
      variance.add(term)
    }
    let first = mean.enclosure()
    let square = first.multiplied(by: first, precision: precision)
    return WaitingMoments(
      mean: first,
      rising: variance.enclosure().adding(square, precision: precision).adding(
        first, precision: precision))
  }
}
