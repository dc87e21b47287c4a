// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// Sums, products and quotients.
extension ComplexWord {
  /// Each part is rounded once, within 1/2 + 2^-60 of a unit, where |zw| 2^-126 >= 2^122 units:
  /// sqrt(1/2) (1 + 2^-58) 2^-122 < u of the stored product. Only where a part is 2^125, so that
  /// |zw| 2^-126 >= 2^124, it is rounded once more, by less than one unit: (sqrt(1/2) + sqrt(2))
  /// 2^-124 < u.
  @inlinable
  public mutating func multiply(by other: ComplexWord, _ t: Scratch) {
    let (x, y) = (SplitWord(re), SplitWord(im))
    let (a, b) = (SplitWord(other.re), SplitWord(other.im))
    lose(and: other.bound)
    assign(
      product: (x * a - y * b).rounded(), (x * b + y * a).rounded(),
      exponent: exponent &+ other.exponent &+ 126)
  }

  /// Squares: (x + y)(x - y) and 2xy, rounded once each as in a product.
  ///
  /// The factors of the real part are at most 2^126 in size, with which one product does not
  /// overflow.
  @inlinable
  public mutating func square(_ t: Scratch) {
    let real = SplitWord(re &+ im) * SplitWord(re &- im)
    let imaginary = SplitWord(re) * SplitWord(im)
    lose(and: bound)
    assign(
      product: real.rounded(), imaginary.rounded(doublings: 1),
      exponent: exponent &+ exponent &+ 126)
  }

  @inlinable
  public mutating func multiply(by factor: Int) { multiply(by: Limb(factor)) }

  @inlinable
  public mutating func multiply(by factor: Double, _ t: Scratch) {
    guard let factor = Limb(factor) else { return self = .unknown }
    multiply(by: factor)
  }

  /// The product over 2^63 is at least 2^124 2^62 2^-63 = 2^123 in size, or zero, and each part is
  /// rounded once, within 1/2: sqrt(1/2) 2^-123 < u/2. If a part is 2^125 then, which is cut by a
  /// bit, (sqrt(1/2) + sqrt(2)) 2^-125 < u/2.
  @inlinable
  mutating func multiply(by factor: Limb) {
    let (x, y) = (SplitWord(re), SplitWord(im))
    let (low, other) = (
      SplitWord.limbs(x.low, factor.word), SplitWord.limbs(y.low, factor.word)
    )
    let half: Int128 = 1 << 62
    if (low | other) & Int128(Int64.max) != 0 { lose(Self.unit / 2) }
    assign(
      product: SplitWord.limbs(x.high, factor.word) &+ ((low &+ half) &>> 63),
      SplitWord.limbs(y.high, factor.word) &+ ((other &+ half) &>> 63),
      exponent: exponent &+ factor.exponent &+ 63)
  }

  /// A factor of more than one machine word is rounded: its error and that of the product.
  public mutating func multiply(by factor: Integer) {
    if let small = factor.int { return multiply(by: small) }
    var other = ComplexWord()
    other.set(factor)
    multiply(by: other, Scratch())
  }

  /// Divides by an integer; by zero there is no result.
  ///
  /// With |divisor| 2^s = d in 2^63..<2^64 the word v = floor(2^188/d) lies in 2^124...2^125: it
  /// lacks less than one unit, 2^-124 of itself. The product is rounded as in `multiply`. Together
  /// less than (1/4 + sqrt(1/2) + 2^-58) 2^-122 < u.
  public mutating func divide(by divisor: Int) {
    let magnitude = divisor.magnitude
    guard magnitude != 0 else { return self = .unknown }
    if divisor < 0 { negate() }
    let s = magnitude.leadingZeroBitCount
    if magnitude & (magnitude - 1) == 0 { return scale(byPowerOfTwo: s - 63) }
    let d = UInt64(magnitude) << UInt64(s)
    let high = d.dividingFullWidth((1 << 60, 0))
    let low = d.dividingFullWidth((high.remainder, 0))
    let v = SplitWord(Int128(UInt128(high.quotient) << 64 | UInt128(low.quotient)))
    lose()
    assign(
      product: (SplitWord(re) * v).rounded(), (SplitWord(im) * v).rounded(),
      exponent: exponent &+ 126 &+ s &- 188)
  }

  /// Changes the sign: exact but for a part of -2^125, whose negative is not in the normal form.
  @inlinable
  public mutating func negate() {
    if !assign(0 &- re, 0 &- im, exponent: exponent) { lose() }
  }

  /// Changes the sign of the imaginary part, as `negate` does.
  @inlinable
  public mutating func conjugate() {
    if !assign(re, 0 &- im, exponent: exponent) { lose() }
  }

  @inlinable
  public mutating func scale(byPowerOfTwo shift: Int) {
    setExponent(exponent &+ max(-1 << 62, min(shift, 1 << 62)))
  }

