// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

@Suite struct SplitWordTests {
  /// Words up to `limit` in size, at its ends, at the limbs' ends and anywhere.
  private func word(_ random: inout RandomInput, limit: Int128) -> Int128 {
    switch random.int(0...5) {
    case 0: random.element(of: [-limit, limit - 1, limit, -limit + 1, 0, -1])
    case 1: random.element(of: [1, -1]) * ((limit >> 63) << 63) - Int128(random.int(-1...1))
    case 2: Int128(1) << Int128(random.int(0...120)) - 1
    default: Int128.random(in: -limit..<limit, using: &random)
    }
  }

  private func exact(_ x: Int128) -> Rational { Real(word: x, exponent: 0).rational }

  @Test func `a word is its limbs`() {
    forRandomInput(500) { random in
      let x = word(&random, limit: 1 << 125)
      let split = SplitWord(x)
      check(split.low >= 0 && Int128(split.high) << 63 + Int128(split.low) == x, random.note)
    }
    let limb = SplitWord(high: -7)
    check(limb.high == -7 && limb.low == 0)
  }

  @Test func `sums of two products of 125 bits are rounded to nearest`() {
    let half = Rational(1, 2) + powerOfTwo(-60)
    forRandomInput(3000) { random in
      let parts = (0..<4).map { _ in word(&random, limit: 1 << 125) }
      let limbs = parts.map { SplitWord($0) }
      let values = parts.map { exact($0) }
      let sum = exact((limbs[0] * limbs[1] + limbs[2] * limbs[3]).rounded())
      let exactSum = (values[0] * values[1] + values[2] * values[3]) * powerOfTwo(-126)
      check((sum - exactSum).magnitude <= half, "\(random.note) \(parts)")
      let difference = exact((limbs[0] * limbs[1] - limbs[2] * limbs[3]).rounded())
      let exactDifference = (values[0] * values[1] - values[2] * values[3]) * powerOfTwo(-126)
      check((difference - exactDifference).magnitude <= half, "\(random.note) \(parts)")
    }
  }

  @Test func `a product of 126 bits is rounded to nearest, doubled or not`() {
    forRandomInput(3000) { random in
      let limit = Int128(1) << 126 - 1
      let (a, b) = (word(&random, limit: limit), word(&random, limit: limit))
      if max(abs(a), abs(b)) > limit { return }
      let product = exact((SplitWord(a) * SplitWord(b)).rounded())
      let exactProduct = exact(a) * exact(b) * powerOfTwo(-126)
      let half = Rational(1, 2) + powerOfTwo(-60)
      check((product - exactProduct).magnitude <= half, "\(random.note) \(a) \(b)")
      for k in 1...3 {
        let (c, d) = (a >> 1, b >> Int128(k))
        let doubled = exact((SplitWord(c) * SplitWord(d)).rounded(doublings: Int128(k)))
        let exactDoubled = exact(c) * exact(d) * powerOfTwo(k - 126)
        check((doubled - exactDoubled).magnitude <= half, "\(random.note) \(a) \(b)")
      }
    }
  }
}
