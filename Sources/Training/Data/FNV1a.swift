// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A hash of bytes in their order, the same on every platform.
///
/// Reference: G. Fowler, L. Noll, K.-P. Vo and D. Eastlake, *The FNV non-cryptographic hash
/// algorithm*, draft-eastlake-fnv: variant 1a of 64 bits.
struct FNV1a {
  /// The hash of what was added.
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds a byte.
  mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

  /// Adds the lowest 32 bits of a number, the lowest byte first.
  mutating func add(_ number: Int) {
    for shift in stride(from: 0, to: 32, by: 8) {
      add(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
