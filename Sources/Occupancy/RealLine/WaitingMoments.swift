// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// E[T] and E[T(T+1)] of a waiting time T.
struct WaitingMoments: Sendable {
  let mean: Enclosure
  let rising: Enclosure

  /// Var[T] = E[T(T+1)] - E[T]^2 - E[T].
  func variance(precision: Int) -> Enclosure {
    rising.subtracting(
      mean.multiplied(by: mean, precision: precision).adding(mean, precision: precision),
      precision: precision)
  }
}
