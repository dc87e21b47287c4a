// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// P(D_n = d) for a range of d by the trapezoidal rule on the torus |z| = r, |y| = s (Theorem 6).
///
///     A_d = (1/(MN)) sum_(k,l) H(y_l, z_k) z_k^-n y_l^-d r^n s^d
///
/// is the wanted term plus others that are not negative: those of the series s^d H_d on the circle
/// (`TiltedSeries`), and two tails of the tilted D (`TiltNodes`), which the nodes z beyond the
/// cut-off carry once more. One torus serves the d to which the tilted law gives at least 2^-24 of
/// its peak.
struct DistinctWindow {
  /// The d that are enclosed.
  let range: ClosedRange<Int>
  private let values: [Enclosure]

  /// P(D_n = d).
  subscript(distinctCount: Int) -> Enclosure { values[distinctCount - range.lowerBound] }

  /// Evaluates the nodes of a plan in some arithmetic, at a working precision in bits.
  init<Number: RigorousComplex & ~Copyable>(_ plan: Plan, _ arithmetic: Number.Type, precision: Int)
  {
    range = plan.range
    let torus = Torus<Number>(plan.torus, precision: precision)
    let (lost, m) = (plan.lost, plan.torus.tiltCount)
    let roots = Torus<Number>.roots(of: m, precision)
    for root in roots { root.ball.conjugate() }
    values = range.map { d in torus.probability(d, lost: lost) { roots[$0 * (d % m) % m] } }
  }

  /// Radii, numbers of nodes and the range of a window, chosen in `Double` arithmetic: a poor
  /// choice makes enclosures wide, never wrong.
  struct Plan {
    /// With the tilt s for which E D is the d asked for where E S = n.
    let torus: TorusPlan
    /// The d that are served.
    let range: ClosedRange<Int>
    private let series: TiltedSeries
    /// What the reach costs at the ends of the range, in bits: two factors of e^(-reach^2/2).
    private let reachBits: Double

    /// How far a window reaches, in standard deviations of D and in those of S that a step in D
    /// moves E S by: a wide window has more numbers, a narrow one loses fewer bits at its ends.
    static let wideReach = 4.0
    static let narrowReach = 2.25

    /// The reach, at most the wide one, with which words would serve a result of so many bits; nil
    /// if they do not serve the window itself.
    func wordReach(for bits: Int) -> Double? {
      guard let spare = torus.lost.spareBits(workingBits(for: bits)) else { return nil }
      return min(Self.wideReach, ((reachBits - 1 + spare) / Self.reachLoss).squareRoot())
    }

    /// What a reach of 1 costs, in bits: log2 e.
    private static let reachLoss = 1.442_695_040_888_963_4

    /// - Parameters:
    ///   - possible: The d that have a positive probability; at least two.
    ///   - distinctCount: The d that must be served; below C and below n.
    ///   - bits: -log2 of the relative error to aim at.
    ///   - reach: How far the window reaches from there.
    /// - Returns: nil when that would take too long.
    init?(
      _ product: OccupancyProduct, drawCount n: Int, possible: ClosedRange<Int>,
      distinctCount d: Int, bits: Double, reach: Double
    ) {
      // Where n draws take all items of d classes there is no saddle point; half a class more has
      // one.
      let isLowest = product.sampling == .withoutReplacement && d == possible.lowerBound
      let (radius, logTilt) = TiltedSeries.saddle(
        product, drawCount: n, center: Double(d) + (isLowest ? 0.5 : 0))
      let moments = product.moments(radius, log: logTilt)
      let variance = max(moments.distinctVariance, 1e-6)
      let deviation = variance.squareRoot()
      // One class more moves E(S | D) by this much.
      let step = moments.covariance / variance
      let rest = max(product.drawsVariance(radius, log: logTilt) - step * moments.covariance, 0)
      let unit = min(deviation, rest.squareRoot() / max(step, 1e-6))
      let half = Int(saturating: min(reach * unit, 0x1p60))
      let reached = half == 0 ? 0 : Double(half) / unit
      reachBits = 1 + reached * reached * Self.reachLoss
      range = max(possible.lowerBound, d - half)...min(possible.upperBound - 1, d + half)

      let goal = bits + reachBits + log2(1 + 2.51 * deviation)
      let nats = goal * ln2 + log(1 + 2.51 * rest.squareRoot())
      let tilts = TiltNodes(
        product, radius: radius, logTilt: logTilt, up: Double(range.lowerBound),
        down: Double(range.upperBound), nats: nats)
      series = TiltedSeries(product: product, tilt: tilts.tilt, range: range, radius: radius)
      // Beyond the possible d nothing is left to alias.
      let needUp = min(
        tilts.up.nodes, Double(product.requirement.classCount - range.lowerBound + 1))
      let needDown = min(tilts.down.nodes, Double(range.upperBound + 1))
      torus = TorusPlan(
        degree: n, draws: ContourPlan(series, degree: n, bits: goal, radius: radius), tilts: tilts,
        tiltCount: max(1, Int(saturating: max(needUp, needDown).rounded(.up))),
        logNegligible: product.logTilted(radius, log: logTilt) - nats)
      if torus.seconds(bits: goal) > CapacityError.patience { return nil }
    }

    /// The bits with which A_d has a relative error near 2^-bits even where it is smallest.
    func workingBits(for bits: Int) -> Double { Double(bits) + reachBits + 3 }

    /// What is left out, scaled as A_d.
    fileprivate var lost: (cutOff: Magnitude, aliasing: Magnitude) {
      let others =
        torus.tilts.above(range.lowerBound + torus.tiltCount)
        + torus.tilts.below(range.upperBound - torus.tiltCount)
      return (
        torus.draws.cutOffBound(series) + others,
        torus.draws.aliasBound(series, degree: torus.degree) + others
      )
    }
  }
}

/// Chernoff bounds of the tails of D_n, the number of distinct labels among n draws.
///
/// For d above the mean and s >= 1, P(D_n >= d) <= E s^(D_n - d), and below with s <= 1,
/// P(D_n <= d) <= E s^(D_n - d). With H of `OccupancyProduct`, whose coefficients are not negative,
///
///     E s^(D_n) = [z^n] H(s, z) / [z^n] E(z) <= H(s, r) / (r^n [z^n] E(z)) for every r > 0.
struct DistinctBound {
  let product: OccupancyProduct
  let drawCount: Int

  /// A bound of P(D_n >= d), or of P(D_n <= d), if it is at most 2^-bits; nil also for d on the other
  /// side of the mean.
  func bound(_ side: CountSide, _ d: Int, atMost bits: Int) -> Real? {
    // E D_n, about: where the tilt of the saddle point is 1, which costs far less than the saddle
    // point.
    let mean = product.tilt(product.freePoint(drawCount: Double(drawCount))).mean(0)
    guard side == .atLeast ? Double(d) > mean : Double(d) < mean else { return nil }
    // Any s and r give a bound; the saddle point gives the best one.
    let tail = SomeReached(product, side, d, degree: drawCount)
    let radius = ContourPlan.radius(tail, degree: drawCount)
    // bound < 2^exponent
    guard let bound = product.chance(tail.value(radius), drawCount: drawCount, radius: radius),
      bound.signum > 0, let exponent = bound.binaryExponent, exponent <= -bits
    else { return nil }
    return bound
  }
}
