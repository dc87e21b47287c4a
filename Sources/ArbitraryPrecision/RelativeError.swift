// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// An upper bound e of a relative error: the true value is m(1 + d) with |d| <= e for the stored m.
///
/// The bound is `mantissa` times 2 to the power `exponent`, a multiple of 512 that is not positive,
/// so that a thousand digits, whose errors no `Double` can hold, cost no more than ten: bounds of
/// one computation share their exponent. The mantissa lies in [2^-256, 2^256), at exponent 0 in
/// [2^-256, infinity]; zero has exponent 0. An infinite bound says that nothing is known, even of
/// a product by zero, and never becomes finite or not-a-number.
///
/// Mantissas are computed in `Double` and rounded outward: each operation errs by a factor of at
/// most 1 + 2^-53, so a result of up to eight of them, times 1 + 2^-49, is not below the exact one:
/// (1 + 2^-53)^10 < 1 + 2^-49. Nothing that matters underflows: products of mantissas are at least
/// 2^-512, and 2^-1024 of a sum's unit after the scaling below, where the sum is at least 2^-256.
@_spi(Arithmetic) public struct RelativeError: Comparable, Sendable {
  let mantissa: Double
  let exponent: Int

  public static let exact = RelativeError(mantissa: 0, exponent: 0)
  public static let unbounded = RelativeError(mantissa: .infinity, exponent: 0)

