// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// sin x for |x| <= pi, to within 1e-15, by arithmetic alone: the same bits on every platform.
///
/// By sin x = sin(pi - x) the argument is at most pi/2, where the Taylor polynomial of degree 21
/// leaves less than (pi/2)^23 / 23! < 1.3e-18.
@inline(never)
public func sine(_ x: Double) -> Double {
  let y = x > 0.5 * .pi ? .pi - x : (x < -0.5 * .pi ? -.pi - x : x)
  let z = y * y
  var p = 1 / 51_090_942_171_709_440_000.0
  p = 1 / 121_645_100_408_832_000.0 - p * z
  p = 1 / 355_687_428_096_000.0 - p * z
  p = 1 / 1_307_674_368_000.0 - p * z
  p = 1 / 6_227_020_800.0 - p * z
  p = 1 / 39_916_800.0 - p * z
  p = 1 / 362_880.0 - p * z
  p = 1 / 5040.0 - p * z
  p = 1 / 120.0 - p * z
  p = 1 / 6.0 - p * z
  return y - y * z * p
}

/// cos x for 0 <= |x| <= pi, to within 1e-15, as sin(pi/2 - |x|).
@inline(never)
public func cosine(_ x: Double) -> Double { sine(0.5 * .pi - (x < 0 ? -x : x)) }
