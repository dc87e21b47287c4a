// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A small reproducible generator (Steele, Lea and Flood, OOPSLA 2014) that knows its seed.
struct SplitMix64: RandomNumberGenerator {
  let seed: UInt64
  private var state: UInt64

  init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// To be printed when an expectation fails: `TEST_SEED` reproduces the case as the first one.
  var note: Comment { "seed \(seed)" }
}

/// Runs `body` with generators of consecutive seeds; `TEST_SEED` sets the first one and
/// `TEST_MULTIPLIER` scales their number.
func forRandomInput(
  _ count: Int, seed: UInt64 = 1, _ body: (inout SplitMix64) throws -> Void
) rethrows {
  let first = environment("TEST_SEED").flatMap { UInt64($0) } ?? seed &* 1_000_000
  let total = count * (environment("TEST_MULTIPLIER").flatMap { Int($0) } ?? 1)
  for i in 0..<total {
    var generator = SplitMix64(seed: first &+ UInt64(i))
    try body(&generator)
  }
}

private func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}

extension SplitMix64 {
  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func element<T>(of array: [T]) -> T { array[int(0...(array.count - 1))] }

  /// Any positive finite `Double`, subnormal and huge ones as likely as others.
  mutating func positiveDouble() -> Double {
    Double(bitPattern: UInt64.random(in: 1..<0x7FF0_0000_0000_0000, using: &self))
  }

  /// An integer of up to `bits` bits of either sign.
  mutating func integer(bits: Int) -> Integer {
    let width = int(1...bits)
    var result = Integer(0)
    for _ in 0..<((width + 59) / 60) {
      result = result * Integer(1 << 60) + Integer(int(0...(1 << 60 - 1)))
    }
    result =
      result.floorDivided(by: Integer(1).shiftedLeft(by: (width + 59) / 60 * 60 - width))
      .quotient
    return Bool.random(using: &self) ? result : -result
  }

  /// A fraction of integers of up to `bits` bits.
  mutating func rational(bits: Int) -> Rational {
    var denominator = integer(bits: bits)
    if denominator.signum == 0 { denominator = 1 }
    return Rational(integer(bits: bits), denominator)
  }

  mutating func nonzeroRational(bits: Int) -> Rational {
    let value = rational(bits: bits)
    return value.signum == 0 ? Rational(1, 3) : value
  }
}
