// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// P(D_n = d) for a range of d by the trapezoidal rule on the torus |z| = r, |y| = s.
///
/// H(y, z) = prod_c (1 + y (g^(w_c) - 1)) = sum_d y^d H_d(z) is evaluated at N nodes z_k and M nodes
/// y_l; then
///
///     A_d = (1/(MN)) sum_(k,l) H(y_l, z_k) z_k^-n y_l^-d r^n s^d = sum_(i,j) [z^(n+jN)]H_(d+iM) s^(d+iM) r^(n+jN),
///
/// the wanted term, i = j = 0, plus others that are not negative.
///
/// * i = 0: aliasing of the series s^d H_d on the circle (`DistinctSeries`, `ContourPlan.aliasBound`).
/// * i != 0: at most sum_(i != 0) s^(d+iM) H_(d+iM)(r), two tails of the tilted D, which Chernoff's
///   inequality bounds at other tilts.
/// * Nodes z beyond a cut-off are left out. They carry s^d H_d(z), which has a majorant, and the terms
///   i != 0, at most their values at r once more.
///
/// One torus serves the d to which the tilted law gives at least 2^-24 of its peak. As H is real on
/// the real axes, the nodes -k, -l contribute conjugates.
struct OccupancyWindow {
  /// The d that are enclosed.
  let range: ClosedRange<Int>
  private let values: [Enclosure]

  /// P(D_n = d).
  subscript(distinctCount: Int) -> Enclosure { values[distinctCount - range.lowerBound] }

  /// Evaluates the nodes of a plan.
  ///
  /// - Parameter precision: The working precision, in bits.
  init(plan: OccupancyPlan, precision: Int) {
    range = plan.range
    let function = plan.function
    let (m, n) = (plan.tiltCount, plan.draws.nodeCount)
    let (sums, nodeError) = Self.sumOverDraws(plan, precision)
    // E(z) r^n counts all draws; A_d carries the factor s^d.
    let all = function.scheme.drawWeight(
      total: function.law.total, drawCount: plan.drawCount, radius: plan.draws.radius,
      unit: function.law.unitExponent, precision: precision)
    let lost = plan.lostMagnitude
    let share = Magnitude(1 / (Double(m) * Double(n)) * (1 + 0x1p-49))
    let roots = Self.roots(of: m, precision)
    let scratch = ComplexBall.Scratch(precision: precision)
    var term = ComplexBall(precision: precision)
    var values: [Enclosure] = []
    for d in range {
      var sum = Accumulator(precision: precision)
      var error = nodeError
      for l in 0..<m {
        term.set(sums[l].ball)
        term.multiply(by: roots[(l * (d % m)) % m].ball, scratch)
        term.addRealPart(doubled: false, to: &sum, error: &error)
      }
      error = error * share
      sum.divide(by: m, rounding: .nearest)
      sum.divide(by: n, rounding: .nearest)
      // Two divisions, each rounded once.
      error = error + Magnitude(sum) * RelativeError.rounding(precision: precision - 2)
      let symmetric = Enclosure(center: sum, radius: error + lost.cutOff)
      let coefficient = symmetric.subtracting(
        Enclosure(lower: Real(0), upper: lost.aliasing.real), precision: precision)
      var weight = function.tilt.ball(precision: precision)
      weight.formPower(d)
      weight.multiply(by: all)
      values.append(
        coefficient.clampedToPositive.divided(by: weight.enclosure(), precision: precision)
          .clampedToProbability)
    }
    self.values = values
  }

  /// For every y node l, sum over z nodes of H(y_l, z_k) e^(-2 pi i k n/N); node k > 0 counts twice,
  /// for -k. The error is of the sum over all l.
  private static func sumOverDraws(
    _ plan: OccupancyPlan, _ precision: Int
  ) -> (sums: [BallBox], error: Magnitude) {
    let draws = plan.draws
    let m = plan.tiltCount
    let evaluator = OccupancyFunction.Evaluator(plan.function, precision: precision)
    let scratch = ComplexBall.Scratch(precision: precision)
    let tilts = roots(of: m, precision)
    var tilt = ComplexBall(precision: precision)
    tilt.set(plan.function.tilt.ball(precision: precision))
    for box in tilts {
      box.ball.conjugate()
      box.ball.multiply(by: tilt, scratch)
    }
    let sums = (0..<m).map { _ in BallBox(precision: precision) }
    var errors = Magnitude.zero
    let nodes = CircleNodes(count: draws.nodeCount, degree: plan.drawCount, precision: precision)
    var point = ComplexBall(precision: precision)
    var value = ComplexBall(precision: precision)
    for k in 0...draws.lastNode {
      if k > 0 { nodes.advance() }
      point.set(nodes.direction)
      point.multiply(by: draws.radius, scratch)
      evaluator.begin(at: point)
      for l in 0..<m {
        evaluator.evaluate(tilt: tilts[l].ball, into: &value)
        value.multiply(by: nodes.phase, scratch)
        // Node N/2, if there is one, is its own mirror image.
        if k > 0 && 2 * k != draws.nodeCount { value.multiply(by: 2) }
        errors = errors + sums[l].ball.addMidpoint(of: value)
      }
    }
    return (sums, errors)
  }

  /// e^(-2 pi i l/m) for l = 0..<m.
  private static func roots(of m: Int, _ precision: Int) -> [BallBox] {
    (0..<m).map { l in
      let box = BallBox(precision: precision)
      box.ball.setRootOfUnity(l, of: m)
      box.ball.conjugate()
      return box
    }
  }
}
