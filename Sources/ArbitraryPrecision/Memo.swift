// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import Synchronization

/// The last value that was computed for a precision: four columns of a row share one computation.
@_spi(Arithmetic) public final class Memo<Value: Sendable>: Sendable {
  @usableFromInline let last = Mutex<(precision: Int, value: Value)?>(nil)

  /// No value yet.
  @inlinable
  public init() {}

  /// Notes a value that is known already.
  @inlinable
  public func note(_ value: Value, precision: Int) { last.withLock { $0 = (precision, value) } }

  /// Whether any value is known.
  @inlinable public var isNoted: Bool { last.withLock { $0 != nil } }

  /// The value at `precision` bits or more, computed if there is none yet.
  @inlinable
  public func value(_ precision: Int, _ compute: (Int) throws -> Value) rethrows -> Value {
    if let known = last.withLock({ $0 }), known.precision >= precision { return known.value }
    let value = try compute(precision)
    last.withLock { $0 = (precision, value) }
    return value
  }
}
