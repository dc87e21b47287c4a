// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Names are those of C.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import ArbitraryPrecision
internal import CUpsilon
internal import Occupancy

/// `upsilon_1_doubles` of upsilon.h.
@c @implementation
public func upsilon_1_doubles(
  _ distribution: OpaquePointer, _ quantity: Int32, _ n: UnsafePointer<Int64>, _ count: Int64,
  _ values: UnsafeMutablePointer<Double>, _ error: UnsafeMutablePointer<Double>?,
  _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let quantity = try Quantity(checking: quantity)
    let distribution = unsafe DistributionBox.value(at: distribution)
    for index in 0..<Int(max(0, count)) {
      unsafe values[index] = try distribution.checkedNumber(quantity, Int(n[index])).double
    }
    unsafe error?.pointee = 0x1p-53
  }
}
