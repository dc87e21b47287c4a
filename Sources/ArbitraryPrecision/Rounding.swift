// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// The direction in which an operation rounds its exact result.
public enum Rounding: Sendable, Hashable {
  /// To the nearest representable number, ties to even.
  case nearest
  /// Toward minus infinity: the result is a lower bound.
  case down
  /// Toward plus infinity: the result is an upper bound.
  case up
  /// Toward zero.
  case towardZero

  var mode: mpfr_rnd_t {
    switch self {
    case .nearest: MPFR_RNDN
    case .down: MPFR_RNDD
    case .up: MPFR_RNDU
    case .towardZero: MPFR_RNDZ
    }
  }
}

/// How a rounded result compares with the exact one.
public enum RoundingOutcome: Sendable, Hashable {
  /// The result is exact.
  case exact
  /// The result is smaller than the exact value.
  case below
  /// The result is larger than the exact value.
  case above

  init(ternary: CInt) {
    self = ternary == 0 ? .exact : ternary < 0 ? .below : .above
  }
}
