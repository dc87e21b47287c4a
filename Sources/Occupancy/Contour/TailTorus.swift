// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The probability that at least, or at most, j of many unequal classes count, by a torus.
///
/// With a window lo...hi of M numbers d that holds j and the wanted ones up to its end,
///
///     s^j G(z) = (1/M) sum_l H(y_l, z) kappa(y_l) + error,  kappa(y) = s^j sum_(wanted d) y^-d,
///
/// |error| <= sum_(d' < lo or d' > hi) s^d' H_d'(r) (Theorem 6, `TiltNodes`). The nodes z are
/// those of `SomeReached`, whose bounds serve for cut-off and aliasing.
struct TailTorus {
  let function: SomeReached
  /// n.
  let degree: Int

  private var product: OccupancyProduct { function.product }

  /// Products that a node z takes, about.
  func work(bits: Double) -> Double {
    function.powerWork + product.tiltWork(plan(bits: bits).window.count)
  }

  /// What is chosen for one accuracy, the window among it, and the bits that sums over it lose.
  ///
  /// - Parameter bits: -log2 of the error to aim at, relative to the probability.
  func plan(bits: Double) -> (torus: TorusPlan, window: ClosedRange<Int>, spread: Double) {
    let draws = ContourPlan(function, degree: degree, bits: bits)
    let classes = product.tilt(draws.radius)
    let logTilt = classes.logTilt(for: function.side, function.bound)
    let mean = classes.mean(logTilt)
    // The integral is some standard deviations of both numbers less than H(s, r) s^-j.
    let nats =
      (bits + 16) * ln2
      + log((1 + 2.51 * classes.deviation(logTilt)) * (1 + 2.51 * draws.deviation))
    let tilts = TiltNodes(
      product, radius: draws.radius, logTilt: logTilt, up: mean, down: mean, nats: nats)
    let bound = Double(function.bound)
    let low = Int(saturating: max(0, min(bound, mean - tilts.down.nodes)))
    let most = Double(product.requirement.classCount)
    let high = Int(saturating: min(most, max(bound, mean + tilts.up.nodes).rounded(.up)))
    let torus = TorusPlan(
      degree: degree, draws: draws, tilts: tilts, tiltCount: high - low + 1,
      logNegligible: product.logTilted(draws.radius, log: logTilt) - nats)
    return (torus, low...high, log2(nats + Double(high - low + 1)))
  }

  /// An enclosure of relative width at most 2^-precision.
  func enclosure(precision: Int) throws -> Enclosure {
    var isFirst = true
    return try Refinement.enclosure(of: "the torus", precision: precision, spare: 0) { working in
      defer { isFirst = false }
      let (torus, window, spread) = plan(bits: Double(working + 8))
      let (lost, bits) = (torus.lost, Double(working + 8) + spread)
      return isFirst && lost.fitsWords(bits)
        ? value(torus, window, ComplexWord.self, FixedArithmetic.precision)
        : value(torus, window, ComplexBall.self, lost.ballPrecision(bits))
    }
  }

  private func value<Number: RigorousComplex & ~Copyable>(
    _ plan: TorusPlan, _ window: ClosedRange<Int>, _ arithmetic: Number.Type, _ precision: Int
  ) -> Enclosure {
    let outside = plan.tilts.above(window.upperBound + 1) + plan.tilts.below(window.lowerBound - 1)
    // s^j times the bounds of G.
    let scale = Tilt.power(plan.tilts.tilt, over: .one, function.bound)
    let cutOff = plan.draws.cutOffBound(function) * scale + outside
    let aliasing = plan.draws.aliasBound(function, degree: degree) * scale
    return Torus<Number>(plan, precision: precision).probability(
      function.bound, lost: (cutOff, aliasing)
    ) { kernel(plan, window, l: $0, precision) }
  }

  /// kappa(y_l) = e^(-2 pi i l j/M) sum_(i < count) v^i, v = 1/y or y, |v| <= 1: by doubling where y
  /// is real and nothing cancels, elsewhere as (1 - v^count)/(1 - v).
  func kernel<Number: RigorousComplex & ~Copyable>(
    _ plan: TorusPlan, _ window: ClosedRange<Int>, l: Int, _ precision: Int
  ) -> BallBox<Number> {
    let (m, j) = (window.count, function.bound)
    let count = function.side == .atLeast ? window.upperBound - j + 1 : j - window.lowerBound + 1
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
      // Of 2k terms the sum is that of k times 1 + v^k: relative errors add up. Horner's rule would
      // multiply what is known of them by up to 2 at every term.
      let power = BallBox<Number>(precision: precision)
      power.ball.set(v)
      for bit in (0..<count.bitLength - 1).reversed() {
        factor.set(power.ball)
        factor.add(1, scratch)
        result.ball.multiply(by: factor, scratch)
        power.ball.square(scratch)
        if count >> bit & 1 == 0 { continue }
        result.ball.add(power.ball)
        power.ball.multiply(by: v, scratch)
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
    v.setRootOfUnity(l.multiplied(by: j, modulo: m), of: m)
    v.conjugate()
    result.ball.multiply(by: v, scratch)
    return result
  }
}
