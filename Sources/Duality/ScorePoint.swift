// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels

/// l, g and S with their derivatives at relative scores y of one class and x of the others.
struct ScorePoint {
  /// ln y, and ln x, which is minus infinity where x = 0.
  let (y, x): (Double, Double)
  /// sigma, the logarithm of the weighted sum of the scores.
  let sigma: Double
  /// g and its derivatives with y and x.
  let loss: MultinomialLogarithm
  private let shape: SpreadShape
  /// The shares of y and of x in the sum 1 + e^sigma.
  private let (shareY, shareX): (Double, Double)

  init(_ shape: SpreadShape, y: Double, x: Double) {
    self.shape = shape
    (self.y, self.x) = (y, x)
    loss = shape.law.logarithm(y: exponential(y), x: exponential(x))
    let (a, b) = (shape.otherWeight * exponential(y), shape.restWeight * exponential(x))
    sigma = logarithm(a + b)
    (shareY, shareX) = (a / (1 + a + b), b / (1 + a + b))
  }

  /// The point as the dual program takes it.
  var point: DualPoint {
    let inX = shape.spread == shape.otherSpread ? 0 : (shape.spread - shape.otherSpread) * x
    return DualPoint(
      position: (sigma, shape.hasRest ? y - x : 0), objective: softPlus(sigma), loss: loss.value,
      spread: shape.otherSpread * y + inX)
  }

  /// The gradient of l - lambda g + nu S.
  func gradient(_ multipliers: DualMultipliers) -> (y: Double, x: Double) {
    let (lambda, nu) = (multipliers.loss, multipliers.spread)
    return (
      shareY - lambda * loss.slopeY + nu * shape.otherSpread,
      shareX - lambda * loss.slopeX + nu * (shape.spread - shape.otherSpread)
    )
  }

  /// A bound of the matrix lambda c- H - c+ L from below, with L and H the second derivatives of l
  /// and g: see `excess`. H is taken less a multiple of the identity that covers what it errs by.
  private func bend(
    _ multipliers: DualMultipliers, growth: Double, decay: Double
  ) -> (yy: Double, xx: Double, xy: Double, size: Double) {
    let lambda = multipliers.loss * decay
    let error = 0x1p-38 * (loss.slopeY + loss.slopeX) + 0x1p-48
    let (p, q) = (shareY * (1 - shareY) * growth, shareX * (1 - shareX) * growth)
    let (yy, xx) = (lambda * (loss.curvatureYY - error), lambda * (loss.curvatureXX - error))
    return (
      yy - p, xx - q, lambda * loss.curvatureXY + growth * shareY * shareX, (yy + p) * (xx + q)
    )
  }

  /// Points farther away than this are not bounded.
  private static let largestReach = 0.7
  /// What rounding of M may cost a bound, relative to it, and half as much again for what the gradient
  /// errs by: see `excess`. Entries are sums of parts that err by some 2^-50 of their sizes, and
  /// determinants are at least 10^-6 of the size of theirs.
  private static let margin = 1 + 0x1p-19

