// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// Evaluates `PartialFunction` for many unequal classes by a sum over a circle of y at each point z.
///
/// With H(y, z) = prod_c (L_c + y U_c) = sum_d y^d H_d(z), M nodes y_l = s e^(2 pi i l/M) and a window
/// lo...hi of M numbers d, (1/M) sum_l H(y_l, z) y_l^-d = sum_i s^(iM) H_(d+iM)(z). So for the wanted d of
/// the window, d >= j or d <= j,
///
///     G(z) = (1/M) sum_l H(y_l, z) kappa(y_l) + error,  kappa(y) = sum_(wanted d) y^-d.
///
/// Every d' outside the window is an alias of one d inside, with the weight s^(d'-d), and may be a wanted
/// one left out, with the weight 1. As s >= 1 for d >= j and s <= 1 for d <= j, both weights are at most
/// s^(d'-j), and |H_d'(z)| <= H_d'(r):
///
///     |error| <= 2 s^-j sum_(d' < lo or d' > hi) s^d' H_d'(r) <= 2 s^-j ((s/t)^(hi+1) H(t, r) + (s/t')^(lo-1) H(t', r))
///
/// for any t >= s, t' <= s (Chernoff); a sum is empty where hi = C or lo = 0.
final class PartialTorus: NodeEvaluator {
  /// The circle of y for one radius of z, chosen in `Double` arithmetic: a poor choice makes the error
  /// large, never its bound wrong.
  struct Plan {
    let tilt, upperTilt, lowerTilt: Tilt
    let window: ClosedRange<Int>

    /// - Parameter bits: -log2 of the error to aim at, relative to s^-j H(s, r).
    init(_ function: PartialFunction, radius: Double, bits: Int) {
      let partial = function.tilt(at: radius)
      tilt = partial.tilt
      let logTilt = tilt.log
      let (mean, deviation) = partial.moments
      let nats = Double(bits) * 0.693_147_180_559_945_3
      func log(_ s: Double) -> Double {
        partial.factors.reduce(0) { $0 + $1.classCount * $1.state(s).log }
      }
      let here = log(logTilt)
      let up = ContourPlan.chernoff(nats, deviation, mean) { (log(logTilt + $0) - here, $0) }
      let down = ContourPlan.chernoff(nats, deviation, mean) { (log(logTilt - $0) - here, -$0) }
      upperTilt = Tilt(log: logTilt + up.tilt)
      lowerTilt = Tilt(log: logTilt - down.tilt)
      let c = Double(function.law.classCount)
      let low = Int(max(0, min(Double(function.bound), mean - down.nodes)))
      let high = Int(min(c, max(Double(function.bound), mean + up.nodes).rounded(.up)))
      window = low...high
    }
  }

  private let function: PartialFunction
  private let bits: Int
  private let precision: Int
  private let powers: CopiesPowers
  private let product: GroupProduct
  private let short, reached: [BallBox]
  private var nodes: [(tilt: BallBox, kernel: BallBox)] = []
  private var error = Magnitude.zero
  private var radius = 0.0
  private var factor: ComplexBall
  private let scratch: ComplexBall.Scratch

  init(_ function: PartialFunction, bits: Int, precision: Int) {
    let groups = function.law.groups
    self.function = function
    self.bits = bits
    self.precision = precision
    powers = CopiesPowers(
      law: function.law, sampling: function.sampling, copies: function.copies, precision: precision)
    product = GroupProduct(exponents: groups.map(\.classCount), precision: precision)
    short = groups.map { _ in BallBox(precision: precision) }
    reached = groups.map { _ in BallBox(precision: precision) }
    factor = ComplexBall(precision: precision)
    scratch = ComplexBall.Scratch(precision: precision)
  }

  /// Products in one evaluation, about.
  static func work(_ function: PartialFunction, _ plan: Plan) -> Double {
    let law = function.law
    let squarings = Double(Int.bitWidth - law.classCount.leadingZeroBitCount)
    let bits = law.groups.reduce(0) { $0 + $1.classCount.nonzeroBitCount }
    let groups = Double(law.groups.count)
    return groups * Double(2 * function.copies + 8)
      + Double(plan.window.count) * (1.5 * groups + Double(bits) + squarings)
  }

