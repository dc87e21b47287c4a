// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The radius, the number of nodes and the angular cut-off of a contour integral.
///
/// All of it is chosen in `Double` arithmetic: a poor choice makes the enclosure wide, never
/// wrong, for `ContourIntegral` bounds each error rigorously for the plan that it is given.
///
/// S is the tilted law P(S = k) = [z^k]F r^k / F(r), and r solves E S = n.
struct ContourPlan {
  /// r, exactly this number.
  let radius: Double
  /// N, the number of nodes on the full circle.
  let nodeCount: Int
  /// K: nodes -K...K are evaluated.
  let lastNode: Int
  /// r e^s for the upper Chernoff bound, at least r.
  let upperRadius: Double
  /// r e^-s for the lower Chernoff bound, at most r; nil only if n - N lies below the lowest
  /// degree.
  let lowerRadius: Double?
  /// The standard deviation of S, about; 0 if it is not known.
  var deviation = 0.0
}

extension ContourPlan {
  /// - Parameters:
  ///   - function: The generating function F.
  ///   - degree: n, above the lowest degree of F and below its highest.
  ///   - bits: -log2 of the relative error to aim at for aliasing and for cut-off each.
  ///   - radius: r, if it is known already.
  init(_ function: some BoundedSeries, degree n: Int, bits: Double, radius: Double? = nil) {
    let target = Double(n)
    let radius = radius ?? Self.radius(function, degree: n)
    let logRadius = log(radius)
    let step = 1e-3
    // Var S = d mean / d ln r
    let rise = function.excess(exp(logRadius + step)) - function.excess(exp(logRadius - step))
    let deviation = max(rise / (2 * step), 1e-300).squareRoot()
    // P(S = n) is near 1/(sqrt(2 pi) sigma), or 1 where S hardly varies.
    let nats = bits * ln2 + log(1 + 2.51 * deviation)

    let here = function.logValue(radius)
    func reach(_ sign: Double) -> (nodes: Double, tilt: Double) {
      Self.chernoff(nats, deviation, target, sign) { function.logValue(exp(logRadius + $0)) - here }
    }
    let (up, down) = (reach(1), reach(-1))
    let allBelow = target - Double(function.lowestDegree) + 1
    let count = max(up.nodes, min(down.nodes, allBelow)).rounded(.up)
    let nodeCount = max(1, Int(saturating: min(count, 0x1p60)))
    let isLowerNeeded = n - nodeCount >= function.lowestDegree
    self.init(
      radius: radius, nodeCount: nodeCount,
      lastNode: Self.cutOff(function, radius, nodeCount, nats),
      upperRadius: max(radius, exp(logRadius + up.tilt)),
      lowerRadius: isLowerNeeded ? min(radius, exp(logRadius - down.tilt)) : nil,
      deviation: deviation)
  }

  /// How many bits node k is smaller than node 0, about and rather less: |F| falls like the
  /// characteristic function of a Poisson variable, e^(-deviation^2 (1 - cos t)) at the angle t.
  func decline(atNode k: Int) -> Int {
    let half = deviation * sin(Double.pi * Double(k) / Double(nodeCount))
    return Int(saturating: 0.85 * 2 * half * half / ln2)
  }

  /// r with mean(r) = n.
  static func radius(_ function: some BoundedSeries, degree n: Int) -> Double {
    let guess = log(Double(n) / function.law.scaledTotal)
    let target = Double(n - function.lowestDegree)
    return exp(IncreasingFunction.root(from: guess, target: target) { function.excess(exp($0)) })
  }

  /// The least N, and its tilt |s|, with cgf(s) - s (n +- N) <= -nats for s of a sign: N = (cgf(s) +
  /// nats)/|s| -+ n, smallest at one s, found by golden section in ln |s|.
  static func chernoff(
    _ nats: Double, _ deviation: Double, _ n: Double, _ sign: Double, _ cgf: (Double) -> Double
  ) -> (nodes: Double, tilt: Double) {
    func nodes(_ logTilt: Double) -> Double {
      let s = sign * exp(logTilt)
      let count = (cgf(s) - s * n + nats) / abs(s)
      return count.isFinite ? count : .infinity
    }
    let guess = log((2 * nats).squareRoot() / max(deviation, 1e-3))
    let high = min(guess + 3, 6.5)
    // To a fiftieth of s, where N is within a thousandth of its least value.
    let (logTilt, count) = UnimodalFunction.minimum(
      in: (guess < high + 3 ? guess - 3 : high - 6)...high, steps: 12, nodes)
    return (max(1, count), exp(logTilt))
  }

  /// The least K for which the majorant of the nodes beyond K is small enough, or all nodes.
  private static func cutOff(
    _ function: some BoundedSeries, _ radius: Double, _ count: Int, _ nats: Double
  ) -> Int {
    let here = function.logValue(radius)
    func isNegligible(_ k: Int) -> Bool {
      let angle = 2 * Double.pi * Double(k + 1) / Double(count)
      let x = function.sampling.majorantArgument(radius: radius, angle: angle)
      // Where the real part is small the majorant is of no use: keep the node.
      return x > radius * 0x1p-20 && function.logMajorant(x, radius: radius) - here <= -nats - 0.7
    }
    // Angles below pi/2 only: the majorant's argument shrinks as the angle grows.
    // Close to pi/2 it may be of no use: a second limit keeps clear of that.
    let limits = [count / 4 - 1, count / 5]
    guard let high = limits.first(where: { $0 > 0 && isNegligible($0) }) else { return count / 2 }
    return (0..<high).first(fromWhichOn: isNegligible)
  }
}

/// What a plan leaves out, bounded rigorously.
extension ContourPlan {
  /// What the nodes left out add up to at most (Theorem 2): N-1-2K nodes, each weighted 1/N, less
  /// than one node's worth of the majorant at node K+1.
  func cutOffBound(_ series: some BoundedSeries) -> Magnitude {
    guard 2 * lastNode < nodeCount - 1 else { return .zero }
    let angle = 2 * Double.pi * Double(lastNode + 1) / Double(nodeCount)
    let x = series.sampling.majorantArgument(radius: radius, angle: angle)
    return series.majorant(x, radius: radius)
  }

  /// What the other coefficients, all of them added, add up to at most (Theorem 1): (x/r)^(k-n-N)
  /// >= 1 for the k >= n + N that x >= r serves, and likewise below.
  func aliasBound(_ series: some BoundedSeries, degree: Int) -> Magnitude {
    precondition(
      upperRadius >= radius && lowerRadius ?? radius <= radius,
      "a contour plan has lowerRadius <= radius <= upperRadius")
    let upper = series.value(upperRadius) * powerOfRatio(radius, upperRadius, degree + nodeCount)
    guard let low = lowerRadius else { return upper }
    return upper + series.value(low) * powerOfRatio(radius, low, degree - nodeCount)
  }
}
