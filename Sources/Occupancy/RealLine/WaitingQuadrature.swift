// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// E[T] and E[T(T+1)] by the trapezoidal rule in the logarithm of time.
///
/// With t = s min w, r_c = w_c/min w and d = 1/min w, or d -> 0 with replacement, min w over the
/// classes that must come, and N, N' = M, M^2 with replacement, M+1, (M+1)(M+2) without,
///
///     E[T]      = N d int_0^inf w_1(t) (1 - P(t)) dt,    w_1(t) = e^(-dt)                    -> 1
///     E[T(T+1)] = N' d^2 int_0^inf w_2(t) (1 - P(t)) dt, w_2(t) = 2 e^(-dt) (1 - e^(-dt))/d  -> 2t
///
/// where P(t) is the chance that the goal is reached, each class being drawn at its own exponential
/// times (article, *Waiting time*). With t = e^u the integrands decay as e^u on the left, doubly
/// exponentially on the right, and are bounded in a strip: O(bits log) nodes for all C and all laws.
/// Where P is negligible the nodes are a geometric series. Error bounds: `WaitingPlan` and
/// `WaitingStrip`.
struct WaitingQuadrature {
  let requirement: Requirement
  let sampling: SamplingScheme

  /// For w_1 and w_2.
  private typealias Sums = (first: Enclosure, second: Enclosure)

  /// Both moments with an error of about 2^-bits of each.
  ///
  /// - Throws: `CapacityError` when it would take too long.
  func moments(bits: Int) throws(CapacityError) -> WaitingMoments {
    guard let plan = WaitingPlan(requirement, sampling, bits: bits + 6) else {
      throw refusal("numbers out of range", bits)
    }
    let work = work(plan, bits: bits)
    if work.seconds > CapacityError.patience {
      throw refusal(CapacityError.duration(work.seconds), bits)
    }
    let precision = work.precision
    let sums = nodeSums(plan, precision: precision)
    let closed = closedSums(plan, precision: precision)
    let relative = plan.strip.relativeError
    guard relative.mantissa == 0 || relative.exponent < -2 else {
      throw refusal("too wide a strip", bits)
    }
    func integral(
      _ nodes: Enclosure, _ closed: Enclosure, _ error: Magnitude, times scale: Rational
    ) -> Enclosure {
      let sum = nodes.adding(closed, precision: precision).widened(by: error, precision: precision)
        .nonnegative
      // |S - I| <= e I: I is S times the reciprocal of a number within e of 1.
      let alias = Magnitude(sum.upper) * RelativeError(relative).ofReciprocal
      return sum.widened(by: alias, precision: precision)
        .nonnegative.multiplied(by: Enclosure(scale, precision: precision), precision: precision)
    }
    let (m, smallest) = (requirement.law.total, requirement.parts[0].weight)
    let (first, second) = scale == nil ? (m, m * m) : (m + 1, (m + 1) * (m + 2))
    return WaitingMoments(
      mean: integral(sums.first, closed.first, plan.errors.first, times: Rational(first, smallest)),
      rising: integral(
        sums.second, closed.second, plan.errors.second, times: Rational(second, smallest * smallest)
      ))
  }

  /// About how long the moments take.
  func seconds(bits: Int) -> Double {
    WaitingPlan(requirement, sampling, bits: bits + 6).map { work($0, bits: bits).seconds }
      ?? .infinity
  }

  /// The precision of all numbers, and about how long the moments take.
  private func work(_ plan: WaitingPlan, bits: Int) -> (precision: Int, seconds: Double) {
    let nodes = max(1, plan.last - plan.lastClosed)
    // Products with C factors of m terms, sums of `nodes` terms of sizes up to t^2, and 1 - e^(-dt)
    // >= d t/2.
    let precision =
      bits + 8 + 2 * plan.rangeBits + Survival.lostBits(requirement, sampling)
      + requirement.totalCopies.bitLength + 2 * max(nodes, bits).bitLength + (scale?.bitWidth ?? 0)
    let late = Double(max(0, plan.last - plan.lastCertain))
    let seconds =
      OperationCost.real(bits: Double(precision))
      * (late * Survival.work(requirement, sampling) + 80 * Double(nodes))
    return (precision, seconds)
  }

  /// 1/d, or nil where d is 0.
  private var scale: Integer? {
    sampling == .withoutReplacement ? requirement.parts[0].weight : nil
  }

  /// h sum t w(t) (1 - P(t)) over the nodes t = e^(kh) after the closed ones, for both weights.
  private func nodeSums(_ plan: WaitingPlan, precision: Int) -> Sums {
    // Parts of a size that does not depend on the number of cores, so that the sums do not.
    let (nodes, size) = (plan.lastClosed..<plan.last, 32)
    let isLong = Survival.work(requirement, sampling) > 1000
    let parts = Parallel.map((nodes.count + size - 1) / size, isWorthwhile: isLong) { i in
      let first = nodes.lowerBound + i * size
      return partSums(first..<min(first + size, nodes.upperBound), plan, precision)
    }
    let step = Enclosure(lower: Real(plan.strip.step), upper: Real(plan.strip.step))
    func total(_ sums: [Enclosure]) -> Enclosure {
      sums.reduce(Enclosure(0)) { $0.adding($1, precision: precision) }
        .nonnegative.multiplied(by: step, precision: precision)
    }
    return (total(parts.map(\.first)), total(parts.map(\.second)))
  }

