// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Logarithms of intervals, in fixed-point numbers.
extension WordInterval {
  /// The decimal logarithm of positive numbers; nil where `logarithm` is.
  func decimalLogarithm(precision: Int) -> WordInterval? {
    logarithm(precision: precision + 1)?.overLogarithmOfTen
  }

  /// The decimal logarithm of one minus the number; nil where `logarithmOfComplement` is.
  func decimalLogarithmOfComplement(precision: Int) -> WordInterval? {
    logarithmOfComplement(precision: precision + 1)?.overLogarithmOfTen
  }

  /// The natural logarithm of positive numbers, widened by at most 2^-precision of it; nil if that
  /// cannot be had: for 1, for what lies outside 2^-2800...2^2800 or is not narrow.
  ///
  /// With lower 2^exponent = 2^k f, 1/2 <= f < 1, and a short c near 1/f (`LogarithmTable`)
  ///
  ///     ln = k ln 2 - ln c + ln(1 + r),   r = f c - 1,   |r| < 2^-6.8.
  ///
  /// Errors in units of 2^-116: k ln 2 lacks less than 1 + |k| 2^-12 < 1.7, an entry of the table
  /// less than 1; r lacks less than 2^-126, by which ln(1 + r) is off by 2^-9, and `series` errs by
  /// 2^-112 of it, 2^-2.8; the product is rounded and cut off, 1.01. In all less than 4. To the
  /// upper end the logarithm grows by at most (upper - lower)/lower.
  func logarithm(precision: Int) -> WordInterval? {
    precondition(!isNegative, "a logarithm of positive numbers")
    let zeros = lower.leadingZeroBitCount
    let (f, k) = (lower &<< UInt128(zeros), exponent + 128 - zeros)
    guard abs(k) <= 2800, zeros <= 1 else { return nil }
    let (table, index) = (LogarithmTable.shared, Int(truncatingIfNeeded: f &>> 121) & 63)
    let c = UInt128(table.reciprocals[index])
    // f c = 2^137 (1 + r), which has 138 bits: 2^-137 f c in units of 2^-126.
    let tail = UInt128(UInt64(truncatingIfNeeded: f)) &* c
    let product = (f &>> 64) &* c &<< 53 &+ tail &>> 11
    let r = Int128(bitPattern: product) &- 1 &<< 126
    // Units of 2^-126 and 2^-125: the product over 2^126 has units of 2^-125.
    let rest = (SplitWord(r) * SplitWord(table.series(r))).rounded() &>> 9
    let (high, low) = table.two
    let count = UInt128(k.magnitude)
    let multiple = Int128(bitPattern: (high &* count) &<< 52 &+ (low &* count) &>> 12)
    let octaves = k < 0 ? 0 &- multiple : multiple
    let value = octaves &- table.logarithms[index] &+ rest
    let growth = (upper &- lower).ratio(to: lower)
    guard precision < 116, value.magnitude &>> UInt128(precision + 3) > 0, growth < 1 &<< 100
    else { return nil }
    // A negative logarithm shrinks as the number grows.
    let size = value.magnitude
    let (less, more) = value < 0 ? (growth &+ 4, 4) : (4, growth &+ 4)
    guard less < size else { return nil }
    return WordInterval(
      lower: size &- less, upper: size &+ more, exponent: -116, isNegative: value < 0)
  }

  /// The natural logarithm of one minus the number, widened by at most 2^-precision of it; nil if
  /// that cannot be had: from 1/2 on, or for what is not narrow.
  ///
  /// For x < 2^-6 it is -x L(x), L = 1 + x/2 + x^2/3 + ... The series errs by 2^-112 of L, and x
  /// lacks less than 2^-126 in it; the product lacks less than one unit, and is at least 2^125. To
  /// the upper end it grows by less than (upper - lower)/(1 - 2^-6) < (upper - lower)(1 + 2^-5).
  func logarithmOfComplement(precision: Int) -> WordInterval? {
    precondition(!isNegative, "a number between 0 and 1")
    guard exponent < -128 else { return nil }
    let shift = UInt128(min(-126 - exponent, 127))
    if exponent + 128 > -6 {
      // In units of 2^-126; bits that are cut off move the ends outward.
      return WordInterval(
        lower: 1 &<< 126 &- upper &>> shift &- 1, upper: 1 &<< 126 &- lower &>> shift,
        exponent: -126
      ).logarithm(precision: precision)
    }
    guard precision <= 108, lower &>> 126 > 0, upper &- lower < 1 &<< 112 else { return nil }
    let x = Int128(bitPattern: lower &>> shift)
    // Units of 2^exponent and 2^-127: the product over 2^128 has units of 2^(exponent + 1).
    let size = Self.highProduct(
      lower, UInt128(bitPattern: LogarithmTable.shared.series(0 &- x)) &<< 2)
    let (error, width) = (size &>> 111 &+ 2, upper &- lower)
    return WordInterval(
      lower: size &- error, upper: size &+ error &+ (width &+ width &>> 5) &>> 1 &+ 1,
      exponent: exponent + 1, isNegative: true)
  }

