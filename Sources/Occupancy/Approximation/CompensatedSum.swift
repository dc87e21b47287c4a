// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A sum of `Double`s with its rounding errors added up beside it.
///
/// Each addition's error is exact (Knuth's two-sum); with m summands of total size B the value errs by at most
/// u of itself and m^2 u^2 B, which for m < 2^20 is below 2^-13 u B.
///
/// Reference: Ogita, Rump, Oishi, *Accurate sum and dot product*, SIAM J. Sci. Comput. 26 (2005),
/// Proposition 4.5.
struct CompensatedSum {
  private var sum = 0.0
  private var errors = 0.0

  @inline(__always)
  mutating func add(_ x: Double) {
    let next = sum + x
    let part = next - sum
    errors += (sum - (next - part)) + (x - part)
    sum = next
  }

  var value: Double { sum + errors }
}
