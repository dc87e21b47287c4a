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
    let m = plan.torus.tiltCount
    let roots = BallBox<Number>.roots(of: m, precision: precision)
    for root in roots { root.ball.conjugate() }
    values = plan.pieces.flatMap { piece in
      let lost = plan.lost(piece)
      return piece.map { d in torus.probability(d, lost: lost) { roots[$0 * (d % m) % m] } }
    }
  }

  /// Radii, numbers of nodes and the range of a window, chosen in `Double` arithmetic: a poor
  /// choice makes enclosures wide, never wrong.
  struct Plan {
    /// With the tilt s for which E D is the d asked for where E S = n.
    let torus: TorusPlan
    /// The d that are served.
    let range: ClosedRange<Int>
    /// The same in pieces for which one bound is a good one.
    fileprivate let pieces: [ClosedRange<Int>]
    /// What the reach costs at the ends of the range, in bits: two factors of e^(-reach^2/2).
    private let reachBits: Double
    /// What the errors of a series have grown by at the ends of the range, in bits.
    private let grownBits: Double
    /// How long a d of the range takes, about, with its share of the plan.
    let secondsEach: Double

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

    /// How far a window by a series reaches: a further one has fewer neighbours, but more nodes of
    /// more bits; least about here, where both make up for each other.
    static func seriesReach(bits: Int) -> Double { 0.5 * Double(bits).squareRoot() }

    /// - Parameters:
    ///   - possible: The d that have a positive probability; at least two.
    ///   - distinctCount: The d that must be served; below C and below n.
    ///   - bits: -log2 of the relative error to aim at.
    ///   - reach: How far the window reaches from there.
    ///   - isSeries: Whether powers of y are told apart by a series.
    /// - Returns: nil when that would take too long.
    init?(
      _ product: OccupancyProduct, drawCount n: Int, possible: ClosedRange<Int>,
      distinctCount d: Int, bits: Double, reach: Double, isSeries: Bool = false
    ) {
      // Where n draws take all items of d classes there is no saddle point; half a class more has
      // one.
      func saddle(_ d: Int) -> (radius: Double, logTilt: Double) {
        let isLowest = product.sampling == .withoutReplacement && d == possible.lowerBound
        return TiltedSeries.saddle(
          product, drawCount: n, center: Double(d) + (isLowest ? 0.5 : 0))
      }
      let (radius, logTilt) = saddle(d)
      let moments = product.moments(radius, log: logTilt)
      let variance = max(moments.distinctVariance, 1e-6)
      let deviation = variance.squareRoot()
      // One class more moves E(S | D) by this much.
      let step = moments.covariance / variance
      let rest = max(moments.drawsVariance - step * moments.covariance, 0)
      let unit = min(deviation, rest.squareRoot() / max(step, 1e-6))
      let half = Int(saturating: min(reach * unit, 0x1p60))
      let reached = half == 0 ? 0 : Double(half) / unit
      range = max(possible.lowerBound, d - half)...min(possible.upperBound - 1, d + half)
      let size = product.logTilted(radius, log: logTilt)
      // So far out the law is no longer a bell: H(s, r) beside the best bounds of both ends.
      let losses = (!isSeries || half == 0 ? [] : [range.lowerBound, range.upperBound]).map { end in
        let (r, t) = saddle(end)
        return size - product.logTilted(r, log: t) + Double(end) * (t - logTilt)
          + Double(n) * log(r / radius)
      }
      reachBits = 1 + max(reached * reached, losses.max() ?? 0) * Self.reachLoss

      let goal = bits + reachBits + log2(1 + 2.51 * deviation)
      let nats = goal * ln2 + log(1 + 2.51 * rest.squareRoot())
      let tilts = TiltNodes(
        product, radius: radius, logTilt: logTilt, up: Double(range.lowerBound),
        down: Double(range.upperBound), nats: nats)
      let series = TiltedSeries(product: product, tilt: tilts.tilt, range: range)
      let (range, width) = (range, isSeries ? max(1, Int(deviation)) : range.count)
      pieces = stride(from: range.lowerBound, through: range.upperBound, by: width).map {
        $0...min($0 + width - 1, range.upperBound)
      }
      let logOdds = (isSeries ? product.tilt(radius).classes : []).map { $0.logOdds(logTilt) }
      let coefficients =
        isSeries ? CoefficientRange(range, exponents: product.counts, logFactors: logOdds) : nil
      // Errors of a series are not shared out to all d: the factor 1/P(D = d).
      grownBits =
        coefficients.map {
          ($0.logErrors + product.logFree(radius) - size) / ln2 + log2(1 + 2.51 * deviation)
        } ?? 0
      // Beyond the possible d nothing is left to alias.
      let needUp = min(
        tilts.up.nodes, Double(product.requirement.classCount - range.lowerBound + 1))
      let needDown = min(tilts.down.nodes, Double(range.upperBound + 1))
      torus = TorusPlan(
        degree: n, draws: ContourPlan(series, degree: n, bits: goal, radius: radius), tilts: tilts,
        tiltCount: isSeries ? 1 : max(1, Int(saturating: max(needUp, needDown).rounded(.up))),
        logNegligible: size - nats, series: coefficients)
      let seconds = torus.seconds(bits: bits + reachBits + grownBits)
      let planning = 100e-6 + 50e-6 * Double(product.counts.count)
      secondsEach = (seconds + planning) / Double(range.count)
      if seconds > CapacityError.patience { return nil }
    }

    /// The bits with which A_d has a relative error near 2^-bits even where it is smallest.
    func workingBits(for bits: Int) -> Double { Double(bits) + reachBits + grownBits + 3 }

    /// What is left out of a piece, scaled as A_d; a series has no aliases in y.
    fileprivate func lost(_ piece: ClosedRange<Int>) -> (cutOff: Magnitude, aliasing: Magnitude) {
      let tilts = torus.tilts
      let series = TiltedSeries(product: torus.product, tilt: tilts.tilt, range: piece)
      let others =
        torus.series != nil
        ? .zero
        : tilts.above(range.lowerBound + torus.tiltCount)
          + tilts.below(range.upperBound - torus.tiltCount)
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
