// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The chance that fewer than j of C independent events happen, event c with the chance u_c = 1 -
/// l_c. All terms are positive: relative errors of the factors add.
///
/// All must happen: 1 - prod u_c. Of equal events: a sum of binomial terms, each from the one
/// before, until the rest, at most the last term times q/(1-q) when the next is q times it, is
/// negligible; the ratios fall. Of unequal events: one after another, by the number that happen or,
/// if that is less work, that do not.
final class MissedRank {
  private let classCount: Int
  private let needed: Int
  private let isEven: Bool
  private let precision: Int
  /// binom(C, j - 1) and binom(C, j), for equal events.
  private let binomials: [RealBox]
  /// Chances of 0, 1, ... events on the side counted.
  private let states: [RealBox]
  private let countsReached: Bool
  private var stateError = RelativeError.exact
  private var used = 0
  private var certain = 0
  private var product, power, temporary: RealBall
  private let short, reached: RealBox

  init(classCount: Int, needed: Int, isEven: Bool, precision: Int) {
    self.classCount = classCount
    self.needed = needed
    self.isEven = isEven
    self.precision = precision
    countsReached = needed <= classCount - needed + 1
    product = RealBall(precision: precision)
    power = RealBall(precision: precision)
    temporary = RealBall(precision: precision)
    short = RealBox(precision: precision)
    reached = RealBox(precision: precision)
    let isComplete = needed == classCount
    let stateCount = countsReached ? needed : classCount - needed + 1
    states =
      isEven || isComplete ? [] : (0..<stateCount).map { _ in RealBox(precision: precision) }
    binomials = (isEven && !isComplete ? [needed - 1, needed] : []).map {
      let box = RealBox(precision: precision)
      box.ball.set(Factorials.binomial(classCount, $0, precision: precision))
      return box
    }
  }

  /// Products for one time, about.
  static func work(groupSizes: [Int], needed: Int) -> Double {
    let count = groupSizes.reduce(0, +)
    let c = Double(count)
    if needed == count { return Double(groupSizes.reduce(0) { $0 + $1.bitLength * 3 / 2 }) }
    // A binomial has some 15 standard deviations of terms.
    if groupSizes.count == 1 { return 64 + min(c, 8 * c.squareRoot()) * 3 }
    return c * Double(min(needed, count - needed + 1)) * 2
  }

  /// Begins with no events.
  func begin() {
    product.set(1)
    stateError = .exact
    used = 0
    certain = 0
    for box in states { box.ball.set(0) }
    states.first?.ball.set(1)
  }

  /// Takes events that are certain: the last ones.
  func addCertain(_ count: Int) { certain = count }

  /// Takes equal events.
  func add(_ count: Int, short: borrowing RealBall, reached: borrowing RealBall) {
    if needed == classCount {
      power.set(reached)
      power.formPower(count, base: &temporary)
      product.multiply(by: power)
    } else if isEven {
      self.short.ball.set(short)
      self.reached.ball.set(reached)
    } else {
      for _ in 0..<count {
        if countsReached {
          step(rare: reached, other: short)
        } else {
          step(rare: short, other: reached)
        }
      }
    }
  }

  /// p_k = p_k other + p_(k-1) rare: a product and a sum of positive numbers, rounded once each.
  private func step(rare: borrowing RealBall, other: borrowing RealBall) {
    used += 1
    for k in stride(from: min(used, states.count - 1), through: 0, by: -1) {
      states[k].ball.value.multiply(by: other.value, rounding: .nearest)
      guard k > 0 else { continue }
      temporary.value.set(states[k - 1].ball.value, rounding: .nearest)
      temporary.value.multiply(by: rare.value, rounding: .nearest)
      states[k].ball.value.add(temporary.value, rounding: .nearest)
    }
    let u = RelativeError.rounding(precision: precision)
    stateError = stateError.compounded(max(rare.error, other.error)).compounded(u, u)
  }

