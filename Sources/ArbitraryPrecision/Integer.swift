// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// An integer of any size, with value semantics (GMP's `mpz_t`).
public struct Integer: Sendable {
  /// The GMP number; written only while uniquely referenced.
  @safe
  final class Storage: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<__mpz_struct>

    init() {
      unsafe pointer = .allocate(capacity: 1)
      unsafe mpz_init(pointer)
    }

    init(copying other: Storage) {
      unsafe pointer = .allocate(capacity: 1)
      unsafe mpz_init_set(pointer, other.pointer)
    }

    deinit {
      unsafe mpz_clear(pointer)
      unsafe pointer.deallocate()
    }
  }

  var storage: Storage

  /// Zero.
  public init() { storage = Storage() }

  /// The value of a machine integer.
  public init(_ value: Int) {
    self.init()
    unsafe mpz_set_si(storage.pointer, value)
  }

  /// Reads a decimal integer such as `-120`: an optional sign and digits, nothing else.
  ///
  /// - Throws: `DomainError` if `text` is not one.
  public init(parsing text: String) throws(DomainError) {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
      throw DomainError(
        parameter: "integer", value: "'\(text)'", requirement: "must be a decimal integer")
    }
    self.init(digits: String(digits))
    if text.hasPrefix("-") { negate() }
  }

  /// - Parameter digits: Decimal digits only.
  init(digits: String) {
    self.init()
    let status = unsafe digits.withCString { unsafe __gmpz_set_str(storage.pointer, $0, 10) }
    precondition(status == 0, "Integer(digits:) takes decimal digits only")
  }

  /// Makes the storage this value's own before it is written to.
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = Storage(copying: storage) }
  }

  // MARK: - Queries

  /// -1, 0 or 1.
  public var signum: Int { Int(unsafe mpz_sgn(storage.pointer)) }

  /// Whether the value is odd.
  public var isOdd: Bool { unsafe mpz_odd_p(storage.pointer) != 0 }

  /// The number of bits of the absolute value; 0 for zero.
  public var bitWidth: Int {
    signum == 0 ? 0 : Int(unsafe mpz_sizeinbase(storage.pointer, 2))
  }

  /// The value as a machine integer, or nil if it does not fit.
  public var int: Int? {
    unsafe mpz_fits_slong_p(storage.pointer) != 0 ? mpz_get_si(storage.pointer) : nil
  }

  /// An approximation (truncated towards zero): `mantissa * 2^exponent`, 0.5 <= |mantissa| < 1.
  package var scaledApproximation: (mantissa: Double, exponent: Int) {
    var exponent = 0
    let mantissa = unsafe mpz_get_d_2exp(&exponent, storage.pointer)
    return (mantissa, exponent)
  }

  /// Whether bit `index` of the two's complement form is set.
  package func bit(_ index: Int) -> Bool {
    unsafe mpz_tstbit(storage.pointer, mp_bitcnt_t(index)) != 0
  }
}

extension Integer: Comparable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The value of an integer literal.
  public init(integerLiteral value: Int) { self.init(value) }

  /// Whether the values are the same.
  public static func == (x: Integer, y: Integer) -> Bool {
    unsafe mpz_cmp(x.storage.pointer, y.storage.pointer) == 0
  }

  /// Whether the first value is the smaller one.
  public static func < (x: Integer, y: Integer) -> Bool {
    unsafe mpz_cmp(x.storage.pointer, y.storage.pointer) < 0
  }

  /// Feeds the value to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }

  /// The decimal digits, with a minus sign if negative.
  public var description: String {
    guard let text = unsafe mpz_get_str(nil, 10, storage.pointer) else { return "" }
    let result = unsafe String(cString: text)
    unsafe upsilon_gmp_free(text, result.utf8.count + 1)
    return result
  }
}
