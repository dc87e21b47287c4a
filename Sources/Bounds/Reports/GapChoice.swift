// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import Measurements

/// Which form of the gap d, what class means cost in the class-mean inequality, is used.
public enum GapChoice: String, CaseIterable, Hashable, Sendable {
  /// The tighter d_cvx = E (1-p) y, which is measured with a correction where draws are without
  /// replacement.
  case convex
  /// d = E min(0, y), as the published code has it.
  case published
  /// The largest valid one, delta = L_Info - E g_K, with which the class-mean inequality is an
  /// equation: what is left between a bound and the loss then is combinatorial.
  case exact

  /// The measured mean.
  public var mean: MeasuredMean {
    switch self {
    case .convex: .gapConvex
    case .published: .gap
    case .exact: .exactGap
    }
  }
}
