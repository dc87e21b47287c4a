// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension Range<Int> {
  /// The least number of the range from which on a condition holds, by bisection; the upper bound if
  /// there is none.
  ///
  /// - Parameter holds: Holds for all numbers above one for which it holds.
  package func first(fromWhichOn holds: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
