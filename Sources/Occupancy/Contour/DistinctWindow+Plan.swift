// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension DistinctWindow {
  /// Radii, numbers of nodes and the range of a window.
  ///
  /// Chosen in `Double` arithmetic: a poor choice makes enclosures wide, never wrong.
  struct Plan {
    let product: OccupancyProduct
    let drawCount: Int
    /// The nodes z.
    let draws: ContourPlan
    /// The nodes y, with the tilt s for which E D is the d asked for where E S = n.
    let tilts: TiltNodes
    /// M.
    let tiltCount: Int
    /// The d that are served.
    let range: ClosedRange<Int>
    /// ln of what is negligible of a node.
    let logNegligible: Double
    private let series: TiltedSeries
    /// What the reach costs at the ends of the range, in bits: two factors of e^(-reach^2/2).
    private let reachBits: Double

    /// How far a window reaches, in standard deviations of D and in those of S that a step in D
    /// moves E S by: a wide window has more numbers, a narrow one loses fewer bits at its ends.
    static let wideReach = 4.0
    static let narrowReach = 2.25
    /// The most nodes of a torus.
    private static let nodeLimit = 0x1p24

    /// - Parameters:
    ///   - possible: The d that have a positive probability; at least two.
    ///   - distinctCount: The d that must be served; below C and below n.
    ///   - bits: -log2 of the relative error to aim at.
    ///   - reach: How far the window reaches from there.
    /// - Returns: nil when the nodes are too many.
    init?(
      _ product: OccupancyProduct, drawCount n: Int, possible: ClosedRange<Int>,
      distinctCount d: Int, bits: Double, reach: Double
    ) {
      self.product = product
      drawCount = n
      // Where n draws take all items of d classes there is no saddle point; half a class more has
      // one.
      let isLowest = product.sampling == .withoutReplacement && d == possible.lowerBound
      let saddle = TiltedSeries.saddle(
        product, drawCount: n, center: Double(d) + (isLowest ? 0.5 : 0))
      let (radius, logTilt) = (saddle.radius, saddle.logTilt)
      let moments = product.moments(radius, log: logTilt)
      let variance = max(moments.distinctVariance, 1e-6)
      let deviation = variance.squareRoot()
      // One class more moves E(S | D) by this much.
      let step = moments.covariance / variance
      let rest = max(
        product.drawsVariance(radius, log: logTilt) - step * moments.covariance, 0)
      let unit = min(deviation, rest.squareRoot() / max(step, 1e-6))
      let half = Int(reach * unit)
      let reached = half == 0 ? 0 : Double(half) / unit
      reachBits = 1 + reached * reached * 1.442_695_040_888_963_4
      range = max(possible.lowerBound, d - half)...min(possible.upperBound - 1, d + half)

      let goal = bits + reachBits + log2(1 + 2.51 * deviation)
      let nats = goal * 0.693_147_180_559_945_3 + log(1 + 2.51 * rest.squareRoot())
      tilts = TiltNodes(
        product, radius: radius, logTilt: logTilt, up: Double(range.lowerBound),
        down: Double(range.upperBound), nats: nats)
      series = TiltedSeries(product: product, tilt: tilts.tilt, range: range, radius: radius)
      draws = ContourPlan(series, degree: n, bits: goal, radius: radius)
      logNegligible = product.logTilted(radius, log: logTilt) - nats
      // Beyond the possible d nothing is left to alias.
      let needUp = min(
        tilts.reach.up, Double(product.requirement.classCount - range.lowerBound + 1))
      let needDown = min(tilts.reach.down, Double(range.upperBound + 1))
      tiltCount = max(1, Int(max(needUp, needDown).rounded(.up)))
      guard Double(draws.lastNode + 1) * Double(tiltCount) <= Self.nodeLimit else { return nil }
    }

    /// The working precision with which A_d has a relative error near 2^-bits even where it is
    /// smallest: as for any circle, eight units for the operations on a factor.
    func workingPrecision(for bits: Int, guardBits: Int) -> Int {
      let lost = log2(
        LostUnits.count(
          product, radius: draws.radius, degree: drawCount, nodeCount: draws.lastNode + 1,
          perFactor: 8, guardBits: guardBits))
      return bits + Int((reachBits + 3 + min(lost, 4096)).rounded(.up))
    }

    /// What is left out, scaled as A_d: at most `cutOff` in size either way, and between 0 and
    /// `aliasing` too much.
    var lost: (cutOff: Magnitude, aliasing: Magnitude) {
      let others =
        tilts.above(range.lowerBound + tiltCount) + tilts.below(range.upperBound - tiltCount)
      return (
        draws.cutOffBound(series) + others, draws.aliasBound(series, degree: drawCount) + others
      )
    }
  }
}
