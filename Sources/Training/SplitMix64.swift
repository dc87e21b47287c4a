// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A generator of random numbers with the same output on every platform.
///
/// Reference: G. Steele, D. Lea and C. Flood, *Fast splittable pseudorandom number generators*,
/// OOPSLA 2014.
struct SplitMix64: RandomNumberGenerator {
  /// The state before the next step.
  private(set) var state: UInt64

  /// A generator with a given state.
  init(seed: UInt64) { state = seed }

  /// A generator for one purpose: different keys give unrelated sequences.
  ///
  /// - Parameter keys: Numbers that name the purpose, such as seed, epoch, item and view.
  init(keys: UInt64...) {
    var hash: UInt64 = 0
    for key in keys { hash = Self.mixed((hash ^ key) &+ Self.increment) }
    state = hash
  }

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mixed(state)
  }

  /// A multiple of 2^-53 in [0, 1).
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number in [lower, upper].
  mutating func uniform(_ lower: Double, _ upper: Double) -> Double {
    lower + (upper - lower) * unit()
  }

  /// A whole number in 0 ..< bound by multiplication; the bias is below bound / 2^64.
  mutating func index(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Puts elements in a random order, all orders alike (Fisher and Yates).
  mutating func shuffle(_ elements: inout [Int]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, index(below: last + 1))
    }
  }
}
