// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// An exact fraction in lowest terms with a positive denominator (GMP's `mpq_t`).
public struct Rational: Sendable {
  @safe
  final class Storage: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<__mpq_struct>

    init() {
      unsafe pointer = .allocate(capacity: 1)
      unsafe mpq_init(pointer)
    }

    deinit {
      unsafe mpq_clear(pointer)
      unsafe pointer.deallocate()
    }
  }

  /// Never written after the initializer that made it.
  let storage: Storage

  private init(_ storage: Storage) { self.storage = storage }

  /// numerator / denominator, reduced.
  ///
  /// - Precondition: `denominator` is not zero.
  public init(_ numerator: Integer, _ denominator: Integer = 1) {
    precondition(denominator.signum != 0, "the denominator of a Rational is not 0")
    storage = Storage()
    unsafe mpq_set_num(storage.pointer, numerator.storage.pointer)
    unsafe mpq_set_den(storage.pointer, denominator.storage.pointer)
    unsafe mpq_canonicalize(storage.pointer)
  }

  /// numerator / denominator, which have no common factor.
  ///
  /// - Precondition: `denominator` is positive and prime to `numerator`: checked in debug builds
  ///   only.
  init(reduced numerator: Integer, _ denominator: Integer) {
    assert(
      denominator.signum > 0 && Integer.greatestCommonDivisor(numerator, denominator) == 1,
      "a fraction in lowest terms")
    storage = Storage()
    unsafe mpq_set_num(storage.pointer, numerator.storage.pointer)
    unsafe mpq_set_den(storage.pointer, denominator.storage.pointer)
  }

  /// A machine integer, or the fraction of two.
  ///
  /// - Precondition: `denominator` is not zero.
  public init(_ numerator: Int, _ denominator: Int = 1) {
    self.init(Integer(numerator), Integer(denominator))
  }

  /// The numerator, which carries the sign.
  public var numerator: Integer {
    let result = Integer()
    unsafe mpq_get_num(result.storage.pointer, storage.pointer)
    return result
  }

  /// The denominator, positive.
  public var denominator: Integer {
    let result = Integer()
    unsafe mpq_get_den(result.storage.pointer, storage.pointer)
    return result
  }

  /// -1, 0 or 1.
  public var signum: Int { Int(unsafe mpq_sgn(storage.pointer)) }

  /// Whether the value is an integer.
  public var isInteger: Bool { denominator == 1 }

  // MARK: - Arithmetic

  /// The value with the opposite sign.
  public static prefix func - (x: Rational) -> Rational {
    let result = Storage()
    unsafe mpq_neg(result.pointer, x.storage.pointer)
    return Rational(result)
  }

  /// The sum.
  public static func + (x: Rational, y: Rational) -> Rational { unsafe combine(x, y, mpq_add) }
  /// The difference.
  public static func - (x: Rational, y: Rational) -> Rational { unsafe combine(x, y, mpq_sub) }
  /// The product.
  public static func * (x: Rational, y: Rational) -> Rational { unsafe combine(x, y, mpq_mul) }
  /// Adds `y`.
  public static func += (x: inout Rational, y: Rational) { x = x + y }

  /// The quotient.
  ///
  /// - Precondition: `y` is not zero.
  public static func / (x: Rational, y: Rational) -> Rational {
    precondition(y.signum != 0, "division by zero")
    return unsafe combine(x, y, mpq_div)
  }

  /// The value to the power `exponent`; its power 0 is 1.
  ///
  /// - Precondition: `exponent` is not negative if the value is zero.
  public func power(_ exponent: Int) -> Rational {
    let size = Int(exponent.magnitude)
    let (n, d) = (numerator.power(size), denominator.power(size))
    return exponent >= 0 ? Rational(n, d) : Rational(d, n)
  }

  /// The absolute value.
  public var magnitude: Rational { signum < 0 ? -self : self }

  private static func combine(
    _ x: Rational, _ y: Rational, _ operation: (mpq_ptr, mpq_srcptr, mpq_srcptr) -> Void
  ) -> Rational {
    let result = Storage()
    unsafe operation(result.pointer, x.storage.pointer, y.storage.pointer)
    return Rational(result)
  }
}

extension Rational: Comparable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The value of an integer literal.
  public init(integerLiteral value: Int) { self.init(value) }

  /// Whether the values are the same.
  public static func == (x: Rational, y: Rational) -> Bool {
    unsafe mpq_equal(x.storage.pointer, y.storage.pointer) != 0
  }

  /// Whether the first value is the smaller one.
  public static func < (x: Rational, y: Rational) -> Bool {
    unsafe mpq_cmp(x.storage.pointer, y.storage.pointer) < 0
  }

  /// Feeds the value to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }

  /// `a/b`, or `a` when the value is an integer.
  public var description: String {
    isInteger ? numerator.description : "\(numerator)/\(denominator)"
  }
}

extension Rational {
  /// A sum by halves, so that fractions of like length meet.
  package static func sum<Element>(
    _ terms: ArraySlice<Element>, _ value: (Element) -> Rational
  ) -> Rational {
    if terms.count <= 1 { return terms.first.map(value) ?? 0 }
    let middle = (terms.startIndex + terms.endIndex) / 2
    return sum(terms[..<middle], value) + sum(terms[middle...], value)
  }
}
