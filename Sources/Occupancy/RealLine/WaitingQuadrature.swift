// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// E[T] and E[T(T+1)] by the trapezoidal rule in the logarithm of time.
///
/// Let each class appear at its own exponential time of rate w_c, and S be the time when all have, so
/// P(S <= s) = P(s) = prod_c (1 - e^(-w_c s)).
///
/// * With replacement (draws at the jumps of a Poisson process of rate M) S is a sum of T
///   independent exponential times of rate M: E[T] = M E[S], E[T(T+1)] = M^2 E[S^2].
/// * Without, give each item a uniform time in [0, 1]; T is the rank of the time Z when all classes
///   are seen, E[Z] = E[T]/(M+1), E[Z^2] = E[T(T+1)]/((M+1)(M+2)), and 1 - Z, the least over the classes of
///   the largest of m_c uniform numbers, has the law of e^(-S).
///
/// So with t = s min w, r_c = w_c/min w and d = 1/min w, or d -> 0 with replacement, where N, N' are
/// M, M^2 with replacement, M+1, (M+1)(M+2) without,
///
///     E[T]      = N d int_0^inf w_1(t) (1 - P(t)) dt,    w_1(t) = e^(-dt)                    -> 1
///     E[T(T+1)] = N' d^2 int_0^inf w_2(t) (1 - P(t)) dt, w_2(t) = 2 e^(-dt) (1 - e^(-dt))/d  -> 2t
///
/// With t = e^u the integrands decay as e^u on the left, doubly exponentially on the right, and
/// are bounded in a strip: O(bits log) nodes for all C and all laws. Where P is negligible the
/// nodes are a geometric series. Error bounds: `WaitingPlan` and its `Strip`; |w_1| <= 1 and
/// |w_2| <= 2|t| for Re t >= 0, as |1 - e^(-z)| = |z int_0^1 e^(-vz) dv| <= |z|.
struct WaitingQuadrature {
  let law: LabelLaw
  let sampling: SamplingScheme

  /// Both moments with an error of about 2^-bits of each.
  ///
  /// Both integrals are at least 2/9 (the rarest class alone has 1 - P >= e^-t, and w_1 >= e^(-dt),
  /// w_2 >= 2t e^(-2dt), d <= 1), so absolute errors serve.
  ///
  /// - Throws: `CapacityError` when it would take minutes.
  func moments(bits: Int) throws(CapacityError) -> WaitingMoments {
    let isDamped = sampling == .withoutReplacement
    let plan = WaitingPlan(
      law: law, damping: isDamped ? law.smallestWeight.naturalLogarithm : nil, bits: bits + 6)
    let nodes = plan.last - plan.lastClosed
    // Products with C factors, sums of `nodes` terms of sizes up to t^2, and 1 - e^(-dt) >= d t/2.
    let precision =
      bits + 24 + WaitingCoverage.lostBits(law: law)
      + (Int.bitWidth - law.classCount.leadingZeroBitCount)
      + 2 * (Int.bitWidth - max(nodes, bits).leadingZeroBitCount)
      + (isDamped ? law.smallestWeight.bitWidth : 0)
    try checkWork(nodes: plan.last - plan.lastCertain, precision: precision, bits: bits)

    var (first, second) = nodeSums(plan, precision: precision)
    let closed = closedSums(plan, precision: precision)
    first = first.adding(closed.first, precision: precision)
    second = second.adding(closed.second, precision: precision)
    first = first.widened(by: plan.errors.first, precision: precision)
    second = second.widened(by: plan.errors.second, precision: precision)

    let (m, smallest) = (law.total, law.smallestWeight)
    let scale = isDamped ? m + 1 : m
    let square = isDamped ? scale * (m + 2) : m * m
    return WaitingMoments(
      mean: first.nonnegative.multiplied(
        by: Enclosure(Rational(scale, smallest), precision: precision), precision: precision),
      rising: second.nonnegative.multiplied(
        by: Enclosure(Rational(square, smallest * smallest), precision: precision),
        precision: precision))
  }

  // MARK: - Sums

  /// 1/d, or nil where d is 0.
  private var scale: Integer? { sampling == .withoutReplacement ? law.smallestWeight : nil }

