// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

internal import CMPFR

/// An upper bound of a size that may lie far outside the range of `Double`: m 2^e, 0.5 <= m < 1,
/// or zero, or infinity, which says that nothing is known.
///
/// Every operation rounds up; see `RelativeError` for the factor that makes sure of it. Infinity
/// times zero is infinity: a midpoint of zero with an unbounded error may be any number. So is
/// what has no number as its bound, and sizes from 2^(2^60) on; sizes below 2^(-2^60) are raised
/// to it, so that sums of exponents never overflow.
@_spi(Arithmetic) public struct Magnitude: Sendable {
  public let mantissa: Double
  public let exponent: Int

  public static let zero = Magnitude(0)
  public static let infinity = Magnitude(.infinity)

  private static let largestExponent = 1 << 60

  /// The bound `value` times 2 to the power `exponent`.
  ///
  /// - Precondition: `value` is not negative.
  public init(_ value: Double, exponent: Int = 0) {
    precondition(!(value < 0), "a bound of a size is not negative")
    guard value != 0 else {
      (mantissa, self.exponent) = (0, 0)
      return
    }
    guard value < .infinity, exponent < Self.largestExponent else {
      (mantissa, self.exponent) = (.infinity, 0)
      return
    }
    // What is too small is bounded by the same value with the least exponent.
    let exponent = max(exponent, -Self.largestExponent)
    // value = significand * 2^value.exponent with 1 <= significand < 2; of a normal number the bits
    // tell it at once.
    let bits = value.bitPattern
    if bits >> 52 > 0 {
      mantissa = Double(bitPattern: bits & (1 << 52 - 1) | 1022 << 52)
      self.exponent = exponent + Int(bits >> 52) - 1022
    } else {
      mantissa = value.significand / 2
      self.exponent = exponent + Int(value.exponent) + 1
    }
  }

  /// An upper bound of |x|.
  public init(_ x: Real) { unsafe self.init(absolute: x.pointer) }

  /// An upper bound of |x|; infinity if x is not a number.
  public init(_ x: borrowing Accumulator) {
    unsafe self.init(absolute: x.pointer)
  }

  init(absolute x: mpfr_srcptr) {
    let (value, exponent) = unsafe leadingBits(x, up: true)
    self.init(value, exponent: exponent)
  }

  /// An upper bound of e^x.
  public static func exponential(_ x: Double) -> Magnitude {
    if x == -.infinity { return .zero }
    var value = Accumulator(precision: 64)
    value.set(x, rounding: .up)
    value.formExponential(rounding: .up)
    return Magnitude(value)
  }

  /// A power of two above e^x for |x| < 10^15, in no more time than an addition takes: 2^(x / ln 2),
  /// rounded up.
  package init(exponential x: Double) {
    let exponent = (x * 1.442_695_040_888_963_4).rounded(.up)
    // The product errs by far less than the one that is added.
    self.init(1, exponent: Int(Swift.min(Swift.max(exponent, -1e17), 1e17)) + 1)
  }

  public static func + (a: Magnitude, b: Magnitude) -> Magnitude {
    if a.mantissa == 0 { return b }
    if b.mantissa == 0 { return a }
    let (large, small) = a.exponent >= b.exponent ? (a, b) : (b, a)
    // Below 2^-60 the exact scale is replaced by 2^-60, which is larger.
    let shift = Swift.max(small.exponent - large.exponent, -60)
    let scale = Double(bitPattern: UInt64(1023 + shift) << 52)
    let sum = large.mantissa + small.mantissa * scale
    return Magnitude(sum * (1 + 0x1p-49), exponent: large.exponent)
  }

  public static func * (a: Magnitude, b: Magnitude) -> Magnitude {
    Magnitude(a.mantissa * b.mantissa * (1 + 0x1p-49), exponent: a.exponent + b.exponent)
  }

  public static func * (a: Magnitude, b: RelativeError) -> Magnitude {
    a * Magnitude(b.mantissa, exponent: b.exponent)
  }

  /// An upper bound of the quotient by a number of which `lower` is a lower bound, times 2 to the
  /// power `exponent`; infinity if that is 0 or infinite.
  func over(_ lower: (value: Double, exponent: Int)) -> Magnitude {
    if mantissa == 0 { return .zero }
    guard lower.value > 0, lower.value.isFinite else { return .infinity }
    return Magnitude(
      mantissa / lower.value * (1 + 0x1p-49), exponent: exponent - lower.exponent)
  }

  /// The base-2 logarithm, an approximation for planning.
  public var approximateLog2: Double {
    mantissa == 0 ? -.infinity : Double(exponent) + log2(mantissa)
  }

  /// The bound as a `Double`, up to a rounding: 0 or infinity beyond its range.
  public var double: Double { mantissa * .powerOfTwo(exponent) }

  /// The bound as a number of 64 bits: exact.
  public var real: Real { Real(accumulator) }

  var accumulator: Accumulator {
    var result = Accumulator(precision: 64)
    result.set(mantissa, rounding: .up)
    result.scale(byPowerOfTwo: exponent)
    return result
  }
}

/// |x| rounded up or down to 53 bits, as a number in [0.5, 1] times 2^exponent; 0, or infinity for
/// what is infinite or not a number.
///
/// MPFR normalizes significands: the highest bit of the highest limb is set, and |x| is this limb
/// times 2^(exponent - 64), plus less than one unit of it.
func leadingBits(_ x: mpfr_srcptr, up: Bool) -> (value: Double, exponent: Int) {
  guard unsafe mpfr_regular_p(x) != 0 else {
    return (unsafe mpfr_zero_p(x) != 0 ? 0 : .infinity, 0)
  }
  let top = unsafe x.pointee._mpfr_d[(x.pointee._mpfr_prec - 1) >> 6]
  // 53 bits and, rounding up, one more unit than what the others hold: exact as a Double.
  let bits = top >> 11 + (up ? 1 : 0)
  return (Double(bits) * 0x1p-53, unsafe x.pointee._mpfr_exp)
}
