// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Names are those of C.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import CUpsilon

/// What an opaque pointer of the interface points to: an immutable value with a count of its owners.
final class Box<Value: Sendable>: Sendable {
  let value: Value

  private init(_ value: Value) { self.value = value }

  /// A pointer to a value, which `upsilon_1_release` gives back.
  static func pointer(to value: Value) -> OpaquePointer {
    OpaquePointer(unsafe Unmanaged.passRetained(Box(value)).toOpaque())
  }

  /// The value that `pointer(to:)` made the pointer of.
  static func value(at pointer: OpaquePointer) -> Value {
    unsafe Unmanaged<Box>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue().value
  }
}

/// `upsilon_1_release` of upsilon.h.
@c @implementation
public func upsilon_1_release(_ object: UnsafeMutableRawPointer?) {
  if let object = unsafe object { unsafe Unmanaged<AnyObject>.fromOpaque(object).release() }
}
