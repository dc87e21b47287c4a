// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels

/// A cell of the domain of bounds by loss and spread: relative scores r of
/// which that of one class j is y and the others are x <= y, for an anchor of class c.
///
/// The coordinates are sigma, the logarithm of the sum (rho_j y + (1 - rho_c - rho_j) x)/rho_c, and
/// tau = ln(y/x) >= 0. With D as in `SpreadShape`, ln x = sigma - D and ln y = sigma + tau - D, and
///
///     l = ln(1 + e^sigma),  S = a ln y + (b - a) ln x = a tau + b (sigma - D)
///
/// with a and b the `otherSpread` and the `spread` of the shape. g is convex in (ln x, ln y), a mean
/// of logarithms of sums of exponentials, so it is nowhere below its tangent at the centre, of slopes
/// p and q:
///
///     l - lambda g + nu S <= ln(1 + e^sigma) - k (sigma - sigma_c)
///                            + (nu a - lambda q)(tau - tau_c) + k (D - D_c) - lambda g_c + nu S_c,
///     k = lambda (p + q) - nu b.
///
/// This is convex in sigma, and in tau where k >= 0. Otherwise D, which is convex, is replaced by
/// its tangent. So the largest value is at a corner.
///
/// Near a maximum, where the curvatures of l and lambda g nearly cancel, `ScorePoint.excess` is the
/// better bound.
///
/// The whole domain is one cell, sigma from -(40 + ln(1+K)) - ln(rho_c/rho_j) to ln R, R the largest
/// sum, and tau from 0 to T = ln(K R rho_c/rho_j) + 40. Below, l and S are smaller, and g is larger
/// than at r = 0 by at most K y <= K e^sigma rho_c/rho_j. Beyond T, l is the same, S smaller, and g
/// falls by at most the integral of its slope, K R (rho_c/rho_j) e^-T, since p <= K x. So what is left
/// out exceeds what is in by at most lambda e^-40.
package struct SpreadCell: DualCell {
  let centre: DualPoint

  private let shape: SpreadShape
  private let (sigma, tau): (ClosedRange<Double>, ClosedRange<Double>)
  private let scores: ScorePoint
  /// D at the ends and at the centre, and its slope there.
  private let logs: (lower: Double, upper: Double, centre: Double, slope: Double)
  /// ln(1 + e^sigma) at the ends.
  private let objectives: (lower: Double, upper: Double)

  /// The whole domain.
  init(_ shape: SpreadShape) {
    let reach = 40 + softPlus(logarithm(shape.law.negativeCount))
    let first = -reach - max(0, -logarithm(shape.otherWeight))
    self.init(
      shape, sigma: min(first, shape.logarithmOfEnd)...shape.logarithmOfEnd,
      tau: 0...shape.lastRatio)
  }

  private init(_ shape: SpreadShape, sigma: ClosedRange<Double>, tau: ClosedRange<Double>) {
    self.shape = shape
    self.sigma = sigma
    self.tau = tau
    let (s, t) = (sigma.middle, tau.middle)
    let d = shape.logarithm(t)
    logs = (
      shape.logarithm(tau.lowerBound), shape.logarithm(tau.upperBound), d, shape.slope(t)
    )
    objectives = (softPlus(sigma.lowerBound), softPlus(sigma.upperBound))
    scores = ScorePoint(shape, y: s + t - d, x: s - d)
    centre = scores.point
  }

  func upperBound(_ multipliers: DualMultipliers) -> Double {
    let excess = min(
      cornerExcess(multipliers), scores.excess(multipliers, reach: reach) ?? .infinity)
    let (width, slope) = (sigma.width + tau.width, scores.loss.slopeX + scores.loss.slopeY)
    // Parts that are not negative, each of the size of what it stands for.
    let size =
      multipliers.loss * (1 + scores.loss.value + slope * width)
      + multipliers.spread * (abs(centre.spread) + shape.spread * width) + centre.objective + width
    return centre.value(multipliers) + excess + dualMargin(size)
  }

  var halves: (SpreadCell, SpreadCell)? {
    // Curvatures in both coordinates are alike, so square cells are the best.
    if sigma.width >= tau.width {
      guard let (lower, upper) = sigma.halves else { return nil }
      return (
        SpreadCell(shape, sigma: lower, tau: tau), SpreadCell(shape, sigma: upper, tau: tau)
      )
    }
    guard let (lower, upper) = tau.halves else { return nil }
    return (
      SpreadCell(shape, sigma: sigma, tau: lower), SpreadCell(shape, sigma: sigma, tau: upper)
    )
  }

  func peak(_ multipliers: DualMultipliers) -> DualPoint { scores.peak(multipliers) }

  /// How far ln x and ln y are from those of the centre.
  private var reach: Double {
    let bend = max(logs.upper - logs.centre, logs.centre - logs.lower)
    return sigma.width / 2 + max(bend, tau.width / 2 + bend)
  }

  /// How far the bound at the corners exceeds the value at the centre.
  private func cornerExcess(_ multipliers: DualMultipliers) -> Double {
    let (lambda, nu) = (multipliers.loss, multipliers.spread)
    let k = lambda * (scores.loss.slopeX + scores.loss.slopeY) - nu * shape.spread
    let half = sigma.width / 2
    let inSigma = max(objectives.lower + k * half, objectives.upper - k * half)
    let linear = (nu * shape.otherSpread - lambda * scores.loss.slopeY) * tau.width / 2
    let bend: (lower: Double, upper: Double) =
      k >= 0
      ? (k * (logs.lower - logs.centre), k * (logs.upper - logs.centre))
      : (-k * logs.slope * tau.width / 2, k * logs.slope * tau.width / 2)
    return inSigma + max(bend.lower - linear, bend.upper + linear) - centre.objective
  }
}
