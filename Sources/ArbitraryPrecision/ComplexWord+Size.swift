// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

internal import CMPFR

/// The midpoint, bounds of its absolute value, and sums of midpoints.
extension ComplexWord {
  /// |re + i im| 2^-64 within 2^-50 of it relatively, for a larger part of at least 2^124.
  ///
  /// A part is rounded down by less than 2^-60 of the larger one; the six operations on `Double`s
  /// err by less than 4 2^-53 together, because the root halves what is under it.
  @inlinable @inline(__always)
  var norm: Double {
    let x = Double(Int64(truncatingIfNeeded: re &>> 64))
    let y = Double(Int64(truncatingIfNeeded: im &>> 64))
    return (x * x + y * y).squareRoot()
  }

  /// What the midpoint errs by, times 2^-64, as exact as the norm and a product; exact numbers take
  /// no root. Of zero with an unbounded error it is not a number.
  @inlinable @inline(__always)
  var absoluteBound: Double { bound == 0 ? 0 : norm * bound }

  public var size: Magnitude { Magnitude(norm * (1 + 0x1p-49), exponent: exponent + 64) }

  public var lowerSize: (value: Double, exponent: Int) {
    (norm * (1 - 0x1p-49), isZero ? 0 : exponent + 64)
  }

  public var approximation: (re: Double, im: Double, exponent: Int) {
    // A part is rounded down by 2^-61 of 2^125, and to 53 bits.
    (
      Double(Int64(truncatingIfNeeded: re &>> 64)) * 0x1p-61,
      Double(Int64(truncatingIfNeeded: im &>> 64)) * 0x1p-61, isZero ? 0 : exponent + 125
    )
  }

  public var realPart: Real { Real(word: re, exponent: exponent) }
  public var imaginaryPart: Real { Real(word: im, exponent: exponent) }

  /// An interval around the real part, rounded outward by less than two units of the last place.
  public var realEnclosure: Enclosure {
    let radius = absoluteBound * 0x1p64 * (1 + 0x1p-48)
    guard radius < 0x1p62 else {
      var center = Accumulator(precision: 128)
      center.add(word: re, exponent: exponent)
      return Enclosure(center: center, radius: absoluteError)
    }
    let units = Int128(Int64(radius) + 1)
    if re > units {
      return Enclosure(
        WordInterval(
          lower: UInt128(re &- units), upper: UInt128(re &+ units), exponent: exponent))
    }
    return Enclosure(
      lower: Real(word: re &- units, exponent: exponent),
      upper: Real(word: re &+ units, exponent: exponent))
  }

  /// Whether that is of a relative width of at most 2^-precision: an error of e makes one of
  /// 2 e/(1 - e), to which rounding adds less than 2^-121.
  public func isNarrow(precision: Int) -> Bool {
    2.01 * error.bound + 0x1p-121 < RelativeError.powerOfTwo(-precision)
  }

  /// What is not a number becomes an infinite bound.
  private var absoluteError: Magnitude {
    Magnitude(absoluteBound * (1 + 0x1p-48), exponent: exponent + 64)
  }

  /// What the addition loses is at most 2^-precision of the new sum.
  public func addRealPart(
    doubled: Bool, to sum: inout Accumulator, error total: inout Magnitude
  ) {
    sum.add(word: re, exponent: exponent + (doubled ? 1 : 0))
    total = total + (doubled ? absoluteError + absoluteError : absoluteError)
    total = total + Magnitude(sum) * RelativeError.rounding(precision: sum.precision)
  }

  /// What the sum is rounded by is at most a unit of what it is then.
  public mutating func addMidpoint(of other: ComplexWord) -> Magnitude {
    if addParts(of: other) { return other.absoluteError }
    return other.absoluteError
      + Magnitude(norm * Self.unit * (1 + 0x1p-48), exponent: exponent + 64)
  }

  public mutating func widen(by absolute: Magnitude) {
    if absolute.mantissa == 0 { return }
    bound = RelativeError((size * error + absolute).over(lowerSize)).bound
  }
}
