// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The probability that some class comes fewer than m_c times, when that is rarer than the
/// precision asked for.
///
/// With N_c the draws of class c, A_c = {N_c < m_c}, T_1 = sum_c P(A_c) and T_2 = sum_(c<d) P(A_c
/// and A_d), Bonferroni gives T_1 - T_2 <= P(some A_c) <= T_1. Multinomial and multivariate
/// hypergeometric counts are negatively associated (Joag-Dev & Proschan, *Negative association of
/// random variables with applications*, Annals of Statistics 11 (1983), 3.1), so P(A_c and A_d) <=
/// P(A_c) P(A_d) and T_2 <= T_1^2/2: T_1 (1 - T_1/2) <= P(some A_c) <= T_1, relative width below
/// T_1.
struct UnionBound {
  let requirement: Requirement
  let sampling: SamplingScheme
  let drawCount: Int

  /// An enclosure of the probability; narrow when that is small.
  func probability(precision: Int) -> Enclosure {
    let working = precision + 16 + 2 * (Int.bitWidth - drawCount.leadingZeroBitCount)
    let first = expectedCount(precision: working)
    guard first.upper <= Real(1) else { return Enclosure(lower: Real(0), upper: Real(1)) }
    // x (1 - x/2) increases for x <= 1, so its lower bound is taken at T_1's lower end.
    var rest = Accumulator(precision: working)
    rest.set(first.lower, rounding: .up)
    rest.scale(byPowerOfTwo: -1)
    rest.negate()
    rest.add(1, rounding: .down)
    var lower = Accumulator(precision: working)
    lower.set(first.lower, rounding: .down)
    lower.multiply(by: rest, rounding: .down)
    return Enclosure(lower: Real(lower), upper: first.upper)
  }

  /// T_1, the mean number of classes that fall short.
  func expectedCount(precision: Int) -> Enclosure {
    let single = requirement.singleClasses(where: { $0 == 1 })
    var sum = BallSum(precision: precision)
    if !single.isEmpty {
      sum.add(
        MissWeights(law: requirement.law, sampling: sampling, drawCount: drawCount)
          .sum(single, precision: precision))
    }
    for part in requirement.parts where part.copies > 1 {
      var term = shortfall(of: part, precision: precision)
      term.multiply(by: part.classCount)
      sum.add(term)
    }
    return sum.enclosure().nonnegative
  }

  /// P(N_c < m): binomial or hypergeometric, a sum of positive terms, each from the one before.
  ///
  ///     with replacement     binom(n, k) w^k (M-w)^(n-k)/M^n
  ///     without              binom(w, k) binom(M-w, n-k)/binom(M, n), k >= n - (M - w)
  private func shortfall(of part: Requirement.Part, precision: Int) -> RealBall {
    let (n, copies) = (drawCount, part.copies)
    let rest = requirement.law.total - part.weight
    var sum = BallSum(precision: precision)
    var term: RealBall
    switch sampling {
    case .withReplacement:
      if rest.signum == 0 { return RealBall(n < copies ? 1 : 0, precision: precision) }
      term = RealBall(Rational(rest, requirement.law.total), precision: precision)
      term.formPower(n)
      let odds = RealBall(Rational(part.weight, rest), precision: precision)
      for k in 0..<copies {
        if k > n { break }
        if k > 0 {
          term.multiply(by: odds)
          term.multiply(by: n - k + 1)
          term.divide(by: k)
        }
        sum.add(term)
      }
    case .withoutReplacement:
      let (size, others) = (part.weight.int ?? .max, rest.int ?? .max)
      let first = max(0, n - others)
      guard first < copies else { return RealBall(0, precision: precision) }
      term = Factorials.binomial(size, first, precision: precision)
      term.multiply(by: Factorials.binomial(others, n - first, precision: precision))
      term.divide(by: Factorials.binomial(size + others, n, precision: precision))
      for k in first..<copies {
        if k > min(n, size) { break }
        if k > first {
          term.multiply(by: size - k + 1)
          term.multiply(by: n - k + 1)
          term.divide(by: k)
          term.divide(by: others - n + k)
        }
        sum.add(term)
      }
    }
    var result = RealBall(precision: precision)
    result.set(sum.enclosure().nonnegative)
    return result
  }
}
