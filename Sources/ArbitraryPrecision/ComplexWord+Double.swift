// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension ComplexWord {
  /// The nearest `Double` of the positive real part, where its error leaves no doubt which that is;
  /// nil where it does, and from 2^1022 on.
  ///
  /// The midpoint m is an integer of `length` bits in units of 2^exponent, and the number lies
  /// within `units` of it. Rounding to 53 bits cuts off the last s = length - 53, and goes up from
  /// 2^(s-1) on: the number goes where m goes if no such middle is within `units` of m. Should the
  /// number lie below 2^(length-1), where neighbours are half as far apart, it is less than a
  /// quarter of 2^s below, and goes to that power of two as m does. Where the last place of 53 bits
  /// would be less than 2^-1074, s is larger by as much.
  public var nearestDouble: Double? {
    let radius = absoluteBound * 0x1p64 * (1 + 0x1p-48)
    guard re > 0, radius < 0x1p62 else { return nil }
    let units = Int128(Int64(radius)) + 1
    let cut = max(128 - re.leadingZeroBitCount - 53, -1074 - exponent)
    guard cut >= 3 else { return nil }
    // Less than 2^125 + 2^62 units of 2^(-1074 - s): below 2^-1075.
    if cut > 126 { return 0 }
    let half = Int128(1) << Int128(cut - 1)
    let rest = re & (2 * half - 1)
    guard units < half / 2, abs(rest - half) > units else { return nil }
    let scale = exponent + cut
    // The significand has at most 53 bits.
    guard scale <= 1022 - 53 else { return nil }
    let significand = Int64(truncatingIfNeeded: (re + half) >> Int128(cut))
    return Double(sign: .plus, exponent: scale, significand: Double(significand))
  }

  /// One minus the number.
  public var complement: ComplexWord {
    var result = self
    result.negate()
    result.add(1, Scratch())
    return result
  }
}
