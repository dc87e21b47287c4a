// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// 1 - P(t), the chance that a goal is not reached at time t, classes being drawn independently:
/// class c fewer than m_c times with the chance
///
///     with replacement     l_c = e^(-y) sum_(k<m) y^k/k!,                y = r_c t,
///     without              l_c = e^(-y) sum_(k<m) binom(w_c, k) (e^s - 1)^k,  s = t/min w,
///
/// r_c = w_c/min w, as each item then has its own exponential time of rate 1/min w.
///
/// The powers e^(-r_c t) are those of e^(-s) to integers, one product or two from class to class;
/// where the gaps between weights are too long for that each takes an exponential.
final class Survival {
  private let requirement: Requirement
  private let sampling: SamplingScheme
  private let precision: Int
  private let ladder: RealWeightLadder?
  /// r_c, and 1/min w without the common divisor of the weights.
  private let ratios: [Rational]
  private let unit: Rational
  /// Whether no class from a part on must come more often than those of the part.
  private let isHardest: [Bool]
  private let rank: MissedRank
  private var y, odds, term, base, short, reached: RealBall

  init(_ requirement: Requirement, _ sampling: SamplingScheme, precision: Int) {
    self.requirement = requirement
    self.sampling = sampling
    self.precision = precision
    let weights = Self.reducedWeights(requirement)
    ratios = weights.map { Rational($0, weights[0]) }
    unit = Rational(1, weights[0])
    var (most, isHardest) = (0, [Bool]())
    for part in requirement.parts.reversed() {
      isHardest.append(part.copies >= most)
      most = max(most, part.copies)
    }
    self.isHardest = isHardest.reversed()
    ladder =
      Self.isLadderShort(weights)
      ? RealWeightLadder(weights: weights, precision: precision) : nil
    rank = MissedRank(
      classCount: requirement.classCount, needed: requirement.needed,
      isEven: requirement.isEven, precision: precision)
    y = RealBall(precision: precision)
    odds = RealBall(precision: precision)
    term = RealBall(precision: precision)
    base = RealBall(precision: precision)
    short = RealBall(precision: precision)
    reached = RealBall(precision: precision)
  }

  /// Weights without their common divisor.
  private static func reducedWeights(_ requirement: Requirement) -> [Integer] {
    let divisor = requirement.parts.reduce(Integer(0)) { .greatestCommonDivisor($0, $1.weight) }
    return requirement.parts.map { $0.weight.exactlyDivided(by: divisor) }
  }

  /// An exponential costs some sixty products at a few hundred bits.
  private static func isLadderShort(_ weights: [Integer]) -> Bool {
    RealWeightLadder.productCount(weights: weights) <= 60 * weights.count
  }

  /// Bits that the relative accuracy of e^(-r_c t) falls short of the working precision.
  static func lostBits(_ requirement: Requirement) -> Int {
    let weights = reducedWeights(requirement)
    return isLadderShort(weights) ? weights[weights.count - 1].bitWidth : 2
  }

  /// Products in one evaluation, exponentials counted as sixty.
  static func work(_ requirement: Requirement) -> Double {
    let weights = reducedWeights(requirement)
    let ladder = min(RealWeightLadder.productCount(weights: weights), 60 * weights.count)
    let copies = requirement.parts.reduce(0) { $0 + 2 + ($1.copies > 1 ? 6 * $1.copies : 0) }
    return Double(60 + ladder + copies)
      + MissedRank.work(
        groupSizes: requirement.parts.map(\.classCount), needed: requirement.needed)
  }

  /// Sets `missing` to 1 - P(t) and returns a bound of what it errs by.
  func evaluate(time: borrowing RealBall, into missing: inout Accumulator) -> Magnitude {
    if sampling == .withoutReplacement && !requirement.isSingle {
      odds.set(Rational(1, requirement.parts[0].weight))
      odds.multiply(by: time)
      odds.formExponential()
      odds.formComplement()
      odds.negate()
    }
    if let ladder {
      formPower(unit, time)
      base.set(short)
      ladder.begin(base: base)
    }
    rank.begin()
    var left = requirement.classCount
    for (index, part) in requirement.parts.enumerated() {
      if let ladder { ladder.next(index, into: &short) } else { formPower(ratios[index], time) }
      if part.copies > 1 { addTerms(part, ratios[index], time) }
      // The classes from here on are at least as likely to come so often: they all count but for a
      // chance of left l, or of 2^-precision each where l underflows.
      let size = short.magnitude
      if isHardest[index], size.mantissa == 0 || size.exponent <= -precision {
        let bound = size.mantissa == 0 ? Magnitude(0.5, exponent: -precision) : size
        rank.addCertain(left)
        return rank.finish(into: &missing) + bound * Magnitude(Double(left) * (1 + 0x1p-20))
      }
      formReached(part)
      rank.add(part.classCount, short: short, reached: reached)
      left -= part.classCount
    }
    return rank.finish(into: &missing)
  }

