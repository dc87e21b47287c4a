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

  /// About how long the recurrence takes for so many sums, each of n^2/2 products for each class, and
  /// as many for the factors, of numbers a quarter as long as the longest; without replacement a sum
  /// has at most a product for each item of the class, and the factors are the same for all.
  func seconds(drawCount n: Int, sums: Int) -> Double {
    let (n, total) = (Double(n), requirement.law.total)
    func products(_ weight: Integer, _ classCount: Int) -> Double {
      let length = sampling == .withReplacement ? .infinity : weight.double + 1
      return n * min(n / 2 + 1, length) * Double(classCount)
    }
    let pairs = requirement.parts.reduce(products(requirement.freeWeight, 1)) {
      $0 + products($1.weight, $1.classCount)
    }
    let bits = min(
      n * Double(total.bitWidth), sampling == .withReplacement ? .infinity : total.double)
    return pairs * Double(sums + (sampling == .withReplacement ? 1 : 0))
      * (60e-9 + OperationCost.integer(bits: bits / 4))
  }

  /// P(D_n = d) for d = 0...min(n, C), or nil if that takes longer.
  func distinctLaw(drawCount n: Int, within limit: Double) -> [Rational]? {
    let states = min(n, requirement.classCount)
    // Several copies take two sums a state.
    let sums = requirement.isSingle ? states + 1 : 2 * (states + 1)
    guard seconds(drawCount: n, sums: sums) < limit else { return nil }
    return ways(upTo: n, states: states).map { share($0) }
  }

  /// For d = 0...states the ways for 0...n draws to show d of the classes that must come, or to leave
  /// d of them `missing`.
  func ways(upTo n: Int, states: Int, missing: Bool = false) -> [[Integer]] {
    var ways = Array(repeating: Array(repeating: Integer(0), count: n + 1), count: states + 1)
    ways[0][0] = 1
    for part in requirement.parts {
      let choices = choices(part.weight, through: n)
      let (few, enough) = (0..<part.copies, part.copies..<Int.max)
      let (same, next) = missing ? (enough, few) : (few, enough)
      for _ in 0..<part.classCount {
        // Downwards, so that all that is used is of the classes before.
        for i in stride(from: n, through: 0, by: -1) {
          let factors = factors(choices, i)
          for d in stride(from: states, through: 0, by: -1) {
            let more = d > 0 ? drawn(factors, ways[d - 1], i, next) : 0
            ways[d][i] = drawn(factors, ways[d], i, same) + more
          }
        }
      }
    }
    return ways.map(withFree)
  }

  /// The probability that every class is drawn as often as one of the ranges, which do not overlap,
  /// says, or as often as it must come; nil if that takes longer.
  func probability(
    ofEachDrawn ranges: [Range<Int>]? = nil, drawCount n: Int, within limit: Double
  ) -> Rational? {
    guard seconds(drawCount: n, sums: ranges?.count ?? 1) < limit else { return nil }
    var ways = [1] + Array(repeating: Integer(0), count: n)
    for part in requirement.parts {
      let ranges = ranges ?? [part.copies..<Int.max]
      for _ in 0..<part.classCount { add(part.weight, ranges, to: &ways) }
    }
    return share(withFree(ways))
  }

  /// With any number of draws that need not show anything.
  private func withFree(_ ways: [Integer]) -> [Integer] {
    var ways = ways
    if !requirement.isFull { add(requirement.freeWeight, [0..<Int.max], to: &ways) }
    return ways
  }

  /// Adds a class that is drawn as often as one of the ranges says.
  private func add(_ weight: Integer, _ ranges: [Range<Int>], to ways: inout [Integer]) {
    let most = min(ways.count, ranges.map(\.upperBound).max() ?? 0) - 1
    let choices = choices(weight, through: most)
    for i in ways.indices.reversed() {
      let factors = factors(choices, i)
      ways[i] = ranges.reduce(0) { $0 + drawn(factors, ways, i, $1) }
    }
  }

  /// The share of the ways for the last number of draws among all.
  private func share(_ ways: [Integer]) -> Rational {
    let n = ways.count - 1
    return Rational(ways[n], sampling.drawWays(requirement.law.total, n))
  }

  /// w^k or binom(w, k) for k = 0...most.
  private func choices(_ weight: Integer, through most: Int) -> [Integer] {
    (0...min(most, sampling == .withReplacement ? most : weight.int ?? most)).map {
      sampling == .withReplacement ? weight.power($0) : Integer.binomial(weight.int ?? 0, $0)
    }
  }

  /// choose(k) for i draws.
  private func factors(_ choices: [Integer], _ i: Int) -> [Integer] {
    sampling == .withoutReplacement
      ? choices
      : zip(choices, Integer.binomials(i, through: min(i, choices.count - 1))).map { $0 * $1 }
  }

  /// sum_k choose(k) ways[i - k], k in a range.
  private func drawn(
    _ factors: [Integer], _ ways: [Integer], _ i: Int, _ range: Range<Int>
  ) -> Integer {
    var sum: Integer = 0
    for k in stride(from: range.lowerBound, to: min(range.upperBound, i + 1, factors.count), by: 1)
    where ways[i - k].signum != 0 {
      sum.addProduct(factors[k], ways[i - k])
    }
    return sum
  }
}
