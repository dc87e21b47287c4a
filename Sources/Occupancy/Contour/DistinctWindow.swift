// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// P(D_n = d) for a range of d by the trapezoidal rule on the torus |z| = r, |y| = s.
///
///     A_d = (1/(MN)) sum_(k,l) H(y_l, z_k) z_k^-n y_l^-d r^n s^d
///         = sum_(i,j) [z^(n+jN)]H_(d+iM) s^(d+iM) r^(n+jN),
///
/// the wanted term, i = j = 0, plus others that are not negative.
///
/// * i = 0: aliasing of the series s^d H_d on the circle (`TiltedSeries`,
///   `ContourPlan.aliasBound`).
/// * i != 0: at most sum_(i != 0) s^(d+iM) H_(d+iM)(r), two tails of the tilted D (`TiltNodes`).
/// * Nodes z beyond a cut-off are left out. They carry s^d H_d(z), which has a majorant, and the
///   terms i != 0, at most their values at r once more.
///
/// One torus serves the d to which the tilted law gives at least 2^-24 of its peak.
struct DistinctWindow {
  /// The d that are enclosed.
  let range: ClosedRange<Int>
  private let values: [Enclosure]

  /// P(D_n = d).
  subscript(distinctCount: Int) -> Enclosure { values[distinctCount - range.lowerBound] }

  /// Evaluates the nodes of a plan.
  ///
  /// - Parameters:
  ///   - arithmetic: What nodes are evaluated in.
  ///   - precision: The working precision, in bits.
  init<Number: RigorousComplex & ~Copyable>(
    _ plan: Plan, _ arithmetic: Number.Type, precision: Int
  ) {
    range = plan.range
    let product = plan.product
    let torus = Torus<Number>(
      Torus.Plan(
        product: product, degree: plan.drawCount, draws: plan.draws, tilt: plan.tilts.tilt,
        tiltCount: plan.tiltCount, logNegligible: plan.logNegligible), precision: precision)
    // E(z) r^n counts all draws; A_d carries the factor s^d.
    let all = product.sampling.drawWeight(
      total: product.law.total, drawCount: plan.drawCount, radius: plan.draws.radius,
      unit: product.law.unitExponent, precision: precision)
    let lost = plan.lost
    let roots = Torus<Number>.roots(of: plan.tiltCount, precision)
    for root in roots { root.ball.conjugate() }
    values = plan.range.map { d in
      let (sum, error) = torus.coefficient { l in
        roots[(l * (d % plan.tiltCount)) % plan.tiltCount]
      }
      let symmetric = Enclosure(lower: sum, upper: sum)
        .widened(by: error + lost.cutOff, precision: precision)
      let coefficient = symmetric.subtracting(
        Enclosure(lower: Real(0), upper: lost.aliasing.real), precision: precision)
      var weight = plan.tilts.tilt.ball(precision: precision)
      weight.formPower(d)
      weight.multiply(by: all)
      return coefficient.nonnegative.divided(by: weight.enclosure(), precision: precision)
        .clampedToProbability
    }
  }
}