  /// h sum t w(t) (1 - P(t)) over the nodes t = e^(kh) after the closed ones, for both weights.
  private func nodeSums(
    _ plan: WaitingPlan, precision: Int
  ) -> (first: Enclosure, second: Enclosure) {
    let coverage = WaitingCoverage(law: law, precision: precision)
    let u = RelativeError.rounding(precision: precision)
    var ratio = RealBall(precision: precision)
    ratio.set(plan.step)
    ratio.formExponential()
    var time = node(plan.lastClosed + 1, plan, precision)
    var weight = WaitingWeight(scale: scale, precision: precision)
    var first = BallSum(precision: precision)
    var second = BallSum(precision: precision)
    var missing = Accumulator(precision: precision)
    for k in plan.lastClosed + 1...plan.last {
      weight.set(time: time)
      var error = Magnitude.zero
      missing.set(1, rounding: .nearest)
      if k > plan.lastCertain {
        error = coverage.evaluate(time: time)
        missing.subtract(coverage.product.value, rounding: .nearest)
        error = error + Magnitude(missing) * u
      }
      first.add(weight.first, times: missing, factorError: error)
      second.add(weight.second, times: missing, factorError: error)
      time.multiply(by: ratio)
    }
    let step = Enclosure(lower: Real(plan.step), upper: Real(plan.step))
    return (
      first.enclosure().nonnegative.multiplied(by: step, precision: precision),
      second.enclosure().nonnegative.multiplied(by: step, precision: precision)
    )
  }

  /// e^(kh).
  private func node(_ k: Int, _ plan: WaitingPlan, _ precision: Int) -> RealBall {
    var time = RealBall(precision: precision)
    time.set(plan.step)
    time.multiply(by: k)
    time.formExponential()
    return time
  }

  /// h sum t w(t) over the nodes t = e^(kh), k <= lastClosed.
  ///
  /// With T the last of them and g_i = h/(1 - e^(-ih)), h sum_k t_k^i = g_i T^i. With replacement the
  /// sums are g_1 T and 2 g_2 T^2. Without, w is expanded at 0, a_i = (dT)^i/i!:
  ///
  ///     sum_(i>=0) (-1)^i a_i T g_(i+1)   and   sum_(i>=1) (-1)^(i+1) 2 (2^i - 1) a_i (T/d) g_(i+1).
  ///
  /// As dT <= 1/4 and g falls, each term is at most 1/4 of the one before in the first sum and 3/8
  /// in the second ((2^(i+1) - 1)/(2^i - 1) <= 3): the rest is smaller than the last term taken.
  private func closedSums(
    _ plan: WaitingPlan, precision: Int
  ) -> (first: Enclosure, second: Enclosure) {
    let time = node(plan.lastClosed, plan, precision)
    var first = BallSum(precision: precision)
    var second = BallSum(precision: precision)
    var term = RealBall(precision: precision)
    guard let scale else {
      term.set(time)
      term.multiply(by: geometric(1, plan, precision))
      first.add(term)
      term.set(time)
      term.square()
      term.multiply(by: 2)
      term.multiply(by: geometric(2, plan, precision))
      second.add(term)
      return (first.enclosure(), second.enclosure())
    }
    let inverse = RealBall(scale, precision: precision)
    var coefficient = RealBall(precision: precision)
    coefficient.set(time)
    var rest: (first: Magnitude, second: Magnitude)
    var i = 0
    repeat {
      // coefficient = a_i T
      if i > 0 {
        coefficient.multiply(by: time)
        coefficient.divide(by: inverse)
        coefficient.divide(by: i)
      }
      term.set(coefficient)
      term.multiply(by: geometric(i + 1, plan, precision))
      first.add(term, isNegative: i % 2 == 1)
      rest.first = term.magnitude
      if i > 0 {
        term.multiply(by: inverse)
        term.multiply(
          by: RealBall(Integer(1).shiftedLeft(by: i + 1) - 2, precision: precision))
        second.add(term, isNegative: i % 2 == 0)
      }
      rest.second = term.magnitude
      i += 1
    } while i < 3 || max(rest.first.exponent, rest.second.exponent) > -precision
    return (
      first.enclosure().widened(by: rest.first, precision: precision),
      second.enclosure().widened(by: rest.second, precision: precision)
    )
  }

  /// g_i = h/(1 - e^(-ih)).
  private func geometric(_ i: Int, _ plan: WaitingPlan, _ precision: Int) -> RealBall {
    var decay = RealBall(precision: precision)
    decay.set(plan.step)
    decay.multiply(by: -i)
    decay.formExponential()
    decay.formComplement()
    var result = RealBall(precision: precision)
    result.set(plan.step)
    result.divide(by: decay)
    return result
  }

  // MARK: - Cost

  /// Refuses what takes minutes: a product takes some 40 ns at a few hundred bits and grows as the
  /// 1.5th power of its length; about half of the products are spared late, where P is near 1.
  private func checkWork(nodes: Int, precision: Int, bits: Int) throws(CapacityError) {
    let words = Double(precision) / 64
    let product = 20e-9 + 0.9e-9 * words * words.squareRoot()
    let seconds = Double(nodes) * WaitingCoverage.workPerNode(law: law) * product
    guard seconds > Self.secondsLimit else { return }
    throw CapacityError(
      request: "the moments of the waiting time for \(law.groups.count) different class sizes "
        + "at \(bits) bits",
      estimate: "over \(Int(min(seconds, 1e15)) / 60) minutes",
      suggestion: "ask for fewer digits")
  }

  private static let secondsLimit = 300.0
}
