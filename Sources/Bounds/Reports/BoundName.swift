// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The bounds of a report; raw values are the names of its columns.
public enum BoundName: String, CaseIterable, Hashable, Sendable {
  /// The lower bound of L_Info by `CURLBound`.
  case curlLower = "curl_lower"
  /// The lower bound of L_Info by `CouponBound`.
  case couponLower = "coupon_lower"
  /// The upper bound of L_sup by `CURLBound`.
  case curlUpper = "curl_upper"
  /// The upper bound of L_sup by `CouponBound`.
  case couponUpper = "coupon_upper"
  /// `CoverageFreeCURLBound`.
  case curlCoverageFreeUpper = "curl_coverage_free_upper"
  /// `CoverageFreeCouponBound`.
  case couponCoverageFreeUpper = "coupon_coverage_free_upper"
  /// `AshBound`.
  case ashUpper = "ash_upper"
  /// `PhiBound`.
  case phiUpper = "phi_upper"
  /// `PhiCapBound`.
  case phiCapUpper = "phi_cap_upper"
  /// `BaoBound`.
  case baoUpper = "bao_upper"
  /// `BaoTightenedBound`.
  case baoTightenedUpper = "bao_tightened_upper"
  /// `TrivialCap`.
  case trivialCap = "trivial_cap"

  /// Whether it bounds L_Info from below, and not L_sup from above.
  public var isLower: Bool { self == .curlLower || self == .couponLower }
}
