// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

internal import CMPFR

/// A real number known up to a bounded relative error: m(1 + d), |d| <= `error`.
///
/// For long products, where errors add; every operation rounds to nearest and adds the half unit
/// u = 2^-precision that it may lose.
@safe
@_spi(Arithmetic) public struct RealBall: ~Copyable {
  public var value: Accumulator
  public internal(set) var error: RelativeError

  /// Zero, to be assigned.
  public init(precision: Int) {
    value = Accumulator(precision: precision)
    error = .exact
  }

  public init(_ x: Int, precision: Int) {
    self.init(precision: precision)
    set(x)
  }

  public init(_ x: Rational, precision: Int) {
    self.init(precision: precision)
    note(value.set(x, rounding: .nearest))
  }

  public init(_ x: Integer, precision: Int) {
    self.init(precision: precision)
    note(value.set(x, rounding: .nearest))
  }

  /// The midpoint of an enclosure that does not reach zero, with its radius.
  public init(_ x: Enclosure, precision: Int) {
    self.init(precision: precision)
    let inexact = unsafe x.withPointers {
      unsafe mpfr_add(value.pointer, $0.lower, $0.upper, MPFR_RNDN)
    }
    value.scale(byPowerOfTwo: -1)
    if x.isExact {
      note(.init(ternary: inexact))
    } else if let bits = x.accurateBits {
      // |x - mid| <= width/2 and width <= 2^-bits min|x|; the stored mid is off by at most u of
      // itself, and at least min|x| (1 - u), 1 - u >= 1/2: 2^-bits + u.
      error = RelativeError(
        Magnitude(1, exponent: -bits) + Magnitude(1, exponent: -precision))
    } else {
      error = .unbounded
    }
  }

  /// A value with an absolute error; the relative one is unbounded if the value is zero.
  public init(_ x: consuming Accumulator, absoluteError: Magnitude) {
    value = x
    error = .exact
    if absoluteError.mantissa == 0 { return }
    let (size, exponent) = unsafe leadingBits(value.pointer, up: false)
    guard size > 0, size < .infinity else {
      error = .unbounded
      return
    }
    error = RelativeError(
      Magnitude(
        absoluteError.mantissa / size * (1 + 0x1p-49), exponent: absoluteError.exponent - exponent))
  }

  var u: RelativeError { .rounding(precision: value.precision) }

  mutating func note(_ outcome: RoundingOutcome) {
    if outcome != .exact { error = error.compounded(u) }
  }

  // MARK: - Arithmetic

  public mutating func set(_ x: Int) {
    error = .exact
    note(value.set(x, rounding: .nearest))
  }

  public mutating func set(_ x: Rational) {
    error = .exact
    note(value.set(x, rounding: .nearest))
  }

  public mutating func set(_ x: Integer) {
    error = .exact
    note(value.set(x, rounding: .nearest))
  }

  public mutating func set(_ x: Enclosure) {
    self = RealBall(x, precision: value.precision)
  }

  public mutating func set(_ x: Double) {
    error = .exact
    note(value.set(x, rounding: .nearest))
  }

  public mutating func set(_ x: borrowing RealBall) {
    error = x.error
    note(value.set(x.value, rounding: .nearest))
  }

  public mutating func multiply(by x: borrowing RealBall) {
    error = error.compounded(x.error)
    note(value.multiply(by: x.value, rounding: .nearest))
  }

  public mutating func multiply(by x: Int) {
    note(value.multiply(by: x, rounding: .nearest))
  }

  public mutating func divide(by x: borrowing RealBall) {
    error = error.compounded(x.error.ofReciprocal)
    note(value.divide(by: x.value, rounding: .nearest))
  }

  public mutating func divide(by x: Int) {
    note(value.divide(by: x, rounding: .nearest))
  }

  public mutating func square() {
    error = error.compounded(error)
    note(value.square(rounding: .nearest))
  }

  /// Becomes its power, exponent >= 0.
  public mutating func formPower(_ exponent: Int, base: inout RealBall) {
    precondition(exponent >= 0, "a power of a ball has an exponent of at least 0")
    if exponent == 0 {
      set(1)
      return
    }
    formPower(exponent, base: &base, ())
  }

  /// Becomes its power by a temporary of its own.
  public mutating func formPower(_ exponent: Int) {
    var base = RealBall(precision: value.precision)
    formPower(exponent, base: &base)
  }

  // MARK: - Bounds

  /// An upper bound of the absolute value.
  public var magnitude: Magnitude {
    let m = Magnitude(value)
    return m + m * error
  }

  /// What the value errs by at most.
  public var absoluteError: Magnitude { Magnitude(value) * error }

  /// An interval around the value; the whole line if it is not a finite number.
  public consuming func enclosure() -> Enclosure {
    let radius = absoluteError
    return Enclosure(center: value, radius: radius)
  }
}
