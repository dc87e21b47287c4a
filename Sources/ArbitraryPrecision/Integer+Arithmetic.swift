// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

extension Integer {
  // MARK: - In place

  /// Changes the sign.
  public mutating func negate() {
    makeUnique()
    unsafe mpz_neg(storage.pointer, storage.pointer)
  }

  /// Adds `other`.
  public mutating func add(_ other: Integer) {
    makeUnique()
    unsafe mpz_add(storage.pointer, storage.pointer, other.storage.pointer)
  }

  /// Adds `x * y` without a temporary.
  public mutating func addProduct(_ x: Integer, _ y: Integer) {
    makeUnique()
    unsafe mpz_addmul(storage.pointer, x.storage.pointer, y.storage.pointer)
  }

  /// Multiplies by a machine integer.
  public mutating func multiply(by factor: Int) {
    makeUnique()
    unsafe mpz_mul_si(storage.pointer, storage.pointer, factor)
  }

  /// Divides by a positive machine integer that is known to divide exactly.
  package mutating func divideExactly(by divisor: Int) {
    precondition(divisor > 0, "an exact division takes a positive divisor")
    makeUnique()
    unsafe mpz_divexact_ui(storage.pointer, storage.pointer, UInt(divisor))
  }

  /// Divides by the largest power of a prime that leaves no remainder, and returns its exponent.
  ///
  /// - Precondition: the value is not zero, and prime >= 2.
  package mutating func removeFactors(_ prime: Int) -> Int {
    precondition(signum != 0 && prime >= 2, "only a number other than 0 has a largest power")
    makeUnique()
    let divisor = Integer(prime)
    return withExtendedLifetime(divisor) {
      Int(unsafe mpz_remove(storage.pointer, storage.pointer, divisor.storage.pointer))
    }
  }

  // MARK: - New values

  /// The value with the opposite sign.
  public static prefix func - (x: Integer) -> Integer {
    var result = x
    result.negate()
    return result
  }

  /// The sum.
  public static func + (x: Integer, y: Integer) -> Integer { unsafe combine(x, y, mpz_add) }

  /// The difference.
  public static func - (x: Integer, y: Integer) -> Integer { unsafe combine(x, y, mpz_sub) }

  /// The product.
  public static func * (x: Integer, y: Integer) -> Integer { unsafe combine(x, y, mpz_mul) }

  /// Adds `y`.
  public static func += (x: inout Integer, y: Integer) { x.add(y) }

  /// Subtracts `y`.
  public static func -= (x: inout Integer, y: Integer) { x = x - y }

  /// Multiplies by `y`.
  public static func *= (x: inout Integer, y: Integer) { x = x * y }

  /// The absolute value.
  public var magnitude: Integer { signum < 0 ? -self : self }

  /// The value times 2 to the power `count`.
  ///
  /// - Precondition: `count` is not negative.
  public func shiftedLeft(by count: Int) -> Integer {
    precondition(count >= 0, "a shift is not negative")
    let result = Integer()
    unsafe mpz_mul_2exp(result.storage.pointer, storage.pointer, mp_bitcnt_t(count))
    return result
  }

  /// Quotient rounded towards minus infinity, and the remainder, which has the divisor's sign.
  ///
  /// - Precondition: `divisor` is not zero.
  public func floorDivided(by divisor: Integer) -> (quotient: Integer, remainder: Integer) {
    precondition(divisor.signum != 0, "division by zero")
    let (quotient, remainder) = (Integer(), Integer())
    unsafe mpz_fdiv_qr(
      quotient.storage.pointer, remainder.storage.pointer, storage.pointer, divisor.storage.pointer)
    return (quotient, remainder)
  }

  /// The quotient by a divisor that is known to divide exactly.
  ///
  /// - Precondition: `divisor` is not zero, and divides the value: checked in debug builds only.
  public func exactlyDivided(by divisor: Integer) -> Integer {
    precondition(divisor.signum != 0, "division by zero")
    assert(floorDivided(by: divisor).remainder.signum == 0, "a divisor that leaves no remainder")
    return unsafe Integer.combine(self, divisor, mpz_divexact)
  }

  /// The value to the power `exponent`; its power 0 is 1.
  ///
  /// - Precondition: `exponent` is not negative.
  public func power(_ exponent: Int) -> Integer {
    precondition(exponent >= 0, "the exponent of an Integer is at least 0")
    let result = Integer()
    unsafe mpz_pow_ui(result.storage.pointer, storage.pointer, UInt(exponent))
    return result
  }

  /// The greatest common divisor, not negative.
  public static func greatestCommonDivisor(_ x: Integer, _ y: Integer) -> Integer {
    unsafe combine(x, y, mpz_gcd)
  }

  /// The least common multiple, not negative.
  public static func leastCommonMultiple(_ x: Integer, _ y: Integer) -> Integer {
    unsafe combine(x, y, mpz_lcm)
  }

  /// The number of ways to choose `k` of `n` things; 0 when k > n.
  ///
  /// - Precondition: n >= 0 and k >= 0.
  public static func binomial(_ n: Int, _ k: Int) -> Integer {
    precondition(n >= 0 && k >= 0, "binomial takes n >= 0 and k >= 0")
    let result = Integer()
    unsafe mpz_bin_uiui(result.storage.pointer, UInt(n), UInt(k))
    return result
  }

  /// binom(n, j) for j = 0...last, each from the one before.
  package static func binomials(_ n: Int, through last: Int) -> [Integer] {
    var binomial: Integer = 1
    return (0...last).map { j in
      if j > 0 {
        binomial.multiply(by: n - j + 1)
        binomial.divideExactly(by: j)
      }
      return binomial
    }
  }

  /// n!
  ///
  /// - Precondition: n >= 0.
  public static func factorial(_ n: Int) -> Integer {
    precondition(n >= 0, "factorial takes n >= 0")
    let result = Integer()
    unsafe mpz_fac_ui(result.storage.pointer, UInt(n))
    return result
  }

  /// A new value from two operands, which may share storage.
  private static func combine(
    _ x: Integer, _ y: Integer, _ operation: (mpz_ptr, mpz_srcptr, mpz_srcptr) -> Void
  ) -> Integer {
    let result = Integer()
    unsafe operation(result.storage.pointer, x.storage.pointer, y.storage.pointer)
    return result
  }
}
