// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// 1 - P(t), the chance that a goal is not reached at time t, classes being drawn independently:
/// class c fewer than m_c times with the chance
///
///     with replacement     l_c = e^(-y) sum_(k<m) y^k/k!,                y = r_c t,
///     without              l_c = e^(-y) sum_(k<m) binom(w_c, k) (e^s - 1)^k,  s = t/min w,
///
/// r_c = w_c/min w, as each item then has its own exponential time of rate 1/min w.
///
/// It is the product over classes at a real point, in units of its factors: l_c is L_c/g^(w_c) of
/// `FactorPowers`. So the same sums count the classes, and all terms are positive but for one
/// complement: 1 - prod_c (1 - l_c) where all classes must come, of equal classes a sum of binomial
/// terms until the rest is negligible, of unequal ones a sum over the number of those that count or
/// do not, whichever is rarer.
final class Survival {
  private let requirement: Requirement
  private let sampling: SamplingScheme
  private let precision: Int
  /// e^(-s) without replacement, with the guard bits of `powers`, from which all else follows.
  let decay: BallBox<RealBall>?
  /// e^(-r_c t), and min w, with replacement without the common divisor of the weights.
  private let powers: WeightPowers<RealBall>
  private let smallest: BallBox<RealBall>
  private let terms: CopyTerms<RealBall>
  /// Whether no class from a part on must come more often than those of the part.
  private let isHardest: [Bool]
  /// What counts unequal classes, or all, by the number that count or that do not.
  private let unequal: UnequalClasses<RealBall>
  private let areReachedCounted: Bool
  /// What counts equal classes: d < j downward, and d >= j upward.
  private let equal: (lower: EqualClasses<RealBall>, upper: EqualClasses<RealBall>)?
  private let time, odds, short, reached, chance: BallBox<RealBall>

  init(_ requirement: Requirement, _ sampling: SamplingScheme, precision: Int) {
    func box() -> BallBox<RealBall> { BallBox(precision: precision) }
    self.requirement = requirement
    self.sampling = sampling
    self.precision = precision
    let weights = Self.weights(requirement, sampling)
    powers = WeightPowers(weights: weights, sampling: .withReplacement, precision: precision)
    decay =
      sampling == .withReplacement
      ? nil : BallBox(precision: precision + WeightPowers<RealBall>.guardBits)
    smallest = BallBox(precision: max(precision, weights[0].bitWidth))
    smallest.ball.set(weights[0])
    terms = CopyTerms(precision: precision)
    var (most, isHardest) = (0, [Bool]())
    for part in requirement.parts.reversed() {
      isHardest.append(part.copies >= most)
      most = max(most, part.copies)
    }
    self.isHardest = isHardest.reversed()
    (time, odds, short, reached, chance) = (box(), box(), box(), box(), box())
    let (count, j) = (requirement.classCount, requirement.needed)
    areReachedCounted = 2 * j <= count + 1
    let isEven = requirement.isEven && j < count
    unequal = UnequalClasses(
      limit: isEven ? 0 : areReachedCounted ? j - 1 : count - j, precision: precision)
    equal =
      isEven
      ? (
        EqualClasses(count, from: j - 1, isUpward: false, precision: precision),
        EqualClasses(count, from: j, isUpward: true, precision: precision)
      ) : nil
  }

  /// Numbers of items, or weights without their common divisor.
  private static func weights(_ requirement: Requirement, _ sampling: SamplingScheme) -> [Integer] {
    let weights = requirement.parts.map(\.weight)
    guard sampling == .withReplacement else { return weights }
    let divisor = weights.reduce(Integer(0)) { .greatestCommonDivisor($0, $1) }
    return weights.map { $0.exactlyDivided(by: divisor) }
  }

  /// Bits that the relative accuracy of e^(-r_c t) falls short of the working precision.
  static func lostBits(_ requirement: Requirement, _ sampling: SamplingScheme) -> Int {
    let weights = weights(requirement, sampling)
    let roundings = WeightSteps(weights: weights, sampling: .withReplacement).roundings.max() ?? 1
    let guarded = weights[weights.count - 1].bitWidth - WeightPowers<RealBall>.guardBits
    return Int(roundings).bitLength + max(0, guarded)
  }

  /// Products in one evaluation, about.
  static func work(_ requirement: Requirement, _ sampling: SamplingScheme) -> Double {
    let weights = weights(requirement, sampling)
    let steps = WeightSteps(weights: weights, sampling: .withReplacement)
    let (c, j) = (Double(requirement.classCount), Double(requirement.needed))
    let parts = requirement.parts
    var work = 60 + steps.productCount
    work += parts.reduce(0) { $0 + 2 + ($1.copies > 1 ? 6 * $1.copies : 0) }
    if j == c { return Double(work + parts.reduce(0) { $0 + $1.classCount.bitLength * 3 / 2 }) }
    // A binomial has some 15 standard deviations of terms.
    let isEven = requirement.isEven
    return Double(work) + (isEven ? 64 + min(c, 8 * c.squareRoot()) * 3 : c * min(j, c - j + 1) * 2)
  }

