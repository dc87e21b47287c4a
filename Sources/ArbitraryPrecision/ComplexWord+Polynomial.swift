// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// Polynomials.
extension ComplexWord {
  /// Even and odd powers by Horner's rule in y^2, which need not wait for one another, in units of
  /// 2^(p - 123), where P is in 2^(p - 1)...2^p: no sum exceeds 2^123 by more than what is lost here,
  /// and none is brought into the normal form but the last.
  ///
  /// Errors, in units: less than sqrt(2) for each coefficient, which is rounded down; as much in
  /// units of 2^-124 of y or y^2, of at most d factors, each of which carries it into what is at most
  /// 2^123: 0.708 d; half a unit and 2^-58 in each part of d products: 0.708 d. As powers of y are at
  /// most 1 + 2^-100 in size, that is less than 1.415 (d + 1) + 1.417 d <= 4.3 d units together. A
  /// unit is at most 2^-122 P = u P, and 5 d u <= (1 + v)^(5d) - 1.
  ///
  /// Of points that are not known within 2^-110, which might not fit their units, there is no value.
  @inlinable
  public mutating func setValue(
    of coefficients: borrowing BallVector<ComplexWord>, _ range: ClosedRange<Int>,
    at y: ComplexWord, square: ComplexWord, size: Magnitude, error: Magnitude, _ t: Scratch
  ) {
    guard y.bound <= 0x1p-110, square.bound <= 0x1p-110 else { return self = .unknown }
    let unit = size.exponent &- 123
    let factor = square.parts(in: -124)
    let (first, degree) = (range.lowerBound, range.count - 1)
    var (i, j) = (degree & ~1, (degree - 1) | 1)
    var even = coefficients[first + i].parts(in: unit)
    var odd = coefficients[first + j].parts(in: unit)
    while i > 0 {
      i &-= 2
      even = Self.step(even, factor, coefficients[first + i].parts(in: unit))
      guard j > 1 else { continue }
      j &-= 2
      odd = Self.step(odd, factor, coefficients[first + j].parts(in: unit))
    }
    let sum = Self.step(odd, y.parts(in: -124), even)
    bound = 0
    _ = assign(sum.re, sum.im, exponent: unit)
    setError(error)
  }

  /// z y + c, for y in units of 2^-124: (p + iq)(a + ib) = a(p + q) - q(a + b) + i(a(p + q) + p(b - a)),
  /// three products, of words of at most 2^124.5, for four.
  @inlinable @inline(__always)
  static func step(
    _ z: (re: Int128, im: Int128), _ y: (re: Int128, im: Int128), _ c: (re: Int128, im: Int128)
  ) -> (re: Int128, im: Int128) {
    let both = SplitWord(y.re) * SplitWord(z.re &+ z.im)
    let re = both - SplitWord(y.re &+ y.im) * SplitWord(z.im)
    let im = both + SplitWord(y.im &- y.re) * SplitWord(z.re)
    return (re.rounded(doublings: 2) &+ c.re, im.rounded(doublings: 2) &+ c.im)
  }

  /// The parts in larger units, rounded down.
  @inlinable @inline(__always)
  func parts(in unit: Int) -> (re: Int128, im: Int128) {
    let shift = Int128(max(0, min(unit &- exponent, 127)))
    return (re &>> shift, im &>> shift)
  }

  /// Takes an absolute error for the only one.
  @usableFromInline
  mutating func setError(_ absolute: Magnitude) {
    bound = RelativeError(absolute.over(lowerSize)).bound
  }
}
