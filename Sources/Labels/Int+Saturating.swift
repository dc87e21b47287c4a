// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension Int {
  /// The integer part of a number, or the end of `Int` that it lies beyond; 0 for what is no number.
  ///
  /// An estimate may be of any size, and converted plainly one that is too large ends the program.
  package init(saturating value: Double) {
    // The bounds of Int are -2^63, which is a Double, and 2^63 - 1, which is none.
    self = value >= 0x1p63 ? .max : value >= -0x1p63 ? Int(value) : value.isNaN ? 0 : .min
  }
}