  func evaluate(_ point: borrowing ComplexBall, into result: inout ComplexBall) {
    let size = point.size
    let length = size.mantissa * Double(sign: .plus, exponent: size.exponent, significand: 1)
    // A bound of |z|; the nodes of a circle differ by their rounding only.
    if length > radius || length < radius * (1 - 1e-9) { begin(radius: length * (1 + 0x1p-40)) }
    powers.begin(at: point)
    for (l, u) in zip(short, reached) { powers.next(short: &l.ball, reached: &u.ball) }
    result.set(0)
    var lost = Magnitude.zero
    for node in nodes {
      product.begin()
      for (l, u) in zip(short, reached) {
        factor.set(u.ball)
        factor.multiply(by: node.tilt.ball, scratch)
        factor.add(l.ball)
        product.multiply(by: factor)
      }
      product.finish(into: &factor)
      factor.multiply(by: node.kernel.ball, scratch)
      lost = lost + result.addMidpoint(of: factor)
    }
    // The kernels carry the factor 1/M.
    result.widen(by: lost + error)
  }

  /// Chooses the circle of y, and bounds what it misses for |z| <= r: H_d is largest at r.
  private func begin(radius r: Double) {
    radius = r
    let plan = Plan(function, radius: r, bits: bits)
    let (c, j) = (function.law.classCount, function.bound)
    let (low, high) = (plan.window.lowerBound, plan.window.upperBound)
    error = .zero
    if high < c {
      error =
        error + function.tiltedValue(plan.upperTilt, at: r)
        * Tilt.power(plan.tilt, over: plan.upperTilt, high + 1)
    }
    if low > 0 {
      error =
        error + function.tiltedValue(plan.lowerTilt, at: r)
        * Tilt.power(plan.tilt, over: plan.lowerTilt, low - 1)
    }
    error = error * Tilt.power(.one, over: plan.tilt, j) * Magnitude(2)
    let m = plan.window.count
    let wanted = function.side == .atLeast ? j...high : low...j
    nodes = (0..<m).map { l in
      let tilt = BallBox(precision: precision)
      var scale = ComplexBall(precision: precision)
      scale.set(plan.tilt.ball(precision: precision))
      tilt.ball.setRootOfUnity(l, of: m)
      tilt.ball.multiply(by: scale, scratch)
      return (tilt, kernel(tilt, wanted, isReal: l == 0, count: m))
    }
  }

  /// kappa(y)/M: y^-d for the last d by Horner where y > 0, elsewhere the geometric sum.
  private func kernel(
    _ tilt: BallBox, _ wanted: ClosedRange<Int>, isReal: Bool, count: Int
  ) -> BallBox {
    let result = BallBox(precision: precision)
    var inverse = ComplexBall(precision: precision)
    var base = ComplexBall(precision: precision)
    var power = ComplexBall(precision: precision)
    inverse.set(tilt.ball)
    inverse.formReciprocal(scratch)
    result.ball.set(1)
    if isReal {
      for _ in 1..<wanted.count {
        result.ball.multiply(by: inverse, scratch)
        result.ball.add(1, scratch)
      }
    } else {
      // (1 - w^n)/(1 - w), w = 1/y.
      result.ball.set(inverse)
      result.ball.formPower(wanted.count, base: &base, scratch)
      result.ball.negate()
      result.ball.add(1, scratch)
      power.set(inverse)
      power.negate()
      power.add(1, scratch)
      power.formReciprocal(scratch)
      result.ball.multiply(by: power, scratch)
    }
    if wanted.lowerBound > 0 {
      inverse.formPower(wanted.lowerBound, base: &base, scratch)
      result.ball.multiply(by: inverse, scratch)
    }
    result.ball.divide(by: count)
    return result
  }
}
