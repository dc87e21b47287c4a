// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct PositiveRecurrenceTests {
  /// N_n(j) in integers, step by step.
  private func exact(_ count: Int, _ weight: Int, _ free: Int, _ isFalling: Bool, _ n: Int)
    -> [Integer]
  {
    var states = Array(repeating: Integer(0), count: count + 1)
    states[0] = 1
    for t in 0..<n {
      for j in stride(from: count, through: 0, by: -1) {
        let stay = max(0, j * weight + free - (isFalling ? t : 0))
        let more = j > 0 ? states[j - 1] * Integer((count - j + 1) * weight) : 0
        states[j] = states[j] * Integer(stay) + more
      }
    }
    return states
  }

  private func checkStates(
    _ count: Int, _ weight: Int, _ free: Int, _ isFalling: Bool, _ n: Int, _ precision: Int
  ) {
    let found = PositiveRecurrence(
      stateCount: count, weight: weight, free: free, isFalling: isFalling
    ).states(stepCount: n, precision: precision)
    let note = "C = \(count), w = \(weight), W = \(free), \(isFalling), n = \(n), \(precision) bits"
    let states = exact(count, weight, free, isFalling, n)
    #expect(found.count == min(n, count) + 1, "\(note)")
    for (enclosure, value) in zip(found, states) {
      #expect(enclosure.contains(Rational(value)), "\(note)")
      #expect(enclosure.isWithin(relativePrecision: precision), "\(note)")
    }
  }

  @Test func `enclosures contain the numbers and are as narrow as promised`() {
    forRandomInput(100) { random in
      let count = random.int(1...6)
      let weight = random.int(1...random.int(1...400))
      let free = random.int(0...1) * random.int(1...random.int(1...200))
      let isFalling = random.int(0...1) == 1
      let most = isFalling ? count * weight + free : 1200
      checkStates(
        count, weight, free, isFalling, random.int(1...min(1200, most)), random.int(2...200))
    }
  }

  /// Long after all states are known, where one step after another would not end.
  @Test(arguments: [60, 400]) func `numbers of steps without limit take no longer`(precision: Int) {
    let n = 1_000_000_000_000_000
    let recurrence = PositiveRecurrence(stateCount: 3, weight: 1, free: 1, isFalling: false)
    #expect(recurrence.seconds(stepCount: n, precision: precision) < 0.1)
    let found = recurrence.states(stepCount: n, precision: precision)
    // 1, 3 (2^n - 1), 3 (3^n - 2 2^n + 1) and 4^n - 3 3^n + 3 2^n - 1: that is all but less than
    // (3/4)^n of 4^n, as 3 3^n of 3^(n+1).
    for (j, times) in [1, 3, 3, 1].enumerated() {
      #expect(found[j].isWithin(relativePrecision: precision))
      let power = recurrence.product(j + 1, n, precision: precision + 64).enclosure()
      let ratio = found[j].divided(by: power, precision: precision + 8)
      #expect(ratio.contains(Rational(times)), "state \(j)")
    }
  }

  /// Draws of all items: states that not all fit into are impossible.
  @Test func `states are impossible where no factor is left`() {
    for precision in [50, 300] {
      checkStates(3, 200, 0, true, 600, precision)
      checkStates(3, 200, 0, true, 599, precision)
      checkStates(2, 300, 1, true, 601, precision)
      checkStates(4, 1, 3, true, 7, precision)
    }
  }

  @Test func `falling products are those of integers`() {
    forRandomInput(200) { random in
      let n = random.int(0...random.int(0...8000))
      let k = random.int(0...random.int(0...8000))
      let found = Factorials.falling(n, k, precision: random.int(20...200)).enclosure()
      let exact = k > n ? 0 : Integer.binomial(n, k) * Integer.factorial(k)
      check(found.contains(Rational(exact)), "\(random.note), (\(n))_\(k)")
    }
  }

  /// Without a clock: neighbours take about as long, and states that are known take nothing.
  @Test func `estimates grow with the steps until all states are known`() {
    let recurrence = PositiveRecurrence(stateCount: 1000, weight: 1, free: 0, isFalling: false)
    var last = 0.0
    for n in [1, 10, 1000, 30_000, 100_000] {
      let here = recurrence.seconds(stepCount: n, precision: 60)
      #expect(here > last)
      last = here
    }
    #expect(recurrence.seconds(stepCount: 1_000_000, precision: 60) < 2 * last)
    #expect(
      recurrence.seconds(stepCount: 1_000_000_000, precision: 60)
        == recurrence.seconds(stepCount: 1_000_000, precision: 60))
  }
}