  /// How far l - lambda g + nu S can exceed its value here, where ln y and ln x are within `reach`
  /// of the point's; nil if that is too far.
  ///
  /// l and g are means of logarithms of a + b e^v + c e^u with a, b, c >= 0. With probabilities
  /// proportional to the three terms the second derivative in a direction k is a variance of
  /// (0, k_v, k_u), and its derivative in a direction h a third moment, at most that variance times
  /// the range of (0, h_v, h_u). So over a distance of range d, here twice the reach at most, the
  /// second derivatives of l, L at the point, grow at most by the factor e^d, and those of g, H
  /// there, fall at most by e^-d. With
  ///
  ///     M = c+ L - c- lambda H,  c+ = 2 (e^d - 1 - d)/d^2,  c- = 2 (e^-d - 1 + d)/d^2
  ///
  /// and f the gradient, the function is at most f . k + k^T M k/2 larger at a distance k. That is
  /// at most the sum of the parts' sizes, and f^T (-M)^-1 f/2 where M is negative definite.
  ///
  /// The components of f err by at most e, and with Q = -M, for every error r of f,
  ///
  ///     (f + r)^T Q^-1 (f + r) <= (1 + 2^-20) f^T Q^-1 f + (1 + 2^20) r^T Q^-1 r,
  ///     r^T Q^-1 r <= 2 e^2 tr Q/det Q,
  ///
  /// since 2 a b <= 2^-20 a^2 + 2^20 b^2 and the trace of Q^-1 is that of Q over its determinant.
  func excess(_ multipliers: DualMultipliers, reach: Double) -> Double? {
    guard reach <= Self.largestReach else { return nil }
    let d = 2 * reach
    // The series of c+ and c- in d, with bounds of what is left out: d^3/60 (1 + d/6 + ...).
    let m = bend(
      multipliers, growth: 1 + d / 3 + d * d / 12 * (1 + d / 5 * (1 + d)),
      decay: 1 - d / 3 + d * d / 12 - d * d * d / 60)
    let (f, e) = (gradient(multipliers), gradientError(multipliers))
    guard shape.hasRest else {
      let parts = (abs(f.y) + e) * reach + max(0, -m.yy) * reach * reach / 2
      let height = abs(f.y) + e
      let vertex =
        m.yy > 1e-6 * shareY * (1 - shareY) ? height * height / (2 * m.yy) : .infinity
      return min(parts, vertex) * Self.margin
    }
    let bends = max(0, -m.yy) + max(0, -m.xx) + 2 * abs(m.xy)
    let parts = (abs(f.y) + abs(f.x) + 2 * e) * reach + bends * reach * reach / 2
    let determinant = m.yy * m.xx - m.xy * m.xy
    guard m.yy > 0, m.xx > 0, determinant > 1e-6 * m.size else { return parts * Self.margin }
    let square = m.xx * f.y * f.y - 2 * m.xy * f.y * f.x + m.yy * f.x * f.x
    let error = 0x1p22 * e * e * (m.yy + m.xx)
    return min(parts, (square + error) / (2 * determinant)) * Self.margin
  }

  /// What a component of the gradient errs by at most: the slopes by 2^-41 of themselves and 2^-50,
  /// all else by a few units 2^-53 of the parts.
  private func gradientError(_ multipliers: DualMultipliers) -> Double {
    let slopes = multipliers.loss * (loss.slopeY + loss.slopeX)
    let parts = slopes + multipliers.spread * shape.spread + shareY + shareX
    return 0x1p-40 * slopes + 0x1p-49 * (multipliers.loss + parts)
  }

  /// A point where the function is larger, by Newton's method; nil if there is none nearby.
  func ascended(_ multipliers: DualMultipliers) -> ScorePoint? {
    let m = bend(multipliers, growth: 1, decay: 1)
    let f = gradient(multipliers)
    let step: (y: Double, x: Double)
    if shape.hasRest {
      let determinant = m.yy * m.xx - m.xy * m.xy
      guard m.yy > 0, m.xx > 0, determinant > 1e-6 * m.size else { return nil }
      step = (
        (m.xx * f.y - m.xy * f.x) / determinant, (m.yy * f.x - m.xy * f.y) / determinant
      )
    } else {
      guard m.yy > 0 else { return nil }
      step = (f.y / m.yy, 0)
    }
    guard max(abs(step.y), abs(step.x)) < 1 else { return nil }
    let next = ScorePoint(shape, y: y + step.y, x: x + step.x)
    return next.sigma <= shape.logarithmOfEnd ? next : nil
  }

  /// The nearest maximum, to within rounding, or as far as Newton's method leads.
  func peak(_ multipliers: DualMultipliers) -> DualPoint {
    var (best, value) = (point, point.value(multipliers))
    var current = self
    for _ in 0..<4 {
      guard let next = current.ascended(multipliers) else { break }
      let (point, height) = (next.point, next.point.value(multipliers))
      guard height > value else { break }
      let isDone = height - value < 0x1p-46 * max(1, abs(height))
      (current, best, value) = (next, point, height)
      if isDone { break }
    }
    return best
  }
}
