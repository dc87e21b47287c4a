// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The circle of y for one radius of z: how many nodes serve a range of numbers d, and what the
/// others alias at most.
///
/// With M nodes every d' outside the range is an alias of d' + iM inside, so what is left is
///
///     sum_(d' >= lo + M) s^d' H_d'(r) + sum_(d' <= hi - M) s^d' H_d'(r)
///         <= (s/t)^(lo+M) H(t, r) + (s/t')^(hi-M) H(t', r)
///
/// for any t >= s, t' <= s (Chernoff); a sum is empty beyond the number of classes or below 0.
/// Chosen in `Double` arithmetic: a poor choice makes the error large, never its bound wrong.
struct TiltNodes {
  let product: OccupancyProduct
  let radius: Double
  /// s.
  let tilt: Tilt
  private let logTilt: Double
  private let classes: ClassTilt
  private let up, down: (nodes: Double, tilt: Double)

  /// - Parameters:
  ///   - center: The d from which the reach upward and downward is counted.
  ///   - nats: -ln of the error to aim at, relative to H(s, r).
  init(
    _ product: OccupancyProduct, radius: Double, logTilt: Double, up upward: Double,
    down downward: Double, nats: Double
  ) {
    (self.product, self.radius, self.logTilt) = (product, radius, logTilt)
    tilt = Tilt(log: logTilt)
    let classes = product.tilt(radius)
    self.classes = classes
    let deviation = max(classes.deviation(logTilt), 1e-3)
    let here = classes.logProduct(logTilt)
    up = ContourPlan.chernoff(nats, deviation, upward) { s in
      (classes.logProduct(logTilt + s) - here, s)
    }
    down = ContourPlan.chernoff(nats, deviation, downward) { s in
      (classes.logProduct(logTilt - s) - here, -s)
    }
  }

  /// How far beyond the starting points something counts that is not negligible.
  var reach: (up: Double, down: Double) { (up.nodes, down.nodes) }

  /// sum_(d >= first) s^d H_d(r), from above.
  func above(_ first: Int) -> Magnitude {
    guard first <= product.requirement.classCount else { return .zero }
    let steeper = Tilt(log: logTilt + up.tilt)
    return product.value(tilt: steeper, at: radius) * Tilt.power(tilt, over: steeper, first)
  }

  /// sum_(d <= last) s^d H_d(r), from above.
  func below(_ last: Int) -> Magnitude {
    guard last >= 0 else { return .zero }
    let flatter = Tilt(log: logTilt - down.tilt)
    return product.value(tilt: flatter, at: radius) * Tilt.power(tilt, over: flatter, last)
  }
}
