// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import Synchronization

/// The last value that was computed for a precision: four columns of a row share one computation.
@_spi(Arithmetic) public final class Memo<Value: Sendable>: Sendable {
  /// The precision of the last value, 0 before there is one.
  @usableFromInline let precision = Mutex(0)
  /// The last value, read and written while `precision` is locked. A lock around both would be of a
  /// type that is looked up whenever a memo is made and freed: a tenth of the time of a curve.
  @usableFromInline nonisolated(unsafe) var last: Value?

  /// No value yet.
  @inlinable
  public init() {}

  /// Notes a value that is known already.
  @inlinable
  public func note(_ value: Value, precision bits: Int) {
    precision.withLock {
      $0 = bits
      unsafe last = value
    }
  }

  /// The value at `bits` bits or more, if there is one.
  @inlinable
  public func known(_ bits: Int) -> Value? {
    precision.withLock { unsafe $0 >= bits ? last : nil }
  }

  /// The value at `bits` bits or more, computed if there is none yet.
  @inlinable
  public func value(_ bits: Int, _ compute: (Int) throws -> Value) rethrows -> Value {
    if let known = known(bits) { return known }
    let value = try compute(bits)
    note(value, precision: bits)
    return value
  }
}