  /// Begins with a time t.
  func begin(at time: borrowing RealBall) {
    self.time.ball.set(time)
    guard let decay else { return }
    decay.ball.set(time)
    decay.ball.divide(by: smallest.ball)
    decay.ball.negate()
    decay.ball.formExponential()
  }

  /// Sets `missing` to 1 - P(t) and returns a bound of what it errs by.
  func evaluate(into missing: inout Accumulator) -> Magnitude {
    chance.ball.set(time.ball)
    chance.ball.divide(by: smallest.ball)
    chance.ball.negate()
    if let decay {
      powers.begin(at: chance.ball, base: decay.ball)
      if !requirement.isSingle {
        odds.ball.set(1)
        odds.ball.divide(by: decay.ball)
        odds.ball.add(-1, ())
      }
    } else {
      powers.begin(at: chance.ball)
    }
    unequal.begin()
    let (rare, other) = areReachedCounted ? (reached, short) : (short, reached)
    var left = requirement.classCount
    for (index, part) in requirement.parts.enumerated() {
      powers.next()
      formShort(part)
      // The classes from here on are at least as likely to come so often: they all count but for a
      // chance of left l, or of 2^-precision each where l underflows.
      let size = short.ball.magnitude
      if isHardest[index], size.mantissa == 0 || size.exponent <= -precision {
        let bound = size.mantissa == 0 ? Magnitude(0.5, exponent: -precision) : size
        return finish(certain: left, into: &missing) + bound * Magnitude(Double(left))
      }
      formReached(part)
      if equal == nil { unequal.take(part.classCount, other: other, rare: rare) }
      left -= part.classCount
    }
    return finish(certain: 0, into: &missing)
  }

  // MARK: - One class

  /// From e^(-y) to l.
  private func formShort(_ part: Requirement.Part) {
    short.ball.set(powers.power.ball)
    guard part.copies > 1 else { return }
    if sampling == .withReplacement {
      terms.step.ball.set(Rational(part.weight, requirement.parts[0].weight))
      terms.step.ball.multiply(by: time.ball)
    } else {
      terms.step.ball.set(odds.ball)
    }
    terms.sumShort(part.copies, items: items(part))
    short.ball.multiply(by: terms.sum.ball)
  }

  /// reached = 1 - l, or, of several copies, the series of its own where that would cancel too
  /// much.
  private func formReached(_ part: Requirement.Part) {
    if !part.canBeReached(sampling) { return reached.ball.set(0) }
    reached.ball.set(short.ball)
    reached.ball.formComplement()
    // Lost bits of a chance u ~ t^m/m! that is at least 2^-16 cost the integral a factor of at most
    // t 2^16.
    let isLossy = reached.ball.magnitude.exponent < -16 || reached.ball.error.bound > 0x1p-32
    guard part.copies > 1, isLossy else { return }
    terms.sumReached(part.copies, items: items(part), precision: precision)
    reached.ball.set(powers.power.ball)
    reached.ball.multiply(by: terms.sum.ball)
  }

  private func items(_ part: Requirement.Part) -> Int? {
    sampling == .withoutReplacement ? part.items : nil
  }

  // MARK: - All classes

  /// Sets `missing` to the chance that fewer than j classes count, and returns what it errs by.
  ///
  /// - Parameter certain: How many classes, not taken, count for certain.
  private func finish(certain: Int, into missing: inout Accumulator) -> Magnitude {
    // That of d < j is summed, or 1 less it.
    var isComplement = !areReachedCounted
    if let equal, certain == 0 {
      let mean = reached.ball.value.double(rounding: .nearest) * Double(requirement.classCount)
      isComplement = mean < Double(requirement.needed)
      sum(isComplement ? equal.upper : equal.lower, to: isComplement ? requirement.classCount : 0)
    } else if equal != nil {
      isComplement = false
      chance.ball.set(0)
    } else {
      // At most C - j of the classes taken fall short.
      let most = isComplement ? .max : requirement.needed - 1 - certain
      unequal.sum(through: most, into: &chance.ball)
    }
    let error = chance.ball.errorOfChance
    missing.set(isComplement ? 1 : 0, rounding: .nearest)
    if isComplement {
      missing.subtract(chance.ball.value, rounding: .nearest)
    } else {
      missing.add(chance.ball.value, rounding: .nearest)
    }
    return error + Magnitude(missing) * RelativeError.rounding(precision: missing.precision)
  }

  /// chance = the sum of the terms, until what is left is negligible.
  private func sum(_ classes: EqualClasses<RealBall>, to end: Int) {
    classes.begin(short: short, reached: reached)
    chance.ball.set(0)
    var error = chance.ball.addMidpoint(of: classes.term.ball)
    while classes.position != end {
      let last = classes.term.ball.magnitude
      classes.advance()
      error = error + chance.ball.addMidpoint(of: classes.term.ball)
      guard classes.position % 8 == 0 else { continue }
      if classes.term.ball.size.mantissa == 0 { break }
      // The next term is at most q times this one, as this one is of the one before.
      if let rest = classes.term.ball.rest(after: last), rest.exponent < -precision {
        error = error + rest
        break
      }
    }
    chance.ball.widen(by: error)
  }
}
