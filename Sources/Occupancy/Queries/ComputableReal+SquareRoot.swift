// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

extension ComputableReal {
  /// The square root of a number that is not negative.
  var squareRoot: ComputableReal {
    if let exact, exact.signum == 0 { return self }
    return ComputableReal { precision in
      // A relative width w of the number gives less than w for its root, rounded outward.
      try enclosure(precision: precision + 2).squareRoot(precision: precision + 4)
    } isExactly: { candidate in
      candidate.signum > 0 ? try isExactly(candidate * candidate) : false
    }
  }
}
