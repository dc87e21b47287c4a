// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Exact fractions: sums of integers over one denominator, M^n or binom(M, n), reduced once.
extension InclusionExclusion {
  /// The coverage probability as a fraction, or nil if its terms are too many or too long.
  ///
  ///     v_n = sum over weights w of a_w (M - w)^n / M^n,
  ///
  /// a_w the number of sets of classes of weight w, counted with the sign (-1)^j of their number j;
  /// without replacement binom(M - w, n)/binom(M, n) in place of the powers. For equal classes
  /// this is C! S(n, C)/C^n with the Stirling number S.
  func exactValue(workLimit: Double) -> Rational? {
    guard let subsets = exactSubsets(workLimit: workLimit) else { return nil }
    // Sets of different sizes may have the same weight. Listed weights fit machine integers.
    var counts: [Int: Integer] = [:]
    for (j, level) in subsets.levels.enumerated() {
      for term in level {
        counts[term.weight.int ?? .max, default: 0] += j % 2 == 0 ? term.count : -term.count
      }
    }
    let terms = counts.map { SubsetLevels.Term(weight: Integer($0.key), count: $0.value) }
    return fraction(weightedDraws(terms))
  }

  /// P(D_n = d) for d = 0...top as fractions, or nil likewise.
  ///
  ///     P(D_n = d) = sum_(j >= C-d) (-1)^(j-(C-d)) binom(j, C-d) T_j:
  ///
  /// exactly C - d classes are missed (Feller I, IV.3).
  func exactDistinctLaw(upTo top: Int, workLimit: Double) -> [Rational]? {
    guard let subsets = exactSubsets(workLimit: workLimit / Double(requirement.classCount)) else {
      return nil
    }
    let levels = subsets.levels.map { weightedDraws($0) }
    let c = requirement.classCount
    return (0...top).map { d in
      var sum: Integer = 0
      var binomial: Integer = 1
      for j in c - d...c {
        // binom(j, C-d) from binom(j-1, C-d)
        if j > c - d {
          binomial.multiply(by: -j)
          binomial.divideExactly(by: j - (c - d))
        }
        sum.addProduct(levels[j], binomial)
      }
      return fraction(sum)
    }
  }

  /// sum of count * P(no draw in weight w) over some terms, as a fraction.
  func exactLevel(_ level: [SubsetLevels.Term]) -> Rational { fraction(weightedDraws(level)) }

  /// All levels of subsets, or nil if they are too many for numbers of this length.
  private func exactSubsets(workLimit: Double) -> SubsetLevels? {
    guard requirement.classCount <= SubsetLevels.termLimit else { return nil }
    let words = Double(drawCount) * Double(law.total.bitWidth) / 64 + 1
    // At least C + 1 terms: refused before they are listed.
    guard Double(requirement.classCount) * words * log2(words + 2) < workLimit,
      let subsets = SubsetLevels(requirement, levelLimit: requirement.classCount)
    else { return nil }
    let terms = Double(subsets.levels.reduce(0) { $0 + $1.count })
    return terms * words * log2(words + 2) < workLimit ? subsets : nil
  }

  /// The greatest common divisor of M and the weights: with replacement only their ratios matter.
  private var commonWeight: Int {
    if sampling == .withoutReplacement { return 1 }
    return requirement.commonWeight.int ?? 1
  }

  /// sum of count * (M - w)^n, or of count * binom(M - w, n) without replacement; M and w in units
  /// of `commonWeight`.
  private func weightedDraws(_ terms: [SubsetLevels.Term]) -> Integer {
    guard let allWeights = law.total.int else {
      // A law given by probabilities with long denominators.
      return terms.reduce(0) { sum, term in
        sum + (law.total - term.weight).power(drawCount) * term.count
      }
    }
    let unit = commonWeight
    let total = allWeights / unit
    let rests = terms.compactMap { term -> (base: Int, coefficient: Integer)? in
      guard let weight = term.weight.int, weight / unit < total, term.count.signum != 0 else {
        return nil
      }
      return (total - weight / unit, term.count)
    }
    if sampling == .withoutReplacement { return binomialSum(rests) }
    guard let largest = rests.map(\.base).max() else { return 0 }
    // Where the bases are not scattered, their powers share primes.
    guard largest <= 3 * rests.count else { return PowerSum.value(of: rests, exponent: drawCount) }
    var coefficients = Array(repeating: Integer(0), count: largest)
    for rest in rests { coefficients[rest.base - 1] += rest.coefficient }
    return PowerSum(coefficients: coefficients, exponent: drawCount).value()
  }

  /// sum of coefficient * binom(base, n): from the largest base down, because
  /// binom(b-1, n) = binom(b, n) (b-n)/b.
  private func binomialSum(_ terms: [(base: Int, coefficient: Integer)]) -> Integer {
    var sum: Integer = 0
    var binomial: Integer = 0
    var base = Int.max
    for term in terms.sorted(by: { $0.base > $1.base }) where term.base >= drawCount {
      // A binomial coefficient anew costs about as much as so many steps.
      if base - term.base > 100 {
        binomial = Integer.binomial(term.base, drawCount)
        base = term.base
      }
      while base > term.base {
        binomial.multiply(by: base - drawCount)
        binomial.divideExactly(by: base)
        base -= 1
      }
      sum.addProduct(binomial, term.coefficient)
    }
    return sum
  }

  /// A number of draws among all.
  private func fraction(_ draws: Integer) -> Rational {
    guard let total = law.total.int else {
      return Rational(draws, law.total.power(drawCount))
    }
    return sampling == .withReplacement
      ? Rational(draws, overPowerOf: total / commonWeight, drawCount)
      : Rational(draws, Integer.binomial(total, drawCount))
  }
}