  /// In the form described above, unchecked.
  private init(mantissa: Double, exponent: Int) {
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// A bound that is exact as a `Double`.
  public init(bound: Double) {
    if bound >= 0x1p-256 {
      self.init(mantissa: bound, exponent: 0)
    } else {
      self.init(Magnitude(bound))
    }
  }

  /// The bound that a magnitude is.
  public init(_ size: Magnitude) {
    guard size.mantissa > 0, size.mantissa < .infinity, size.exponent <= 1024 else {
      self = size.mantissa == 0 ? .exact : .unbounded
      return
    }
    let exponent = Self.unit(of: size.exponent)
    let scale = Double(sign: .plus, exponent: size.exponent - exponent, significand: 1)
    self.init(mantissa: size.mantissa * scale, exponent: exponent)
  }

  /// The exponent for a bound in [2^(e-1), 2^e): where e - exponent lies in -255...256, or is
  /// larger because the exponent is 0.
  private static func unit(of e: Int) -> Int { min(((e + 255) >> 9) << 9, 0) }

  /// The bound as a `Double`, at least 2^-1022 if it is not zero.
  public var bound: Double {
    if exponent == 0 { return mantissa }
    // Further below, mantissa 2^exponent < 2^(256 - 1536).
    guard exponent >= -1024 else { return Self.tiny }
    return Swift.max(
      mantissa * Double(sign: .plus, exponent: exponent, significand: 1), Self.tiny)
  }

  // MARK: - Roundings

  /// The error of one operation that rounds both parts of a number to nearest at `precision` bits.
  ///
  /// Each part errs by at most half a unit in its last place, which is at most u = 2^-precision
  /// of the stored part, so the number errs by at most u of its stored absolute value.
  public static func rounding(precision: Int) -> RelativeError {
    let exponent = unit(of: 1 - precision)
    // 2^(-precision - exponent), a normal number: the shift lies in -256...255.
    let shift = UInt64(1023 - precision - exponent)
    return RelativeError(mantissa: Double(bitPattern: shift << 52), exponent: exponent)
  }

  /// The error of a complex product rounded to nearest at `precision` bits.
  ///
  /// Brent, Percival, Zimmermann, *Error bounds on complex floating-point multiplication*, Math.
  /// Comp. 76 (2007), Theorem 1: the computed product errs by less than s = sqrt(5) u of the exact
  /// one, if u <= 2^-5 and there is no under- or overflow; no fused operations are needed. Of the
  /// computed one that is s/(1 - s) <= (sqrt(5) + 5.6 u) u.
  ///
  /// Below 5 bits: the four products err by u, so the parts of the sum by u(|ac| + |bd|) and
  /// u(|ad| + |bc|), together at most sqrt(2) u |zw|; with the rounding of the sums that is at most
  /// sqrt(2) u (1 + u)/(1 - sqrt(2) u) + u < 4 u of the computed product.
  public static func complexProduct(precision: Int) -> RelativeError {
    let u = rounding(precision: precision)
    // From 48 bits on 5.6 u < 2e-14; the constant is 2e-13 above sqrt(5).
    let factor =
      precision < 5 ? 4 : 2.236_067_977_5 + (precision < 48 ? 5.6 * u.mantissa : 0)
    return normalized(u.mantissa * factor, u.exponent)
  }

  // MARK: - Arithmetic

  /// The error of a product of numbers with these errors: (1 + a)(1 + b) - 1 = a + b + ab.
  public func compounded(_ other: RelativeError) -> RelativeError {
    guard exponent == other.exponent else { return compoundedUnequally(other) }
    let (a, b) = (mantissa, other.mantissa)
    return Self.outward(a + b + a * b * productScale, exponent)
  }

  /// The same for three factors.
  public func compounded(_ b: RelativeError, _ c: RelativeError) -> RelativeError {
    guard exponent == b.exponent, exponent == c.exponent else {
      return compounded(b).compounded(c)
    }
    let ab = mantissa + b.mantissa + mantissa * b.mantissa * productScale
    return Self.outward(ab + c.mantissa + ab * c.mantissa * productScale, exponent)
  }

  /// The product of two mantissas is in units of 2^(2 exponent): 2^exponent, or 2^-512 if less.
  private var productScale: Double { exponent == 0 ? 1 : 0x1p-512 }

  private func compoundedUnequally(_ other: RelativeError) -> RelativeError {
    if mantissa == 0 { return other }
    if other.mantissa == 0 { return self }
    let (large, small) = exponent > other.exponent ? (self, other) : (other, self)
    // The small mantissa in the large one's unit; 2^256 2^-1024 is above what is further below.
    let b = large.exponent - small.exponent == 512 ? small.mantissa * 0x1p-512 : 0x1p-768
    let a = large.mantissa
    return Self.outward(a + b + a * b * large.productScale, large.exponent)
  }

  /// The error of a reciprocal: 1/(1 + d) - 1 is at most e/(1 - e) in size.
  public var ofReciprocal: RelativeError {
    // e < 2^-256: e/(1 - e) < e(1 + 2^-255).
    if exponent < 0 { return Self.outward(mantissa, exponent) }
    return mantissa < 1 ? Self.outward(mantissa / (1 - mantissa), 0) : .unbounded
  }

  /// e (1 + a / (b 2^shift)) for 0 <= a < 2^64 and 0.25 <= b < 4; nil where b or the shift lies
  /// outside the range that plain `Double` operations serve.
  func magnified(by a: Double, over b: Double, exponent shift: Int) -> RelativeError? {
    guard b >= 0.25, b < 4, shift > -200 else { return nil }
    // Beyond 2^200 the ratio is taken as if the exponent were 200: larger.
    let scale = Double(sign: .plus, exponent: -Swift.min(shift, 200), significand: 1)
    // The factor lies between 1 and 2^267, so the product in the range that `outward` takes.
    return Self.outward(mantissa * (1 + a / b * scale), exponent)
  }

  /// The error times a factor that is itself an upper bound.
  public func scaled(by factor: Double) -> RelativeError {
    RelativeError(Magnitude(factor) * self)
  }

  /// The bound of a value that up to eight `Double` operations have computed, plus more than what
  /// they lose by underflow.
  public static func outward(_ value: Double) -> RelativeError {
    RelativeError(bound: value * (1 + 0x1p-49) + tiny)
  }

  /// For a value that is zero, or at least 2^-256, below 2^600.
  private static func outward(_ value: Double, _ exponent: Int) -> RelativeError {
    normalized(value * (1 + 0x1p-49), exponent)
  }

  private static func normalized(_ value: Double, _ exponent: Int) -> RelativeError {
    if exponent < 0, value >= 0x1p256 {
      return RelativeError(mantissa: value * 0x1p-512, exponent: exponent + 512)
    }
    // Infinity times zero is not a number: nothing is known.
    return RelativeError(mantissa: value.isNaN ? .infinity : value, exponent: exponent)
  }

  public static func < (a: RelativeError, b: RelativeError) -> Bool {
    if a.mantissa == 0 || b.mantissa == 0 || a.exponent == b.exponent {
      return a.mantissa < b.mantissa
    }
    return a.exponent < b.exponent
  }

  /// 2^exponent, rounded up to the least normal number if smaller.
  public static func powerOfTwo(_ exponent: Int) -> Double {
    exponent < -1022 ? tiny : Double(sign: .plus, exponent: exponent, significand: 1)
  }

  private static let tiny = 0x1p-1022
}

extension RelativeError {
  /// The error of `count` roundings in sequence: (1+u)^n - 1 <= nu/(1 - nu), u = 2^-precision; for
  /// nu <= 2^-8 that is below 1.004 nu.
  public static func roundings(_ count: Int, precision: Int) -> RelativeError {
    let steps = Double(count)
    return steps * Self.powerOfTwo(-precision) <= 0x1p-8
      ? rounding(precision: precision).scaled(by: 1.004 * steps) : RelativeError(bound: .infinity)
  }
}