  private func partSums(_ nodes: Range<Int>, _ plan: WaitingPlan, _ precision: Int) -> Sums {
    let survival = Survival(requirement, sampling, precision: precision)
    let ratio = node(1, plan, precision)
    var time = node(nodes.lowerBound, plan, precision)
    var weight = WaitingWeight(scale: scale, precision: precision)
    var first = BallSum(precision: precision)
    var second = BallSum(precision: precision)
    var missing = Accumulator(precision: precision)
    for k in nodes {
      time.multiply(by: ratio)
      survival.begin(at: time)
      weight.set(time: time, decay: survival.decay)
      var error = Magnitude.zero
      if k + 1 > plan.lastCertain {
        error = survival.evaluate(into: &missing)
      } else {
        missing.set(1, rounding: .nearest)
      }
      first.add(weight.first, times: missing, factorError: error)
      second.add(weight.second, times: missing, factorError: error)
    }
    return (first.enclosure(), second.enclosure())
  }

  /// e^(kh).
  private func node(_ k: Int, _ plan: WaitingPlan, _ precision: Int) -> RealBall {
    var time = RealBall(precision: precision)
    time.set(plan.strip.step)
    time.multiply(by: k)
    time.formExponential()
    return time
  }

  /// h sum t w(t) over the nodes t = e^(kh), k <= lastClosed.
  ///
  /// With T the last of them and g_i = h/(1 - e^(-ih)), h sum_k t_k^i = g_i T^i. With replacement
  /// the sums are g_1 T and 2 g_2 T^2: the first terms of those without, for which w is expanded at
  /// 0, a_i = (dT)^i/i!:
  ///
  ///     sum_(i>=0) (-1)^i a_i T g_(i+1),
  ///     sum_(i>=1) (-1)^(i+1) 2 (2^i - 1) a_i (T/d) g_(i+1).
  ///
  /// As dT <= 1/4 and g falls, each term is at most 1/4 of the one before in the first sum and 3/8
  /// in the second ((2^(i+1) - 1)/(2^i - 1) <= 3): the rest is smaller than the last term taken.
  private func closedSums(_ plan: WaitingPlan, precision: Int) -> Sums {
    let time = node(plan.lastClosed, plan, precision)
    var first = BallSum(precision: precision)
    var second = BallSum(precision: precision)
    var term = RealBall(precision: precision)
    let inverse = RealBall(scale ?? 1, precision: precision)
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
      if scale != nil || i == 0 { first.add(term, isNegative: i % 2 == 1) }
      rest.first = term.magnitude
      if i > 0 {
        term.multiply(by: inverse)
        term.multiply(by: RealBall(Integer(1).shiftedLeft(by: i + 1) - 2, precision: precision))
        second.add(term, isNegative: i % 2 == 0)
      }
      rest.second = term.magnitude
      i += 1
      // With replacement these are all.
      if scale == nil && i == 2 { return (first.enclosure(), second.enclosure()) }
    } while i < 3 || max(rest.first.exponent, rest.second.exponent) > -precision
    return (
      first.enclosure().widened(by: rest.first, precision: precision),
      second.enclosure().widened(by: rest.second, precision: precision)
    )
  }

  /// g_i = h/(1 - e^(-ih)).
  private func geometric(_ i: Int, _ plan: WaitingPlan, _ precision: Int) -> RealBall {
    var decay = node(-i, plan, precision)
    decay.formComplement()
    var result = RealBall(precision: precision)
    result.set(plan.strip.step)
    result.divide(by: decay)
    return result
  }

  private func refusal(_ estimate: String, _ bits: Int) -> CapacityError {
    CapacityError(
      request: "the moments of the waiting time for \(requirement.needed) of "
        + "\(requirement.classCount) classes at \(bits) bits", estimate: estimate,
      suggestion: "ask for fewer digits")
  }
}

/// t w_1(t) and t w_2(t), what multiplies 1 - P at a node.
private struct WaitingWeight: ~Copyable {
  /// t, or t e^(-dt).
  private(set) var first: RealBall
  /// 2 t^2, or 2t e^(-dt) (1 - e^(-dt))/d.
  private(set) var second: RealBall
  private var missing: RealBall

  /// 1/d without replacement, nil with.
  private let scale: Integer?

  init(scale: Integer?, precision: Int) {
    self.scale = scale
    first = RealBall(precision: precision)
    second = RealBall(precision: precision)
    missing = RealBall(precision: precision)
  }

  /// - Parameter decay: e^(-dt) without replacement, with as many bits or more.
  mutating func set(time: borrowing RealBall, decay: BallBox<RealBall>?) {
    first.set(time)
    second.set(time)
    second.multiply(by: 2)
    guard let scale, let decay else {
      second.multiply(by: time)
      return
    }
    let inverse = RealBall(scale, precision: 64 + scale.bitWidth)
    missing.set(decay.ball)
    first.multiply(by: missing)
    second.multiply(by: missing)
    missing.formComplement()
    second.multiply(by: missing)
    second.multiply(by: inverse)
  }
}
