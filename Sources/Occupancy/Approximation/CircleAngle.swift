// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An angle of a node and what all classes need of it, for the angle exactly as stored.
struct CircleAngle {
  /// t, 0 < t <= pi.
  let angle: Double
  /// sin t, within 4 u.
  let sine: Double
  /// 2 sin^2(t/2) = 1 - cos t, within 9 u: twice 4 u and a rounding.
  let versine: Double
  /// sin t - t, within 24 u.
  let sineRemainder: Double

  @inline(__always)
  init(_ angle: Double) {
    self.angle = angle
    sine = sin(angle)
    let half = sin(angle / 2)
    versine = 2 * (half * half)
    sineRemainder = OddRemainders.sine(angle)
  }
}

/// A complex exponent with bounds of the absolute errors of both parts, added up, in units of
/// u = 2^-53.
struct NodeExponent {
  /// The real part.
  var real: Double
  /// The imaginary part.
  var imaginary: Double
  /// What both err by together.
  var error: Double
}