  /// The number over ln 10.
  private var overLogarithmOfTen: WordInterval {
    let inverse = LogarithmTable.shared.inverseOfTen
    // An upper end below 2^128 times less than 2 more than `inverse`, and the rest of the quotient.
    return WordInterval(
      lower: max(Self.highProduct(lower, inverse), 1),
      upper: Self.highProduct(upper, inverse) &+ 3, exponent: exponent, isNegative: isNegative)
  }
}

extension UInt128 {
  /// At least the quotient by a divisor of at least 2^126, in units of 2^-116: two conversions, a
  /// sum, a quotient and a product err by less than 2^-49, and what has more than 62 bits is
  /// rounded up by less than 2^-6 of it.
  fileprivate func ratio(to divisor: UInt128) -> UInt128 {
    let shift = Swift.max(0, 64 - leadingZeroBitCount)
    let size = Double(UInt64(truncatingIfNeeded: self &>> UInt128(shift)))
    let top = shift == 0 ? size : (size + 1) * Double(sign: .plus, exponent: shift, significand: 1)
    // 2^116 / 2^64
    let ratio = top / Double(UInt64(truncatingIfNeeded: divisor &>> 64)) * (1 + 0x1p-49) * 0x1p52
    return ratio < 0x1p62
      ? UInt128(UInt64(ratio) &+ 1) : UInt128(UInt64(ratio * 0x1p-56) &+ 1) &<< 56
  }
}

/// Logarithms of short numbers in units of 2^-116 and what goes with them, computed when they are
/// first used.
struct LogarithmTable: Sendable {
  static let shared = LogarithmTable()

  /// For f in (64 + i)/128..<(65 + i)/128 the integer c 2^9 next to 2^9 over the middle: at most
  /// 2^10, at least 514. f differs from the middle by 1/129 of it at most, and c 2^9 by 1/2 from
  /// what it is next to: |f c - 1| < 1/129 + 1.01/1028 < 2^-6.8.
  let reciprocals: [UInt64]
  /// ln c in units of 2^-116, rounded down.
  let logarithms: [Int128]
  /// ln 2 in units of 2^-128, less than one of them too small, as two words of 64 bits.
  let two: (high: UInt128, low: UInt128)
  /// 1/ln 10 in units of 2^-128, less than two of them too small.
  let inverseOfTen: UInt128
  /// 1/n for n = 1, 2, ... in units of 2^-125, rounded down.
  private let inverses: [Int128]

  /// L(r) = ln(1 + r)/r = 1 - r/2 + r^2/3 - ... for r in units of 2^-126, |r| < 2^-6, in units of
  /// 2^-125, within 2^-112.
  ///
  /// With |r| < 2^-z and J z >= 112 the terms from r^J on add up to less than 2^-112 /((J + 1)(1 -
  /// 2^-6)) < 2^-112.9. Horner's scheme errs by less than 1 + 1/2 + 2^-60 units a step, and 2^-6 of
  /// what came before: 2 units.
  func series(_ r: Int128) -> Int128 {
    let z = r.magnitude.leadingZeroBitCount - 2
    let (x, count) = (SplitWord(r), z >= 112 ? 1 : (111 + z) / z)
    var sum = inverses[count - 1]
    for j in (0..<count - 1).reversed() {
      sum = inverses[j] &- (x * SplitWord(sum)).rounded()
    }
    return sum
  }

  /// Logarithms rounded down to 192 bits are within 2^-190 of themselves: an entry lacks less than
  /// a unit, up to 2^-60.
  private init() {
    func logarithm(of x: Rational, rounding: Rounding = .down) -> Real {
      var value = Accumulator(precision: 192)
      value.set(x, rounding: rounding)
      value.formLogarithm(rounding: rounding)
      return Real(value)
    }
    /// The first bits in units of 2^-scale.
    func word(_ x: Real, scale: Int) -> UInt128 {
      guard let word = LeadingWord(x) else { preconditionFailure("a logarithm above 0") }
      return word.mantissa >> UInt128(-scale - word.exponent)
    }
    reciprocals = (0..<64).map { (1 << 18 / (129 + 2 * $0) + 1) / 2 }
    logarithms = reciprocals.map { c in
      Int128(word(logarithm(of: Rational(Int(c), 512)), scale: 116))
    }
    let two = word(logarithm(of: 2), scale: 128)
    self.two = (two >> 64, two & UInt128(UInt64.max))
    let inverse = 1 / logarithm(of: 10, rounding: .up).rational
    inverseOfTen = word(Real(inverse, precision: 192, rounding: .down), scale: 128)
    inverses = (1...20).map { 1 << 125 / $0 }
  }
}
