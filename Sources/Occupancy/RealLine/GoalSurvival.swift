// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// 1 - P(t), the chance that a `CoverageGoal` is not reached at time t, classes being drawn
/// independently: class c fewer than m times with the chance
///
///     with replacement     l_c = e^(-y) sum_(k<m) y^k/k!,                y = r_c t,
///     without              l_c = e^(-y) sum_(k<m) binom(w_c, k) (e^s - 1)^k,  s = t/min w,
///
/// r_c = w_c/min w, as each item then has its own exponential time of rate 1/min w.
final class GoalSurvival {
  private let law: LabelLaw
  private let sampling: SamplingScheme
  private let goal: CoverageGoal
  private let precision: Int
  private let ratios: [Rational]
  private let rank: GoalRank
  private var y, odds, term: RealBall

  init(law: LabelLaw, sampling: SamplingScheme, goal: CoverageGoal, precision: Int) {
    self.law = law
    self.sampling = sampling
    self.goal = goal
    self.precision = precision
    ratios = law.groups.map { Rational($0.weight, law.smallestWeight) }
    rank = GoalRank(
      classCount: law.classCount, needed: goal.classCount(of: law),
      isUniform: law.isUniform, precision: precision)
    y = RealBall(precision: precision)
    odds = RealBall(precision: precision)
    term = RealBall(precision: precision)
  }

  /// Sets `missing` to 1 - P(t) and returns a bound of what it errs by.
  func evaluate(time: borrowing RealBall, into missing: inout Accumulator) -> Magnitude {
    if sampling == .withoutReplacement {
      odds.set(Rational(1, law.smallestWeight))
      odds.multiply(by: time)
      odds.formExponential()
      odds.formComplement()
      odds.negate()
    }
    rank.begin()
    var left = law.classCount
    for (i, group) in law.groups.enumerated() {
      y.set(ratios[i])
      y.multiply(by: time)
      let short = short(group)
      let size = short.magnitude
      // The classes from here on are at least as likely to be drawn: they all count but for a chance
      // of left l, or of 2^-precision each where l underflows.
      if size.mantissa == 0 || size.exponent <= -precision {
        let bound = size.mantissa == 0 ? Magnitude(0.5, exponent: -precision) : size
        rank.addCertain(left)
        return rank.finish(into: &missing) + bound * Magnitude(Double(left) * (1 + 0x1p-20))
      }
      let reached = reached(group, short)
      rank.add(group.classCount, short: short, reached: reached)
      left -= group.classCount
    }
    return rank.finish(into: &missing)
  }

  /// l, a sum of positive terms; `term` is the last of them.
  private func short(_ group: LabelLaw.Group) -> RealBall {
    term.set(y)
    term.negate()
    term.formExponential()
    var sum = Accumulator(precision: precision)
    sum.set(term.value, rounding: .nearest)
    var error = term.absoluteError
    let u = RelativeError.rounding(precision: precision)
    for k in 1..<goal.copies {
      advance(to: k, group)
      sum.add(term.value, rounding: .nearest)
      error = error + term.absoluteError + Magnitude(sum) * u
    }
    return RealBall(sum, absoluteError: error)
  }

  /// From the chance of k - 1 draws to that of k.
  private func advance(to k: Int, _ group: LabelLaw.Group) {
    if sampling == .withReplacement {
      term.multiply(by: y)
    } else {
      term.multiply(by: odds)
      term.multiply(by: max((group.weight.int ?? .max) - k + 1, 0))
    }
    term.divide(by: k)
  }

  /// 1 - l, or the series of its own where that would cancel too much.
  private func reached(_ group: LabelLaw.Group, _ short: borrowing RealBall) -> RealBall {
    var result = RealBall(precision: precision)
    if sampling == .withoutReplacement, (group.weight.int ?? .max) < goal.copies { return result }
    result.set(short)
    result.formComplement()
    guard result.error.bound > 0x1p-32 else { return result }
    // 1 - l = sum_(k>=m); once the ratio of terms is below 1/2, and it falls, the rest is less than the
    // last term.
    var k = goal.copies
    advance(to: k, group)
    var sum = Accumulator(precision: precision)
    sum.set(term.value, rounding: .nearest)
    var error = term.absoluteError
    let u = RelativeError.rounding(precision: precision)
    var last = term.magnitude
    while true {
      k += 1
      advance(to: k, group)
      let size = term.magnitude
      sum.add(term.value, rounding: .nearest)
      error = error + term.absoluteError + Magnitude(sum) * u
      if size.mantissa == 0 { break }
      if size.exponent < last.exponent - 2, size.exponent < Magnitude(sum).exponent - precision {
        error = error + size
        break
      }
      last = size
    }
    return RealBall(sum, absoluteError: error)
  }
}
