// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels

/// A piece of the interval of s = l_adj of one class, for a bound by the loss alone: all of r is y,
/// and with a = rho_c/rho_j, G(s) = E ln(1 + m + n a (e^s - 1)).
///
/// G is convex in v = ln(a (e^s - 1)), a mean of logarithms of sums of exponentials, so it is nowhere
/// below its tangent at the centre, of slope q; and v is concave in s. So
///
///     s - lambda G(s) <= s - lambda (G_c + q (v - v_c)),
///
/// which is convex in s: the largest value is at an end. G also increases, which serves s near 0,
/// where v has no bound.
package struct AdjustedCell: DualCell {
  let centre: DualPoint

  private let shape: SpreadShape
  private let range: ClosedRange<Double>
  private let tangent: MultinomialLogarithm
  /// G at the lower end, or less.
  private let least: Double
  /// v - v_c at the ends.
  private let distances: (lower: Double, upper: Double)

  /// The whole interval.
  init(_ shape: SpreadShape) {
    self.init(shape, 0...shape.largestLoss, least: shape.law.logarithm(y: 0, x: 0).value)
  }

  private init(_ shape: SpreadShape, _ range: ClosedRange<Double>, least: Double) {
    self.shape = shape
    self.range = range
    self.least = least
    let s = range.middle
    tangent = shape.law.logarithm(y: exponentialMinusOne(s) / shape.otherWeight, x: 0)
    centre = DualPoint(position: (s, 0), objective: s, loss: tangent.value, spread: 0)
    let v = logarithm(exponentialMinusOne(s))
    distances = (
      logarithm(exponentialMinusOne(range.lowerBound)) - v,
      logarithm(exponentialMinusOne(range.upperBound)) - v
    )
  }

  func upperBound(_ multipliers: DualMultipliers) -> Double {
    let (lambda, half) = (multipliers.loss, range.width / 2)
    let slope = lambda * tangent.slopeY
    // At s = 0, v is minus infinity: the tangent says nothing, unless its slope is 0.
    let atLower = slope == 0 ? -half : -half - slope * distances.lower
    let byTangent = centre.value(multipliers) + max(atLower, half - slope * distances.upper)
    let byGrowth = range.upperBound - lambda * least
    // What the slope errs by is carried as far as v is from the centre's, where that is used.
    let reach = max(distances.upper, slope == 0 || !atLower.isFinite ? 0 : -distances.lower)
    return min(byTangent, byGrowth)
      + dualMargin(lambda * (1 + tangent.value) + slope * (1 + reach) + range.upperBound)
  }

  func peak(_ multipliers: DualMultipliers) -> DualPoint { centre }

  var halves: (AdjustedCell, AdjustedCell)? {
    guard let (lower, upper) = range.halves else { return nil }
    return (
      AdjustedCell(shape, lower, least: least), AdjustedCell(shape, upper, least: tangent.value)
    )
  }
}
