// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The probability that at least, or at most, j of many unequal classes count, by a torus.
///
/// With a window lo...hi of M numbers d that holds j and the wanted ones up to its end,
///
///     s^j G(z) = (1/M) sum_l H(y_l, z) kappa(y_l) + error,  kappa(y) = s^j sum_(wanted d) y^-d.
///
/// Every d' outside the window is an alias of one d inside, with the weight s^(d'-d), and may be a
/// wanted one left out, with the weight 1. As s >= 1 for d >= j and s <= 1 for d <= j, both weights
/// are at most s^(d'-j), and |H_d'(z)| <= H_d'(r): |error| <= 2 sum_(d' < lo or d' > hi) s^d'
/// H_d'(r) (`TiltNodes`).
///
/// The nodes z are those of `SomeReached`, whose bounds serve for cut-off and aliasing.
struct TailTorus {
  let function: SomeReached
  /// n.
  let degree: Int

  private var product: OccupancyProduct { function.product }

  /// Products that a node z takes, about.
  func work(bits: Double) -> Double { work(plan(bits: bits)) }

  /// What is chosen for one accuracy.
  private struct Plan {
    let draws: ContourPlan
    let tilts: TiltNodes
    let window: ClosedRange<Int>
    let nats: Double
    /// ln of H(s, r).
    let logPeak: Double
  }

  /// - Parameter bits: -log2 of the error to aim at, relative to the probability.
  private func plan(bits: Double) -> Plan {
    let draws = ContourPlan(function, degree: degree, bits: bits)
    let classes = product.tilt(draws.radius)
    let logTilt = classes.logTilt(for: function.side, function.bound)
    let mean = classes.mean(logTilt)
    // The integral is some standard deviations of both numbers less than H(s, r) s^-j.
    let nats =
      (bits + 16) * 0.693_147_180_559_945_3
      + log((1 + 2.51 * classes.deviation(logTilt)) * (1 + 2.51 * draws.deviation))
    let tilts = TiltNodes(
      product, radius: draws.radius, logTilt: logTilt, up: mean, down: mean, nats: nats)
    let c = Double(product.requirement.classCount)
    let bound = Double(function.bound)
    let low = Int(max(0, min(bound, mean - tilts.reach.down)))
    let high = Int(min(c, max(bound, mean + tilts.reach.up).rounded(.up)))
    return Plan(
      draws: draws, tilts: tilts, window: low...high, nats: nats,
      logPeak: product.logTilted(draws.radius, log: logTilt))
  }

  private func work(_ plan: Plan) -> Double {
    let parts = product.requirement.parts
    let squarings = Double(
      Int.bitWidth - product.requirement.classCount.leadingZeroBitCount)
    let bits = parts.reduce(0) { $0 + $1.classCount.nonzeroBitCount }
    let powers = Double(parts.reduce(0) { $0 + 2 * $1.copies + 8 })
    return powers
      + Double(plan.window.count) * (1.5 * Double(parts.count) + Double(bits) + squarings)
  }

  /// An enclosure of relative width at most 2^-precision.
  func enclosure(precision: Int) throws -> Enclosure {
    var isFirst = true
    return try Refinement.enclosure(of: "the torus", precision: precision, spare: 0) { working in
      defer { isFirst = false }
      let plan = plan(bits: Double(working + 8))
      func needed(guardBits: Int) -> Int {
        let lost = log2(
          LostUnits.count(
            product, radius: plan.draws.radius, degree: degree,
            nodeCount: plan.draws.lastNode + 1, perFactor: 8, guardBits: guardBits))
        let spread = log2(plan.nats + Double(plan.window.count))
        return working + Int((8 + spread + min(lost, 4096)).rounded(.up))
      }
      return isFirst && needed(guardBits: 0) <= FixedArithmetic.precision
        ? value(plan, ComplexWord.self, FixedArithmetic.precision)
        : value(
          plan, ComplexBall.self,
          fastPrecision(atLeast: needed(guardBits: WeightPowers<ComplexBall>.guardBits)))
    }
  }

  private func value<Number: RigorousComplex & ~Copyable>(
    _ plan: Plan, _ arithmetic: Number.Type, _ precision: Int
  ) -> Enclosure {
    let (j, tilt) = (function.bound, plan.tilts.tilt)
    let m = plan.window.count
    let torus = Torus<Number>(
      Torus.Plan(
        product: product, degree: degree, draws: plan.draws, tilt: tilt, tiltCount: m,
        logNegligible: plan.logPeak - plan.nats), precision: precision)
    let (sum, error) = torus.coefficient { kernel(plan, l: $0, precision) }
    let outside =
      (plan.tilts.above(plan.window.upperBound + 1) + plan.tilts.below(plan.window.lowerBound - 1))
      * Magnitude(2)
    // s^j times the bounds of G.
    let scale = Tilt.power(tilt, over: .one, j)
    let cut = plan.draws.cutOffBound(function) * scale
    let alias = plan.draws.aliasBound(function, degree: degree) * scale
    let coefficient = Enclosure(lower: sum, upper: sum)
      .widened(by: error + outside + cut, precision: precision)
      .subtracting(Enclosure(lower: Real(0), upper: alias.real), precision: precision)
    var weight = tilt.ball(precision: precision)
    weight.formPower(j)
    weight.multiply(
      by: product.sampling.drawWeight(
        total: product.law.total, drawCount: degree, radius: plan.draws.radius,
        unit: product.law.unitExponent, precision: precision))
    let all = weight.enclosure()
    guard all.isPositive else { return Enclosure(lower: Real(0), upper: Real(1)) }
    return coefficient.nonnegative.divided(by: all, precision: precision).clampedToProbability
  }

  /// kappa(y_l) = e^(-2 pi i l j/M) sum_(i < count) v^i, v = 1/y or y, |v| <= 1: by Horner's rule
  /// where y is real, elsewhere as (1 - v^count)/(1 - v).
  private func kernel<Number: RigorousComplex & ~Copyable>(
    _ plan: Plan, l: Int, _ precision: Int
  ) -> BallBox<Number> {
    let m = plan.window.count
    let count =
      function.side == .atLeast
      ? plan.window.upperBound - function.bound + 1 : function.bound - plan.window.lowerBound + 1
    let scratch = Number.makeScratch(precision: precision)
    let result = BallBox<Number>(precision: precision)
    var v = Number(precision: precision)
    var factor = Number(precision: precision)
    v.setRootOfUnity(l, of: m)
    factor.set(plan.tilts.tilt.ball(precision: precision))
    v.multiply(by: factor, scratch)
    if function.side == .atLeast { v.formReciprocal(scratch) }
    result.ball.set(1)
    if l == 0 {
      for _ in 1..<count {
        result.ball.multiply(by: v, scratch)
        result.ball.add(1, scratch)
      }
      return result
    }
    result.ball.set(v)
    result.ball.formPower(count, base: &factor, scratch)
    result.ball.negate()
    result.ball.add(1, scratch)
    v.negate()
    v.add(1, scratch)
    v.formReciprocal(scratch)
    result.ball.multiply(by: v, scratch)
    // l j mod M, whose product may take two words.
    let product = l.multipliedFullWidth(by: function.bound % m)
    v.setRootOfUnity(m.dividingFullWidth(product).remainder, of: m)
    v.conjugate()
    result.ball.multiply(by: v, scratch)
    return result
  }
}
