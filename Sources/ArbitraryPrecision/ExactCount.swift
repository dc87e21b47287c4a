// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// A number of cases that sums of products of others add up to.
@_spi(Arithmetic) public protocol ExactCount: SendableMetatype {
  /// A number that is not negative and known to fit.
  init(_ value: Integer)

  /// The number.
  var integer: Integer { get }

  /// Adds a product.
  mutating func addProduct(_ x: Self, _ y: Self)
}

/// A count of any size.
@_spi(Arithmetic) public struct LongCount: ExactCount {
  /// The number.
  public private(set) var integer: Integer

  /// The same number.
  public init(_ value: Integer) { integer = value }

  /// Adds a product.
  public mutating func addProduct(_ x: LongCount, _ y: LongCount) {
    integer.addProduct(x.integer, y.integer)
  }
}

/// A count of at most 128 bits, which needs neither memory of its own nor counts of references.
@_spi(Arithmetic) public struct WordCount: ExactCount {
  @usableFromInline var value: UInt128

  /// The same number.
  ///
  /// - Precondition: It is not negative and has at most 128 bits.
  public init(_ value: Integer) {
    precondition(value.signum >= 0 && value.bitWidth <= 128, "a count of at most 128 bits")
    // The lowest word first.
    var words: [UInt64] = [0, 0]
    unsafe words.withUnsafeMutableBytes {
      _ = unsafe __gmpz_export($0.baseAddress, nil, -1, 8, 0, 0, value.storage.pointer)
    }
    self.value = UInt128(words[1]) << 64 | UInt128(words[0])
  }

  /// The number.
  public var integer: Integer {
    let result = Integer()
    let words = [UInt64(truncatingIfNeeded: value), UInt64(truncatingIfNeeded: value >> 64)]
    unsafe words.withUnsafeBytes {
      unsafe __gmpz_import(result.storage.pointer, 2, -1, 8, 0, 0, $0.baseAddress)
    }
    return result
  }

  /// Adds a product; the sum has at most 128 bits too.
  @inlinable
  public mutating func addProduct(_ x: WordCount, _ y: WordCount) { value += x.value * y.value }
}