  /// Becomes 1/z = conj(z) / |z|^2.
  ///
  /// Errors, relative, in units of 2^-125:
  ///
  /// * The square N = (x^2 + y^2) 2^-124 is rounded once, within 1/2 + 2^-58, and at least 2^124:
  ///   1.1.
  /// * n = N 2^s = h 2^64 + l lies in 2^127..<2^128. With 2^126 = r h + rest, n r = 2^190 (1 - e),
  ///   where e 2^190 = rest 2^64 - l r, so -2^-63 < e < 2^-62. The quotient v = 2^253/n = r 2^63 /
  ///   (1 - e) in 2^125...2^126 is taken as r 2^63 (1 + e): it lacks less than 1.1 e^2 < 2^-123.8,
  ///   2.3. e 2^189 is off by less than a unit, r e 2^125 for it by less than 1/2, and by a unit for
  ///   what is cut off; the last shift divides that by 2^62 and loses less than a unit of v: 1.1.
  /// * v <= 2^126 - 1 instead of 2^126: 0.5.
  /// * The parts of conj(z) v 2^-126 are rounded once each. Its size is 2^189/(sqrt(N) 2^s), at
  ///   least 2^123.5, near which it is for s = 3 and N near 2^125: 2.1.
  ///
  /// Together less than 7.1 2^-125 < u.
  public mutating func formReciprocal(_ t: Scratch) {
    if isZero { return self = .unknown }
    let (x, y) = (SplitWord(re), SplitWord(im))
    let norm = UInt128(bitPattern: (x * x + y * y).rounded(doublings: 2))
    let s = norm.leadingZeroBitCount
    let n = norm << UInt128(s)
    let (h, l) = (UInt64(truncatingIfNeeded: n >> 64), UInt64(truncatingIfNeeded: n))
    let (r, rest) = h.dividingFullWidth((1 << 62, 0))
    // e 2^189
    let e = Int128(rest) &<< 63 &- Int128(bitPattern: UInt128(l) &* UInt128(r) &>> 1)
    // r e 2^63 = r (e 2^189) 2^-126
    let correction =
      (Int128(r) &* (e &>> 64)
        &+ Int128((UInt128(r) &* UInt128(UInt64(truncatingIfNeeded: e))) >> 64))
      &>> 62
    let v = SplitWord(min(Int128(r) &<< 63 &+ correction, 1 << 126 - 1))
    bound = bound < 1 ? bound / (1 - bound) * (1 + 0x1p-49) : .infinity
    lose()
    assign(
      product: (x * v).rounded(), 0 &- (y * v).rounded(),
      exponent: s &- 251 &- exponent)
  }

  // MARK: - Sums

  @inlinable
  public mutating func add(_ value: Int, _ t: Scratch) {
    var summand = ComplexWord()
    summand.set(value)
    add(summand)
  }

  /// Adds another number: the absolute errors add, to which comes the rounding.
  ///
  /// An error is bounded by the sizes of both summands over that of the sum: two roots, two
  /// products, a sum, a quotient and scalings, each within 2^-50 or exact.
  @inlinable
  public mutating func add(_ other: ComplexWord) {
    let (a, b) = (absoluteBound, other.absoluteBound)
    let (e, f) = (exponent, other.exponent)
    let isKnown = bound == 0 && other.bound == 0
    let isExact = addParts(of: other)
    if !isKnown {
      // A sum of zero is uncertain; zero over zero, where both summands are, is not a number.
      let absolute =
        Self.scaled(a, byPowerOfTwo: e &- exponent) + Self.scaled(b, byPowerOfTwo: f &- exponent)
      // The least normal number is more than what small numbers lose by underflow.
      bound = absolute / norm * (1 + 0x1p-47) + 0x1p-1022
    }
    if !isExact { lose() }
  }

  /// x 2^k, or more: a factor below 2^-900 is raised to that.
  ///
  /// A sum is at least one unit of its larger summand's half, so k < 128 for what is not zero.
  @inlinable
  static func scaled(_ x: Double, byPowerOfTwo k: Int) -> Double {
    x * Double(bitPattern: UInt64(max(-900, min(k, 900)) + 1023) << 52)
  }

  @inlinable
  public static func rounding(precision: Int) -> RelativeError { RelativeError(bound: unit) }

  @inlinable
  public mutating func addRounded(_ other: ComplexWord) {
    // Not-a-number stays.
    if bound < other.bound || other.bound.isNaN { bound = other.bound }
    _ = addParts(of: other)
  }

  /// Adds the parts only, and returns whether the sum is exact.
  ///
  /// With the larger exponent's summand z, |z| >= 2^124 units, and the other one's w, smaller by d
  /// >= 0 in the exponent. Both are doubled and the second shifted d to the right, rounded down.
  /// For d <= 1 that is exact. For d >= 2, |w| <= sqrt(2) 2^(125 - d), so the doubled sum is at
  /// least 2^125 - sqrt(2) 2^124 > 2^123.2; the error is less than one unit of it in each part:
  /// sqrt(2) 2^-123.2 < 2^-122.7. If the sum has more than 125 bits, so that it is at least 2^125
  /// units in size, the error of the first rounding is sqrt(2) 2^-125 at most and that of the
  /// second, of one final unit in each part, sqrt(2) 2^-124: less than 2^-122.9. Both are below u.
  @inlinable
  mutating func addParts(of other: ComplexWord) -> Bool {
    if other.isZero { return true }
    if isZero {
      (re, im, exponent) = (other.re, other.im, other.exponent)
      return true
    }
    let d = exponent &- other.exponent
    let (z, w) = d >= 0 ? (self, other) : (other, self)
    let shift = Int128(min(abs(d), 127))
    // 2^125 2 + 2^125 2 <= 2^127 only if both are negative: it fits.
    let (x, y) = (w.re &<< 1, w.im &<< 1)
    let isShiftExact = (x | y) & ((1 &<< shift) &- 1) == 0
    let isExact = assign(
      (z.re &<< 1) &+ (x &>> shift), (z.im &<< 1) &+ (y &>> shift), exponent: z.exponent &- 1)
    return isExact && isShiftExact
  }
}