  /// short = e^(-ratio t).
  private func formPower(_ ratio: Rational, _ time: borrowing RealBall) {
    short.set(ratio)
    short.multiply(by: time)
    short.negate()
    short.formExponential()
  }

  /// Adds the term to a sum of positive terms, and to `error` what the sum errs by more.
  private func addTerm(to sum: inout Accumulator, _ error: inout Magnitude) {
    sum.add(term.value, rounding: .nearest)
    error =
      error + term.absoluteError + Magnitude(sum) * RelativeError.rounding(precision: precision)
  }

  /// From e^(-y) to l, a sum of positive terms; `term` is the last of them.
  private func addTerms(_ part: Requirement.Part, _ ratio: Rational, _ time: borrowing RealBall) {
    y.set(ratio)
    y.multiply(by: time)
    term.set(short)
    var sum = Accumulator(precision: precision)
    sum.set(term.value, rounding: .nearest)
    var error = term.absoluteError
    for k in 1..<part.copies {
      advance(to: k, part)
      addTerm(to: &sum, &error)
    }
    short = RealBall(sum, absoluteError: error)
  }

  /// From the chance of k - 1 draws to that of k.
  private func advance(to k: Int, _ part: Requirement.Part) {
    if sampling == .withReplacement {
      term.multiply(by: y)
    } else {
      term.multiply(by: odds)
      term.multiply(by: max(part.items - k + 1, 0))
    }
    term.divide(by: k)
  }

  /// reached = 1 - l, or, of several copies, the series of its own where that would cancel too
  /// much.
  private func formReached(_ part: Requirement.Part) {
    if !part.canBeReached(sampling) { return reached.set(0) }
    reached.set(short)
    reached.formComplement()
    // Lost bits of a chance u ~ t^m/m! that is at least 2^-16 cost the integral a factor of at most
    // t 2^16.
    guard part.copies > 1, reached.magnitude.exponent < -16 || reached.error.bound > 0x1p-32 else {
      return
    }
    // 1 - l = sum_(k>=m); once the ratio of terms is below 1/2, and it falls, the rest is less than
    // the last term.
    var k = part.copies
    advance(to: k, part)
    var sum = Accumulator(precision: precision)
    var error = Magnitude.zero
    addTerm(to: &sum, &error)
    var last = term.magnitude
    while true {
      k += 1
      advance(to: k, part)
      let size = term.magnitude
      addTerm(to: &sum, &error)
      if size.mantissa == 0 { break }
      if size.exponent < last.exponent - 2, size.exponent < Magnitude(sum).exponent - precision {
        error = error + size
        break
      }
      last = size
    }
    reached = RealBall(sum, absoluteError: error)
  }
}

/// Powers g^w of one real number for an increasing list of integers w, each from the one before:
/// `WeightPowers` on the real line.
final class RealWeightLadder {
  /// For each weight, the bits of its gap to the one before, lowest first.
  private let gaps: [[Int]]
  private let squarings: [RealBox]
  private let power: RealBox

  /// - Parameter weights: Positive and increasing.
  init(weights: [Integer], precision: Int) {
    gaps = Self.gaps(weights)
    let count = 1 + (gaps.compactMap(\.last).max() ?? 0)
    squarings = (0..<count).map { _ in RealBox(precision: precision) }
    power = RealBox(precision: precision)
  }

  /// The products that all powers take together.
  static func productCount(weights: [Integer]) -> Int {
    let gaps = gaps(weights)
    return gaps.reduce(gaps.compactMap(\.last).max() ?? 0) { $0 + $1.count }
  }

  private static func gaps(_ weights: [Integer]) -> [[Int]] {
    zip(weights, [0] + weights).map { ($0 - $1).setBits }
  }

  /// Begins with a new base.
  func begin(base: borrowing RealBall) {
    squarings[0].ball.set(base)
    for i in 1..<max(1, squarings.count) {
      squarings[i].ball.set(squarings[i - 1].ball)
      squarings[i].ball.square()
    }
    power.ball.set(1)
  }

  /// Sets `result` to the power for weight number `index`; they are asked for in order.
  func next(_ index: Int, into result: inout RealBall) {
    for bit in gaps[index] { power.ball.multiply(by: squarings[bit].ball) }
    result.set(power.ball)
  }
}

/// A ball that an array can hold.
final class RealBox {
  var ball: RealBall
  init(precision: Int) { ball = RealBall(precision: precision) }
}