  /// Sets `missing` to the chance and returns a bound of what it errs by.
  func finish(into missing: inout Accumulator) -> Magnitude {
    if needed == classCount { return set(&missing, to: product, isComplement: true) }
    if isEven { return finishEqual(into: &missing) }
    // The certain events happen all; of the others at most C - j do not.
    let kept = countsReached ? max(0, needed - certain) : states.count
    var sum = Accumulator(precision: precision)
    var error = Magnitude.zero
    let u = RelativeError.rounding(precision: precision)
    for box in states.prefix(kept) {
      sum.add(box.ball.value, rounding: .nearest)
      error = error + Magnitude(box.ball.value) * stateError + Magnitude(sum) * u
    }
    return set(
      &missing, to: RealBall(sum, absoluteError: error), isComplement: !countsReached)
  }

  /// Sets `missing` to a chance x, or to 1 - x: one about which nothing is known errs by at most
  /// 1 + |x|.
  private func set(
    _ missing: inout Accumulator, to x: borrowing RealBall, isComplement: Bool
  ) -> Magnitude {
    missing.set(isComplement ? 1 : 0, rounding: .nearest)
    if isComplement {
      missing.subtract(x.value, rounding: .nearest)
    } else {
      missing.add(x.value, rounding: .nearest)
    }
    let error = x.error.bound < 0.5 ? x.absoluteError : Magnitude(x.value) + Magnitude(1)
    return error + Magnitude(missing) * RelativeError.rounding(precision: missing.precision)
  }

  // MARK: - Equal events

  private func finishEqual(into missing: inout Accumulator) -> Magnitude {
    if certain > 0 {
      missing.set(0, rounding: .nearest)
      return .zero
    }
    let (c, j) = (classCount, needed)
    let isLower = reached.ball.value.double(rounding: .nearest) * Double(c) >= Double(j)
    let first = isLower ? j - 1 : j
    power.set(binomials[isLower ? 0 : 1].ball)
    for (factor, exponent) in [(reached, first), (short, c - first)] {
      product.set(factor.ball)
      product.formPower(exponent, base: &temporary)
      power.multiply(by: product)
    }
    // The quotient of two terms without its rational factor.
    let (numerator, denominator) = isLower ? (short, reached) : (reached, short)
    product.set(numerator.ball)
    product.divide(by: denominator.ball)
    var sum = BallSum(precision: precision)
    sum.add(power)
    var d = first
    var last = power.magnitude
    var rest = Magnitude.zero
    while isLower ? d > 0 : d < c {
      power.multiply(by: product)
      power.multiply(by: isLower ? d : c - d)
      power.divide(by: isLower ? c - d + 1 : d + 1)
      d += isLower ? -1 : 1
      sum.add(power)
      if d % 8 == 0 {
        let size = power.magnitude
        if size.mantissa == 0 { break }
        // The next term is at most q times this one, as this one is of the one before that is kept.
        if let bound = self.rest(of: size, after: last), bound.exponent < -precision {
          rest = bound
          break
        }
      }
      last = power.magnitude
    }
    let chance = sum.enclosure().adding(Enclosure(upTo: rest), precision: precision + 8)
    return set(&missing, to: RealBall(chance, precision: precision), isComplement: !isLower)
  }

  /// A bound of what follows a term: x q/(1 - q), q the ratio to the one before.
  ///
  /// Both sizes exceed the terms by less than their errors, which a factor of 1 + 2^-20 covers.
  private func rest(of x: Magnitude, after last: Magnitude) -> Magnitude? {
    guard power.error.bound < 0x1p-24, last.mantissa > 0, x.exponent <= last.exponent else {
      return nil
    }
    let shift = max(x.exponent - last.exponent, -1000)
    let q = x.mantissa / last.mantissa * powerOfTwo(shift) * (1 + 0x1p-20)
    return q < 0.99 ? x * Magnitude(q / (1 - q) * (1 + 0x1p-40)) : nil
  }
}
