// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Radii, numbers of nodes and the range of an `OccupancyWindow`; see there for the errors.
///
/// Chosen in `Double` arithmetic: a poor choice makes enclosures wide, never wrong.
struct OccupancyPlan {
  /// H at the tilt s for which E D is the d asked for where E S = n.
  let function: OccupancyFunction
  let drawCount: Int
  /// The nodes z.
  let draws: ContourPlan
  /// M, the number of nodes y.
  let tiltCount: Int
  /// The d that are served.
  let range: ClosedRange<Int>
  /// ln H(s, r), about: nodes whose size is e^-`negligibleNats` of it may be left out.
  let logPeak: Double
  let negligibleNats: Double
  private let series: DistinctSeries
  private let upperTilt: Tilt
  private let lowerTilt: Tilt

  /// How far a window reaches, in standard deviations of D and in those of S that a step in D moves
  /// E S by.
  private static let reach = 4.0
  /// What the reach costs at the ends of the range, in bits: two factors of e^(-reach^2/2).
  private let reachBits: Double
  /// The most nodes of a torus.
  private static let nodeLimit = 0x1p24

  /// - Parameters:
  ///   - possible: The d that have a positive probability; at least two.
  ///   - distinctCount: The d that must be served; below C and below n.
  ///   - bits: -log2 of the relative error to aim at.
  /// - Returns: nil when the nodes are too many.
  init?(
    law: LabelLaw, sampling: SamplingScheme, drawCount n: Int, possible: ClosedRange<Int>,
    distinctCount d: Int, bits: Double
  ) {
    drawCount = n
    // Where n draws take all items of d classes there is no saddle point; half a class more has one.
    let isLowest = sampling == .withoutReplacement && d == possible.lowerBound
    let saddle = DistinctSeries.saddle(
      law: law, sampling: sampling, drawCount: n, center: Double(d) + (isLowest ? 0.5 : 0))
    let radius = saddle.radius
    function = saddle.function
    let moments = function.moments(radius)
    let deviation = max(moments.distinctVariance, 1e-6).squareRoot()
    // One label more moves E(S | D) by this much.
    let step = moments.covariance / max(moments.distinctVariance, 1e-6)
    let rest = moments.drawsVariance - step * moments.covariance
    let unit = min(deviation, max(rest, 0).squareRoot() / max(step, 1e-6))
    let half = Int(Self.reach * unit)
    let reached = half == 0 ? 0 : Double(half) / unit
    reachBits = 1 + reached * reached * 1.442_695_040_888_963_4
    range = max(possible.lowerBound, d - half)...min(possible.upperBound - 1, d + half)

    let goal = bits + reachBits + log2(1 + 2.51 * deviation)
    series = DistinctSeries(
      law: law, sampling: sampling, tilt: function.tilt, range: range, radius: radius)
    draws = ContourPlan(series, degree: n, bits: goal, radius: radius)
    let nats = goal * 0.693_147_180_559_945_3 + log(1 + 2.51 * max(rest, 0).squareRoot())
    let (f, here) = (function, function.logValue(radius))
    (logPeak, negligibleNats) = (here, nats)
    func shifted(_ s: Double) -> OccupancyFunction {
      OccupancyFunction(law: law, sampling: sampling, tilt: Tilt(log: f.tilt.log + s))
    }
    let up = ContourPlan.chernoff(nats, deviation, Double(range.lowerBound)) { s in
      (shifted(s).logValue(radius) - here, s)
    }
    let down = ContourPlan.chernoff(nats, deviation, Double(range.upperBound)) { s in
      (shifted(-s).logValue(radius) - here, -s)
    }
    // Beyond the possible d nothing is left to alias.
    let needUp = min(up.nodes, Double(law.classCount - range.lowerBound + 1))
    let needDown = min(down.nodes, Double(range.upperBound + 1))
    tiltCount = max(1, Int(max(needUp, needDown).rounded(.up)))
    guard Double(draws.lastNode + 1) * Double(tiltCount) <= Self.nodeLimit else { return nil }
    upperTilt = shifted(up.tilt).tilt
    lowerTilt = shifted(-down.tilt).tilt
  }

  /// The working precision with which A_d has a relative error near 2^-bits even where it is smallest.
  ///
  /// As in `ContourProbability`: g^w errs by the units of `WeightSteps`, g^w - 1 by 1 + 1/l times as much,
  /// l = w ln g, and y by one; a product, an addition and a product with the other factors add less than
  /// eight. The errors of all classes add up.
  func workingPrecision(for bits: Int) -> Int {
    let (law, sampling) = (function.law, function.sampling)
    let roundings = WeightSteps(weights: law.groups.map(\.weight), sampling: sampling).roundings
    let slope = sampling.logBase(draws.radius) * law.scaledTotal
    let precise = 3 * (Double(drawCount) * Double(draws.lastNode + 1) + law.scaledTotal)
    let start = 1 + precise * Double(sign: .plus, exponent: -WeightPowers.guardBits, significand: 1)
    let units = zip(law.groups, roundings).reduce(start) { sum, term in
      let l = slope * term.0.probability
      return sum + Double(term.0.classCount) * (term.1 * (1 + 1 / l) + 8)
    }
    let lost = min(log2(units), 4096)
    return fastPrecision(atLeast: bits + Int((reachBits + 3 + lost).rounded(.up)))
  }

  /// What is left out, scaled as A_d: at most `cutOff` in size either way, and between 0 and
  /// `aliasing` too much.
  var lostMagnitude: (cutOff: Magnitude, aliasing: Magnitude) {
    let others = tiltAliasBound
    return (
      draws.cutOffBound(series) + others, draws.aliasBound(series, degree: drawCount) + others
    )
  }

  /// sum_(i != 0) s^(d+iM) H_(d+iM)(r) for every d in the range: H(s, r) (P(D >= d+M) + P(D <= d-M)).
  private var tiltAliasBound: Magnitude {
    var bound = Magnitude.zero
    let (law, sampling) = (function.law, function.sampling)
    let above = range.lowerBound + tiltCount
    if above <= law.classCount {
      let steeper = OccupancyFunction(law: law, sampling: sampling, tilt: upperTilt)
      bound = steeper.value(draws.radius) * Tilt.power(function.tilt, over: upperTilt, above)
    }
    let below = range.upperBound - tiltCount
    if below >= 0 {
      let flatter = OccupancyFunction(law: law, sampling: sampling, tilt: lowerTilt)
      bound =
        bound + flatter.value(draws.radius) * Tilt.power(function.tilt, over: lowerTilt, below)
    }
    return bound
  }
}
