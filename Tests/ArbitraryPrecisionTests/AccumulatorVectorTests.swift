// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct AccumulatorVectorTests {
  @Test func `a new vector holds zeros`() {
    let vector = AccumulatorVector(count: 3, precision: 10)
    check(vector.count == 3)
    check(vector.values().map(\.rational) == [0, 0, 0])
    check(vector.values().map(\.precision) == [10, 10, 10])
    check(AccumulatorVector(count: 0, precision: 10).values().isEmpty)
  }

  @Test func `the recurrence brackets the exact one by its two roundings`() {
    forRandomInput(20) { random in
      let (count, p) = (random.int(2...6), random.int(4...40))
      var low = AccumulatorVector(count: count, precision: p)
      var high = AccumulatorVector(count: count, precision: p)
      let scratch = Accumulator(precision: p)
      var exact = [Rational](repeating: 0, count: count)
      low.set(0, to: 1)
      high.set(0, to: 1)
      exact[0] = 1
      for _ in 0..<12 {
        for j in (1..<count).reversed() {
          let (stay, move) = (random.int(0...1000), random.int(0...1000))
          low.formRecurrence(j, stay: stay, move: move, scratch: scratch, rounding: .down)
          high.formRecurrence(j, stay: stay, move: move, scratch: scratch, rounding: .up)
          exact[j] = exact[j] * Rational(stay) + exact[j - 1] * Rational(move)
        }
      }
      for (x, (lower, upper)) in zip(exact, zip(low.values(), high.values())) {
        check(lower.rational <= x && x <= upper.rational, random.note)
        // 36 roundings of terms that are not negative.
        check(upper.rational - lower.rational <= x * 80 * powerOfTwo(1 - p), random.note)
      }
    }
  }

  @Test func `copies keep their values`() {
    var vector = AccumulatorVector(count: 1, precision: 10)
    vector.set(0, to: 5)
    let before = vector.values()
    vector.set(0, to: -7)
    check(before[0].rational == 5 && vector.values()[0].rational == -7)
  }

  @Test func `an index out of range, and an integer too long, are refused`() async {
    await #expect(processExitsWith: .failure) {
      var vector = AccumulatorVector(count: 2, precision: 10)
      vector.set(2, to: 1)
    }
    await #expect(processExitsWith: .failure) {
      var vector = AccumulatorVector(count: 2, precision: 10)
      vector.set(0, to: 1025)
    }
    await #expect(processExitsWith: .failure) {
      var vector = AccumulatorVector(count: 2, precision: 10)
      let scratch = Accumulator(precision: 10)
      vector.formRecurrence(0, stay: 1, move: 1, scratch: scratch, rounding: .up)
    }
    await #expect(processExitsWith: .failure) {
      var vector = AccumulatorVector(count: 2, precision: 10)
      let scratch = Accumulator(precision: 10)
      vector.formRecurrence(1, stay: -1, move: 1, scratch: scratch, rounding: .up)
    }
  }

  @Test func `products are added to a sum outside, and elements take numbers`() {
    var vector = AccumulatorVector(count: 2, precision: 100)
    var sum = Accumulator(1, precision: 100)
    let factor = Accumulator(3, precision: 100)
    var scratch = Accumulator(precision: 100)
    vector.set(1, to: Accumulator(7, precision: 64))
    vector.addProduct(of: 1, factor, to: &sum, scratch: &scratch)
    vector.addProduct(of: 0, factor, to: &sum, scratch: &scratch)
    check(Real(sum) == Real(22))
    check(vector.value(1) == Real(7) && vector.value(0) == Real(0))
  }
}
