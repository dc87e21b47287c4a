// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// Exact counts of draws by taking the classes one after another: the recurrence for unequal ones.
///
/// A_c(i, d), the ways for i draws to fall into the first c classes and show d of them, obeys
///
///     A_c(i, d) = sum_(k < m) choose_c(k) A_(c-1)(i-k, d)
///                 + sum_(k >= m) choose_c(k) A_(c-1)(i-k, d-1)
///
/// with weights choose_c(k) = binom(i, k) w_c^k for ordered draws with replacement and binom(m_c,
/// k) for sets without, m the copies that class c must come. All terms are positive. Draws that
/// need not show anything are a class that counts never.
struct ClassConvolution {
  let requirement: Requirement
  let sampling: SamplingScheme

  /// Whether the recurrence takes at most `workLimit` word operations.
  private func isFeasible(drawCount n: Int, distinct: Int, workLimit: Double) -> Bool {
    let words = Double(n) * Double(requirement.law.total.bitWidth) / 64 + 1
    return Double(requirement.classCount + 1) * Double(n) * Double(n) * Double(distinct) * words
      < workLimit
  }

  /// v_n, or nil if that is too much work.
  func coverage(drawCount n: Int, workLimit: Double) -> Rational? {
    probability(ofEachDrawn: nil, drawCount: n, workLimit: workLimit)
  }

  /// P(D_n = d) for d = 0...min(n, C), or nil if that is too much work.
  func distinctLaw(drawCount n: Int, workLimit: Double) -> [Rational]? {
    let states = min(n, requirement.classCount)
    guard isFeasible(drawCount: n, distinct: states, workLimit: workLimit) else { return nil }
    return ways(upTo: n, states: states).map { share($0) }
  }

  /// For d = 0...states the ways for 0...n draws to show d of the classes that must come.
  func ways(upTo n: Int, states: Int) -> [[Integer]] {
    let none = Array(repeating: Integer(0), count: n + 1)
    var ways = Array(repeating: none, count: states + 1)
    ways[0][0] = 1
    for part in requirement.parts {
      let (weight, copies) = (part.weight, part.copies)
      for _ in 0..<part.classCount {
        for d in stride(from: states, through: 0, by: -1) {
          let more = d > 0 ? drawn(weight, ways[d - 1], copies..<Int.max) : none
          if copies > 1 { ways[d] = drawn(weight, ways[d], 0..<copies) }
          for i in 0...n { ways[d][i] += more[i] }
        }
      }
    }
    return ways.map(withFree)
  }

  /// The probability that every class is drawn as often as one of the ranges, which do not overlap,
  /// says, or as often as it must come; nil if that is too much work.
  func probability(ofEachDrawn ranges: [Range<Int>]?, drawCount n: Int, workLimit: Double)
    -> Rational?
  {
    guard isFeasible(drawCount: n, distinct: 1, workLimit: workLimit) else { return nil }
    var ways = [1] + Array(repeating: Integer(0), count: n)
    for part in requirement.parts {
      for _ in 0..<part.classCount {
        let parts = (ranges ?? [part.copies..<Int.max]).map { drawn(part.weight, ways, $0) }
        ways = (0...n).map { i in parts.reduce(0) { $0 + $1[i] } }
      }
    }
    return share(withFree(ways))
  }

  /// With any number of draws that need not show anything.
  private func withFree(_ ways: [Integer]) -> [Integer] {
    requirement.isFull ? ways : drawn(requirement.freeWeight, ways, 0..<Int.max)
  }

  /// The share of the ways for the last number of draws among all.
  private func share(_ ways: [Integer]) -> Rational {
    let n = ways.count - 1
    return Rational(ways[n], sampling.drawWays(requirement.law.total, n))
  }

  /// sum_k choose(k) ways[i - k] for every i, k in a range.
  private func drawn(_ weight: Integer, _ ways: [Integer], _ range: Range<Int>) -> [Integer] {
    let n = ways.count - 1
    let most = sampling == .withReplacement ? n : min(n, weight.int ?? n)
    let size = min(most, range.upperBound - 1)
    let choose = (0...size).map { k in
      if k < range.lowerBound { return 0 as Integer }
      return sampling == .withReplacement ? weight.power(k) : Integer.binomial(weight.int ?? 0, k)
    }
    return (0...n).map { i in
      var sum: Integer = 0
      for k in stride(from: range.lowerBound, through: min(i, size), by: 1)
      where ways[i - k].signum != 0 {
        let factor = sampling == .withReplacement ? choose[k] * Integer.binomial(i, k) : choose[k]
        sum.addProduct(factor, ways[i - k])
      }
      return sum
    }
  }
}
