// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// P(t) = prod_c (1 - e^(-r_c t)), r_c = w_c/min w: all classes are seen by time t when each one
/// is seen at its own exponential time.
///
/// The powers e^(-r_c t) are those of e^(-s) to integers, s = t/min w, one product or two from class to
/// class; where the gaps between weights are too long for that each takes an exponential.
final class WaitingCoverage {
  /// P(t), to be read after `evaluate`.
  private(set) var product: RealBall

  private let classCounts: [Int]
  private let precision: Int
  private let ladder: RealWeightLadder?
  private let ratios: [Rational]
  private var base, x, factor, temporary: RealBall

  /// - Parameters:
  ///   - law: The law of one label.
  ///   - precision: The working precision, in bits.
  init(law: LabelLaw, precision: Int) {
    classCounts = law.groups.map(\.classCount)
    self.precision = precision
    // With weights over their greatest common divisor g, the base is e^(-t g/min w).
    let weights = Self.reducedWeights(law)
    if Self.isLadderShort(weights) {
      ladder = RealWeightLadder(weights: weights, precision: precision)
      ratios = [Rational(1, weights[0])]
    } else {
      ladder = nil
      ratios = weights.map { Rational($0, weights[0]) }
    }
    base = RealBall(precision: precision)
    x = RealBall(precision: precision)
    factor = RealBall(precision: precision)
    temporary = RealBall(precision: precision)
    product = RealBall(precision: precision)
  }

  /// Weights without their common divisor.
  private static func reducedWeights(_ law: LabelLaw) -> [Integer] {
    let divisor = law.groups.reduce(Integer(0)) { .greatestCommonDivisor($0, $1.weight) }
    return law.groups.map { $0.weight.exactlyDivided(by: divisor) }
  }

  /// An exponential costs some sixty products at a few hundred bits.
  private static func isLadderShort(_ weights: [Integer]) -> Bool {
    RealWeightLadder.productCount(weights: weights) <= 60 * weights.count
  }

  /// Bits that the relative accuracy of e^(-r_c t) falls short of the working precision.
  static func lostBits(law: LabelLaw) -> Int {
    let weights = reducedWeights(law)
    return isLadderShort(weights) ? weights[weights.count - 1].bitWidth : 2
  }

  /// Products in one evaluation, exponentials counted as sixty.
  static func workPerNode(law: LabelLaw) -> Double {
    let weights = reducedWeights(law)
    let powers = law.groups.reduce(0) { $0 + Int.bitWidth - $1.classCount.leadingZeroBitCount }
    let ladder = min(RealWeightLadder.productCount(weights: weights), 60 * weights.count)
    return Double(60 + 2 * weights.count + ladder + powers * 3 / 2)
  }

  /// Computes P(t) into `product`.
  ///
  /// - Returns: A bound of what `product` errs by.
  func evaluate(time: borrowing RealBall) -> Magnitude {
    product.set(1)
    if let ladder {
      setPower(0, time)
      base.set(x)
      ladder.begin(base: base)
    }
    for (i, count) in classCounts.enumerated() {
      if let ladder { ladder.next(i, into: &x) } else { setPower(i, time) }
      // The classes from here on, R of them, have e^(-r t) <= x: their factors lie in [1 - R x, 1].
      // Zero is an underflow, of a number far below 2^-precision.
      var size = x.magnitude
      if size.mantissa == 0 { size = Magnitude(0.5, exponent: -precision) }
      if size.exponent <= -precision {
        let rest = classCounts[i...].reduce(0.0) { $0 + Double($1) }
        return error + size * Magnitude(rest * (1 + 0x1p-20))
      }
      factor.set(x)
      factor.formComplement()
      factor.formPower(count, base: &temporary)
      product.multiply(by: factor)
    }
    return error
  }

  /// x = e^(-r t) for ratio `index`.
  private func setPower(_ index: Int, _ time: borrowing RealBall) {
    x.set(ratios[index])
    x.multiply(by: time)
    x.negate()
    x.formExponential()
  }

  /// P(t) lies in [0, 1]: a product about which nothing is known errs by at most 1 + |product|.
  private var error: Magnitude {
    product.error.bound < 0.5 ? product.absoluteError : Magnitude(product.value) + Magnitude(1)
  }
}
