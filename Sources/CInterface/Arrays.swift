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
  _ values: UnsafeMutablePointer<Double>, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let found = try unsafe DistributionBox.value(at: distribution)
      .doubles(Quantity(checking: quantity), integers(n, count))
    for (index, value) in found.enumerated() { unsafe values[index] = value }
  }
}
