// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// delta(n) = ln n! - ln(sqrt(2 pi n) (n/e)^n) for n >= 1, within 2^-55.
///
/// From 16 on by Stirling's series 1/(12 n) - 1/(360 n^3) + 1/(1260 n^5) - 1/(1680 n^7) + 1/(1188 n^9)
/// - 691/(360360 n^11): it alternates and errs by less than its next term, 1/(156 n^13) < 2^-59. The
/// roundings are a few u of 1/(12 n) < 2^-7.5, five in its first term and less in the others: below
/// 2^-57. Below 16 a table.
///
/// Reference: Loader, *Fast and accurate computation of binomial probabilities* (2000).
func stirlingError(_ n: Int) -> Double {
  if n < 16 { return stirlingErrorTable[n - 1] }
  let i = 1 / Double(n)
  let s = i * i
  let inner = 1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * (691.0 / 360_360)))
  return i * (1.0 / 12 - s * (1.0 / 360 - s * inner))
}

/// delta(1), ..., delta(15), correctly rounded.
private let stirlingErrorTable: [Double] = [
  0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093,
  0.016644691189821193, 0.013876128823070748, 0.01189670994589177, 0.010411265261972096,
  0.009255462182712733, 0.00833056343336287, 0.007573675487951841, 0.00694284010720953,
  0.006408994188004207, 0.0059513701127588475, 0.005554733551962801,
]
