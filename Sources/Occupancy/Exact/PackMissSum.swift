// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

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
    let estimate = estimate(precision: precision)
    guard estimate.work < InclusionExclusion.workLimit else { throw refusal(estimate) }
    // q^b errs by b times the 2j roundings of q.
    let lost = Int(log2(4 * Double(packCount) * Double(estimate.count + 1))) + 4
    let working = precision + lost + Int(max(0, estimate.largestLog2)) + 8
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
      if j > 1 && size.exponent < negligible {
        // What is left out has the sign of this term, and is at most this term.
        let bound = Enclosure(lower: Real(0), upper: size.real)
        let here = sum.enclosure()
        return j % 2 == 1
          ? here.adding(bound, precision: working) : here.subtracting(bound, precision: working)
      }
      sum.add(term, isNegative: j % 2 == 0)
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

  // MARK: - Planning

  private struct Estimate {
    var count = 0
    var largestLog2 = -Double.infinity
    var work = 0.0
  }

  /// The terms in `Double` arithmetic.
  private func estimate(precision: Int) -> Estimate {
    let (c, k, r, b) = (
      Double(classCount), Double(packSize), Double(requiredCount), Double(packCount)
    )
    var (result, nats, floor) = (Estimate(), 0.0, -Double.infinity)
    while result.count < lastTerm {
      let j = Double(result.count)
      nats += log((r - j) / (j + 1)) + b * log1p(-k / (c - j))
      let bits = nats / 0.693_147_180_559_945_3
      result.count += 1
      result.largestLog2 = max(result.largestLog2, bits)
      if result.count == 1 { floor = min(0, bits) - Double(precision) - 6 }
      // Far more terms than could be served.
      if bits < floor || result.count > 1_000_000 { break }
    }
    let words = (Double(precision) + max(0, result.largestLog2)) / 64 + 2
    result.work = words * words.squareRoot() * (log2(b + 2) + 4) * 2 * Double(result.count)
    return result
  }

  private func refusal(_ estimate: Estimate) -> CapacityError {
    CapacityError(
      request:
        "the probability that \(packCount) packs of \(packSize) show \(requiredCount) classes",
      estimate:
        "over \(Int(min(estimate.work / 1e9, 1e9)) + 1) seconds, as \(estimate.count) terms cancel "
        + "\(Int(max(0, min(estimate.largestLog2, 1e9)))) bits",
      suggestion: "ask for more packs")
  }
}
