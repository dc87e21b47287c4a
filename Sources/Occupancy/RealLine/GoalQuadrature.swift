// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// E[T] and E[T(T+1)] of the draws T that reach a `CoverageGoal`, by the trapezoidal rule in the
/// logarithm of time.
///
/// As for every class once (`WaitingQuadrature`), with P(t) the chance that the goal is reached at time
/// t, classes being drawn at independent times (`GoalSurvival`), and d, N, N', w_1, w_2 as there,
///
///     E[T] = N d int_0^inf w_1(t) (1 - P(t)) dt,  E[T(T+1)] = N' d^2 int_0^inf w_2(t) (1 - P(t)) dt.
///
/// **Theorem.** With t = e^u, N nodes a step h apart and any 0 < a < pi/2, k = cos a, the rule errs by at
/// most 2 k^(-mC-2)/(e^(2 pi a/h) - 1) of each integral.
///
/// Proof. The time of the m-th draw of class c has a density f that is, up to a constant, t^(m-1) e^(-rt) or
/// (1 - e^(-t/w))^(m-1) e^(-bt), b > 0. At z = t e^(ia), |1 - e^(-z/w)| = |z/w int_0^1 e^(-vz/w) dv| <=
/// (1 - e^(-tk/w))/k, so in both cases |f(z)| <= k^(1-m) f(tk). Along the ray l_c(z) = int_z^inf f and
/// u_c(z) = int_0^z f, so |l_c(z)| <= k^-m l_c(tk) and |u_c(z)| <= k^-m u_c(tk). 1 - P is a sum of products
/// of one of these for every class, so |1 - P(z)| <= k^(-mC) (1 - P(tk)); and |w_1(z)| = w_1(tk), |w_2(z)|
/// <= w_2(tk)/k. So M = int |f(u + ia)| du in the theorem of `WaitingPlan.Strip` is at most
/// int k^(-mC-1) w(tk) (1 - P(tk)) dt, which is k^(-mC-2) times the integral itself.
struct GoalQuadrature {
  let law: LabelLaw
  let sampling: SamplingScheme
  let goal: CoverageGoal

  /// Both moments with an error of about 2^-bits of each.
  ///
  /// - Throws: `CapacityError` when it would take minutes.
  func moments(bits: Int) throws(CapacityError) -> WaitingMoments {
    guard let plan = GoalPlan(law: law, sampling: sampling, goal: goal, bits: bits + 6) else {
      throw refusal("numbers out of range", bits)
    }
    let isDamped = sampling == .withoutReplacement
    let nodes = max(1, plan.last - plan.lastClosed)
    // Products with C factors of m terms, sums of `nodes` terms of sizes up to t^2, 1 - e^(-dt).
    let precision =
      bits + 40 + 2 * plan.rangeBits
      + (Int.bitWidth - (law.classCount * goal.copies).leadingZeroBitCount)
      + 2 * (Int.bitWidth - max(nodes, bits).leadingZeroBitCount)
      + (isDamped ? law.smallestWeight.bitWidth : 0)
    try check(plan, nodes: nodes, precision: precision, bits: bits)
    let sums = nodeSums(plan, precision: precision)
    func integral(_ sum: Enclosure, _ error: Magnitude) -> Enclosure {
      let sum = sum.widened(by: error, precision: precision).nonnegative
      // |S - I| <= e I with e <= 1/4: |S - I| <= 2 e S.
      return sum.widened(
        by: Magnitude(sum.upper) * plan.aliasing * Magnitude(2), precision: precision
      ).nonnegative
    }
    guard plan.aliasing.exponent < -2 else { throw refusal("too wide a strip", bits) }
    let (m, smallest) = (law.total, law.smallestWeight)
    let scale = isDamped ? m + 1 : m
    let square = isDamped ? scale * (m + 2) : m * m
    return WaitingMoments(
      mean: integral(sums.first, plan.errors.first).multiplied(
        by: Enclosure(Rational(scale, smallest), precision: precision), precision: precision),
      rising: integral(sums.second, plan.errors.second).multiplied(
        by: Enclosure(Rational(square, smallest * smallest), precision: precision),
        precision: precision))
  }

  /// h sum t w(t) (1 - P(t)) for both weights.
  private func nodeSums(
    _ plan: GoalPlan, precision: Int
  ) -> (first: Enclosure, second: Enclosure) {
    let isDamped = sampling == .withoutReplacement
    let survival = GoalSurvival(law: law, sampling: sampling, goal: goal, precision: precision)
    var ratio = RealBall(precision: precision)
    ratio.set(plan.step)
    ratio.formExponential()
    var time = RealBall(precision: precision)
    time.set(plan.step)
    time.multiply(by: plan.lastClosed)
    time.formExponential()
    var weight = WaitingWeight(
      scale: isDamped ? law.smallestWeight : nil, precision: precision)
    var first = BallSum(precision: precision)
    var second = BallSum(precision: precision)
    if !isDamped {
      // sum_(k <= K) t_k^i = t_K^i/(1 - e^(-ih)).
      weight.set(time: time)
      for i in 1...2 {
        var decay = RealBall(precision: precision)
        decay.set(plan.step)
        decay.multiply(by: -i)
        decay.formExponential()
        decay.formComplement()
        var term = RealBall(precision: precision)
        if i == 1 { term.set(weight.first) } else { term.set(weight.second) }
        term.divide(by: decay)
        if i == 1 { first.add(term) } else { second.add(term) }
      }
    }
    var missing = Accumulator(precision: precision)
    for k in plan.lastClosed..<plan.last {
      time.multiply(by: ratio)
      weight.set(time: time)
      var error = Magnitude.zero
      if k + 1 > plan.lastCertain {
        error = survival.evaluate(time: time, into: &missing)
      } else {
        missing.set(1, rounding: .nearest)
      }
      first.add(weight.first, times: missing, factorError: error)
      second.add(weight.second, times: missing, factorError: error)
    }
    let step = Enclosure(lower: Real(plan.step), upper: Real(plan.step))
    return (
      first.enclosure().nonnegative.multiplied(by: step, precision: precision),
      second.enclosure().nonnegative.multiplied(by: step, precision: precision)
    )
  }

  // MARK: - Cost

  private static let secondsLimit = 300.0

  /// Refuses what takes minutes: a product of reals takes some 60 ns at a few hundred bits, an
  /// exponential as much as sixty of them.
  private func check(
    _ plan: GoalPlan, nodes: Int, precision: Int, bits: Int
  ) throws(CapacityError) {
    let words = Double(precision) / 64
    let product = 50e-9 + 0.9e-9 * words * words.squareRoot()
    let perGroup = Double(80 + 4 * goal.copies)
    let work =
      Double(law.groups.count) * perGroup
      + GoalRank.work(
        classCount: law.classCount, needed: goal.classCount(of: law), isUniform: law.isUniform)
    let seconds =
      product * (Double(max(0, plan.last - plan.lastCertain)) * work + 80 * Double(nodes))
    guard seconds > Self.secondsLimit else { return }
    throw refusal("over \(Int(min(seconds, 1e15)) / 60) minutes", bits)
  }

  private func refusal(_ estimate: String, _ bits: Int) -> CapacityError {
    CapacityError(
      request: "the moments of the draws until \(goal.classCount(of: law)) of "
        + "\(law.classCount) classes were drawn \(goal.copies) times, at \(bits) bits",
      estimate: estimate, suggestion: "ask for fewer digits")
  }
}
