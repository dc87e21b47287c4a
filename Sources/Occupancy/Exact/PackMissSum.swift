// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The probability that b packs of k different classes miss one of R required ones, by
/// inclusion-exclusion:
///
///     1 - v_b = T_1 - T_2 + T_3 - ..., T_j = binom(R, j) q_j^b, q_j = binom(C-j, k)/binom(C, k).
///
/// Two neighbouring partial sums enclose it (Bonferroni). T_(j+1)/T_j falls with j, so the terms
/// rise once and fall once.
struct PackMissSum {
  let classCount: Int
  let packSize: Int
  let requiredCount: Int
  /// b.
  let packCount: Int

  /// The highest j with a term other than zero: all k classes of a pack lie outside the j.
  private var lastTerm: Int { min(requiredCount, classCount - packSize) }

  /// An enclosure of 1 - v_b whose absolute error is near 2^-precision times min(T_1, 1).
  ///
  /// - Throws: `CapacityError` when there are too many terms or too many bits cancel.
  func missProbability(precision: Int) throws(CapacityError) -> Enclosure {
    let (count, largestLog2) = try estimate(precision: precision)
    // q^b errs by b times the 2j roundings of q.
    let lost = Int(log2(4 * Double(packCount) * Double(count + 1))) + 4
    let working = precision + lost + Int(max(0, largestLog2)) + 8
    var sum = BallSum(precision: working)
    var binomial = RealBall(1, precision: working)
    var survival = RealBall(1, precision: working)
    var term = RealBall(precision: working)
    var base = RealBall(precision: working)
    var negligible = 0
    for j in 1...lastTerm {
      binomial.multiply(by: requiredCount - j + 1)
      binomial.divide(by: j)
      survival.multiply(by: classCount - packSize - j + 1)
      survival.divide(by: classCount - j + 1)
      term.set(survival)
      term.formPower(packCount, base: &base)
      term.multiply(by: binomial)
      let size = term.magnitude
      if j == 1 { negligible = min(0, size.exponent) - precision - 4 }
      sum.add(term, isNegative: j % 2 == 0)
      if j > 1 && size.exponent < negligible {
        return sum.enclosure().bonferroni(term: size, j, precision: working)
      }
    }
    return sum.enclosure()
  }

  /// 1 - v_b as a fraction, or nil if that is more work than given.
  func exactMissProbability(workLimit: Double) -> Rational? {
    let all = Integer.binomial(classCount, packSize)
    let words = Double(all.bitWidth) * Double(packCount) / 64 + 1
    guard words * words.squareRoot() * Double(lastTerm) < workLimit else { return nil }
    var sum: Integer = 0
    for j in stride(from: 1, through: lastTerm, by: 1) {
      let term =
        Integer.binomial(requiredCount, j)
        * Integer.binomial(classCount - j, packSize).power(packCount)
      sum += j % 2 == 1 ? term : -term
    }
    return Rational(sum, all.power(packCount))
  }

  /// How many terms there are and log2 of the largest, in `Double` arithmetic.
  private func estimate(
    precision: Int
  ) throws(CapacityError) -> (count: Int, largestLog2: Double) {
    let (c, k, r, b) = (
      Double(classCount), Double(packSize), Double(requiredCount), Double(packCount)
    )
    var (count, largest, nats, floor) = (0, -Double.infinity, 0.0, -Double.infinity)
    while count < lastTerm {
      let j = Double(count)
      nats += log((r - j) / (j + 1)) + b * log1p(-k / (c - j))
      let bits = nats / ln2
      count += 1
      largest = max(largest, bits)
      if count == 1 { floor = min(0, bits) - Double(precision) - 6 }
      // Far more terms than could be served.
      if bits < floor || count > 1_000_000 { break }
    }
    let words = (Double(precision) + max(0, largest)) / 64 + 2
    let work = words * words.squareRoot() * (log2(b + 2) + 4) * 2 * Double(count)
    guard work >= InclusionExclusion.workLimit else { return (count, largest) }
    throw CapacityError(
      request:
        "the probability that \(packCount) packs of \(packSize) show \(requiredCount) classes",
      estimate:
        "over \(Int(min(work / 1e9, 1e9)) + 1) seconds, as \(count) terms cancel "
        + "\(Int(max(0, min(largest, 1e9)))) bits",
      suggestion: "ask for more packs")
  }
}
