// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision

/// A probability and its complement, each enclosed with full relative accuracy.
public struct Tails: Sendable {
  /// The probability.
  public let probability: Enclosure
  /// One minus the probability.
  public let complement: Enclosure

  /// Whether both enclosures have a relative width of at most 2^-precision.
  func isWithin(relativePrecision precision: Int) -> Bool {
    probability.isWithin(relativePrecision: precision)
      && complement.isWithin(relativePrecision: precision)
  }
}
