// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A generator of random numbers with the same output on every platform, for training and for
/// tests.
///
/// Reference: G. Steele, D. Lea and C. Flood, *Fast splittable pseudorandom number generators*,
/// OOPSLA 2014.
package struct SplitMix64: RandomNumberGenerator {
  /// The state before the next step: a generator with this seed goes on alike.
  @usableFromInline
  package var state: UInt64

  /// A generator with a given state.
  @inlinable
  package init(seed: UInt64) { state = seed }

  /// A generator for one purpose: different keys give unrelated sequences.
  ///
  /// - Parameter keys: Numbers that name the purpose, such as seed, epoch, item and view.
  package init(keys: UInt64...) {
    var hash: UInt64 = 0
    for key in keys { hash = Self.mixed((hash ^ key) &+ Self.increment) }
    state = hash
  }

  @inlinable
  package static var increment: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  @inlinable
  package static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// The next 64 bits.
  @inlinable
  package mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mixed(state)
  }

  /// A multiple of 2^-53 in [0, 1).
  @inlinable
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number in [lower, upper].
  @inlinable
  package mutating func uniform(_ lower: Double, _ upper: Double) -> Double {
    lower + (upper - lower) * unit()
  }

  /// A whole number in 0 ..< bound by multiplication; the bias is below bound / 2^64.
  @inlinable
  package mutating func index(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Puts elements in a random order, all orders alike (Fisher and Yates).
  package mutating func shuffle(_ elements: inout [Int]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, index(below: last + 1))
    }
  }
}
