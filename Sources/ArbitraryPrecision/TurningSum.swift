// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The real part of a sum of complex numbers, each of which turns by an angle of its own from one
/// step to the next:
///
///     S_t = sum_k Re(a_k e^(-i t theta_k)),  t = 0, 1, 2, ...
///
/// All parts are integers of one unit, and a step takes one product a number. Every 16 steps form a
/// block, which begins with the numbers turned as a whole. In it x_t = Re(a e^(-i t theta)) follows
/// from the two before by
///
///     x_(t+1) = x_t + d_(t+1),  d_(t+1) = d_t - h x_t,  h = 2 - 2 cos(theta).
///
/// Errors of one number, in units, for |a| <= A = 1.0001 2^121; roots of unity err by u = 2^-122:
///
/// * A turn errs by A u < 0.51 and by its rounding, 1/2 + 2^-60 in each part: less than 1.22, or 1.3
///   a block with the rounding of the sum of these. What was there before grows by 1 + u, which the
///   factors 1 + 2^-48 below cover for 2^70 blocks.
/// * x_1 errs by A u and 1/2 + 2^-60: less than 1.02. h errs by 2 u, and by 2^-124 where a bit is
///   cut off, so h x_t by less than 1.13 and by 1/2 + 2^-60: 1.64.
/// * An error e of x_1 has become e U_(t-1) in x_t, one of h x_j e U_(t-1-j), where U_m = sin((m +
///   1) theta)/sin(theta), |U_m| <= m + 1. For t <= 15: less than 15 1.02 + 105 1.64 < 188.
package struct TurningSum: Sendable {
  /// x_t and d_(t+1).
  private struct Wave: Sendable {
    var value, rise: Int128
    /// h in units of 2^-123.
    let bend: SplitWord
  }

  /// e^(i theta) in units of 2^-125.
  private struct Turn: Sendable {
    let cosine, sine: SplitWord
  }

  /// a at the beginning of the block, and what turns it by a step and by a block.
  private struct Start: Sendable {
    var re, im: Int128
    let step, block: Turn
  }

  private var waves: [Wave] = []
  private var starts: [Start] = []
  private var position = 0
  private var sum: Int128 = 0
  /// The unit is 2^exponent.
  private var exponent = 0
  /// What the sum errs by, in units, besides the waves' errors.
  private var error = 0.0
  /// At least the sum of the |a_k|, in units.
  private var size = 0.0

  private static let blockLength = 16

  package init() {}

  /// Adds a number before the first step; the first one is at least half as large as any other.
  ///
  /// The first is below 2^120 units, as the larger part is below 2^125 in its own.
  ///
  /// - Parameters:
  ///   - number: a.
  ///   - numerator: j with theta = 2 pi j/N, 0 <= j < N.
  ///   - denominator: N, less than 2^58.
  package mutating func append(
    _ number: ComplexWord, turningBy numerator: Int, of denominator: Int
  ) {
    if starts.isEmpty { exponent = number.exponent + 5 }
    let shift = Int128(max(0, min(exponent - number.exponent, 127)))
    let start = Start(
      re: number.re &>> shift, im: number.im &>> shift,
      step: Self.turn(numerator, denominator),
      block: Self.turn(numerator * Self.blockLength % denominator, denominator))
    // What is shifted out is less than a unit of each part.
    let length =
      ComplexWord.scaled(number.norm, byPowerOfTwo: 64 - Int(shift)) * (1 + 0x1p-48) + 1.5
    error += length * number.bound + 1.5
    size += number.exponent <= exponent && length <= 1.0001 * 0x1p121 ? length : .infinity
    starts.append(start)
    waves.append(Self.wave(start))
    sum &+= start.re
  }

  /// Takes in that the sums are off by up to `absolute` more.
  package mutating func widen(by absolute: Magnitude) {
    let shift = absolute.exponent - exponent
    error += shift > 900 ? .infinity : ComplexWord.scaled(absolute.mantissa, byPowerOfTwo: shift)
  }

  /// S_t with its error; nothing is known of what is not far above zero.
  package var value: ComplexWord {
    // |S_t| <= size, below which nothing overflows.
    let top = Double(Int64(truncatingIfNeeded: sum &>> 64)) * 0x1p64
    guard top > 0, size < 0x1p125 else { return .unknown }
    var result = ComplexWord()
    _ = result.assign(sum, 0, exponent: exponent)
    result.bound = (error + 188 * Double(waves.count)) / top * (1 + 0x1p-48)
    return result
  }

  /// Goes on to t + 1.
  package mutating func advance() {
    position += 1
    if position == Self.blockLength { return beginBlock() }
    var sum: Int128 = 0
    for k in waves.indices {
      var wave = waves[k]
      wave.value &+= wave.rise
      wave.rise &-= (SplitWord(wave.value) * wave.bend).rounded(doublings: 3)
      sum &+= wave.value
      waves[k] = wave
    }
    self.sum = sum
  }

  private mutating func beginBlock() {
    position = 0
    sum = 0
    error += 1.3 * Double(starts.count)
    for k in starts.indices {
      let (x, y) = (SplitWord(starts[k].re), SplitWord(starts[k].im))
      let (c, s) = (starts[k].block.cosine, starts[k].block.sine)
      starts[k].re = (x * c + y * s).rounded(doublings: 1)
      starts[k].im = (y * c - x * s).rounded(doublings: 1)
      waves[k] = Self.wave(starts[k])
      sum &+= starts[k].re
    }
  }

  private static func wave(_ start: Start) -> Wave {
    let (c, s) = (start.step.cosine, start.step.sine)
    let next = (SplitWord(start.re) * c + SplitWord(start.im) * s).rounded(doublings: 1)
    let cosine = Int128(c.high) &<< 63 | Int128(c.low)
    return Wave(
      value: start.re, rise: next &- start.re, bend: SplitWord((1 &<< 125 &- cosine) &>> 1))
  }

  /// A root of unity has a part of at least sqrt(1/2), so its exponent is -125, or -124 where the
  /// part is 1.
  private static func turn(_ numerator: Int, _ denominator: Int) -> Turn {
    var root = ComplexWord()
    root.setRootOfUnity(numerator, of: denominator)
    let shift = Int128(root.exponent + 125)
    return Turn(cosine: SplitWord(root.re &<< shift), sine: SplitWord(root.im &<< shift))
  }
}
