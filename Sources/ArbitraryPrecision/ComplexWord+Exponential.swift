// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// e^z and roots of unity, in fixed-point numbers of units 2^-125.
extension ComplexWord {
  /// Becomes e^z, within 1.5 u: nothing is known of it from |z| = 2^58 on, where z is known to no
  /// unit.
  ///
  /// z errs by at most d = |z| e, so e^z by a factor within e^d - 1 <= d(1 + d) of 1 for d <= 1,
  /// because e^d - 1 - d <= d^2 (e - 2).
  ///
  /// x = k ln 2 + r and y = j pi/2 + s with |r| <= 0.39, |s| <= 0.89. Relative errors, in units of
  /// 2^-125:
  ///
  /// * r and s err by 1.1, and what is computed of them by 3.6 and 3.1 (`ExponentialSeries`): 4.7
  ///   and 4.2.
  /// * The parts of the product are rounded to units of 2^-124, by half of it each, and it is at
  ///   least e^-0.41 in size: sqrt(1/2) 2 / 0.66 < 2.2.
  ///
  /// Together, with products of errors, less than 11.1 + 2^-100 < 12 = 1.5 u 2^125.
  public mutating func formExponential(_ t: Scratch) {
    // The exponent of 2^58 is -67 or more; zero is e^0 = 1.
    guard exponent <= -68, bound.isFinite else { return self = .unknown }
    let d = norm * bound * Self.scaled(1 + 0x1p-48, byPowerOfTwo: exponent + 64)
    let x = PeriodReduction.byLogarithm(of: re, exponent: exponent)
    let y = PeriodReduction.byQuarterTurn(of: im, exponent: exponent)
    let size = SplitWord(ExponentialSeries.real(x.rest))
    let turn = ExponentialSeries.turn(y.rest)
    let (c, s) = Self.turned(turn, by: y.count)
    bound = d <= 1 ? d * (1 + d) * (1 + 0x1p-48) : .infinity
    lose(1.5 * Self.unit)
    // 2^-125 2^-125 2^126 = 2^-124
    assign(
      product: (size * SplitWord(c)).rounded(), (size * SplitWord(s)).rounded(),
      exponent: x.count - 124)
  }

  /// Becomes e^(2 pi i numerator / denominator), within u.
  ///
  /// 4 numerator / denominator = j + g with |g| <= 1/2, and the angle is (j + g) pi/2. g is cut off
  /// at 2^-126, and pi/2 by a unit of 2^-125: with the rounding of their product the rest errs by
  /// less than (1/2) pi/2 + (1/2) + 1/2 < 1.8 units of 2^-125, e^(is) by 3.1 more
  /// (`ExponentialSeries`). If a part is 1 or more, a last bit is cut off, less than one unit in
  /// each: sqrt(2). Together less than 6.4 < 8 = u 2^125.
  ///
  /// - Precondition: 0 <= numerator < denominator < 2^62.
  public mutating func setRootOfUnity(_ numerator: Int, of denominator: Int) {
    precondition(
      numerator >= 0 && numerator < denominator && denominator < 1 << 62,
      "a root of unity has 0 <= numerator < denominator < 2^62")
    let n = UInt64(denominator)
    var (j, rest) = (UInt64(numerator) << 2).quotientAndRemainder(dividingBy: n)
    let isBeyond = rest > n - rest
    if isBeyond {
      j += 1
      rest = n - rest
    }
    let angle = PeriodReduction.quarterTurns(rest, over: n)
    let (c, s) = Self.turned(ExponentialSeries.turn(isBeyond ? -angle : angle), by: Int(j))
    bound = 0
    // Quarter turns are exact.
    if rest != 0 { lose() }
    _ = assign(c, s, exponent: -125)
  }

  /// i^j (c + i s).
  private static func turned(
    _ z: (cosine: Int128, sine: Int128), by j: Int
  ) -> (Int128, Int128) {
    switch j & 3 {
    case 0: (z.cosine, z.sine)
    case 1: (0 &- z.sine, z.cosine)
    case 2: (0 &- z.cosine, 0 &- z.sine)
    default: (z.sine, 0 &- z.cosine)
    }
  }
}
