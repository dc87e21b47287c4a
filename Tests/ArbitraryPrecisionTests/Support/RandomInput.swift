// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Randomness
import TestSupport
import Testing

/// A generator for one random case that knows the seed of this case.
struct RandomInput: RandomNumberGenerator {
  let seed: UInt64
  private var generator: SplitMix64

  init(seed: UInt64) {
    self.seed = seed
    generator = SplitMix64(seed: seed)
  }

  mutating func next() -> UInt64 { generator.next() }

  /// To be printed when an expectation fails: `TEST_SEED` reproduces the case as the first one.
  var note: Comment { "seed \(seed)" }
}

/// Runs `body` with generators of consecutive seeds; `TEST_SEED` sets the first one.
func forRandomInput(
  _ count: Int, seed: UInt64 = 1, _ body: (inout RandomInput) throws -> Void
) rethrows {
  let first = RandomTests.givenSeed ?? seed &* 1_000_000
  for i in 0..<RandomTests.count(count) {
    var random = RandomInput(seed: first &+ UInt64(i))
    try body(&random)
  }
}

extension RandomInput {
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
