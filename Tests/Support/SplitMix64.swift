// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A small random number generator with a seed, passed `inout`.
///
/// Reference: Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The seed and the number of cases of random tests, from TEST_SEED and TEST_MULTIPLIER.
enum RandomTests {
  static let seed = environment("TEST_SEED").flatMap { UInt64($0) } ?? 20_211_206

  static func count(_ count: Int) -> Int {
    count * (environment("TEST_MULTIPLIER").flatMap { Int($0) } ?? 1)
  }

  private static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
