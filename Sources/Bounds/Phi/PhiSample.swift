// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What is known of G at one point.
struct PhiSample {
  let s: Double
  /// G(s), within `valueError`.
  let value: Double
  let valueError: Double
  /// G'(s), within `slopeError`.
  let slope: Double
  let slopeError: Double
  /// A lower bound of the part of G''(s) from terms with f'' >= 0.
  let convexLower: Double
  /// An upper bound of the size of the other part.
  let concaveUpper: Double
  /// G''(s), about.
  let curvature: Double
}

/// The interval between two neighbouring samples.
struct PhiCell {
  let left: PhiSample
  let right: PhiSample

  var width: Double { right.s - left.s }

  /// A lower bound of G(s) - slope s over the cell.
  ///
  /// G'' >= k on the cell. Of the terms with f'' < 0 each |f''| = q(q - 1), q = n e^s/(n e^s - (n -
  /// 1 - m)), falls with s, so all of them are at most what they are at the left end. The others
  /// have |f'''| = f'' |1 - 2q| <= f'', so over a distance h they fall at most by the factor e^-h.
  /// Hence with k = e^-w P - N, P at either end, N at the left one,
  ///
  ///     phi(x + h) >= phi(x) + phi'(x) h + k h^2/2,   phi(y - h) >= phi(y) - phi'(y) h + k h^2/2
  ///
  /// and the better of the two least values bounds phi.
  func lowerBound(slope: Double) -> Double {
    // e^-w >= 1 - w + w^2/2 - w^3/6 for w >= 0.
    let w = width
    let decay = max(0, 1 - w + w * w / 2 - w * w * w / 6)
    let scale = slope * (right.s + 2 * w) + w + w * w
    return max(
      Self.least(
        left.value - left.valueError - slope * left.s, left.slope - left.slopeError - slope,
        left.convexLower * decay - left.concaveUpper, w, scale),
      Self.least(
        right.value - right.valueError - slope * right.s,
        slope - right.slope - right.slopeError, right.convexLower * decay - left.concaveUpper, w,
        scale))
  }

  /// A lower bound of v + d h + k h^2/2 over 0 <= h <= w (1 + 2^-50); what rounding here and in the
  /// arguments may lose, at most a few units 2^-53 of their parts' sizes, is taken off.
  private static func least(
    _ v: Double, _ d: Double, _ k: Double, _ w: Double, _ scale: Double
  ) -> Double {
    let margin = (abs(v) + abs(d) * w + abs(k) * w * w + scale) * 0x1p-50
    // The parabola opens upward: its vertex is at -d/k.
    if k > 0, d < 0, -d < k * w { return v - d * d / (2 * k) - margin }
    return min(v, v + d * w + min(k, 0) * w * w / 2) - margin
  }
}
