// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct TurningSumTests {
  /// Numbers with the angles 2 pi j/N, of which the first is 1 or larger.
  private struct Numbers {
    var words: [ComplexWord] = []
    var exact: [ComplexRational] = []
    var angles: [Int] = []
    let count: Int

    init(_ random: inout RandomInput) {
      count = random.int(1...(random.int(1...2000)))
      for k in 0..<random.int(1...12) {
        var ball = ComplexBall(precision: 100)
        let size = Rational(random.int(1...(1 << 40)), 1 << 40)
        let part = Rational(random.int(-(1 << 40)...(1 << 40)), 1 << 41)
        ball.set(k == 0 ? 1 + size : size / 2, k == 0 ? 0 : part)
        if k > 0 && Bool.random(using: &random) { ball.scale(byPowerOfTwo: -random.int(0...140)) }
        var word = ComplexWord()
        word.set(ball)
        words.append(word)
        exact.append(word.midpoint)
        angles.append(random.int(0...(count - 1)))
      }
    }

    func sum() -> TurningSum {
      var sum = TurningSum()
      for (word, j) in zip(words, angles) { sum.append(word, turningBy: j, of: count) }
      return sum
    }

    /// S_t within 2^-280.
    func value(after t: Int) -> Rational {
      zip(exact, angles).reduce(0) { total, term in
        var turn = ComplexBall(precision: 300)
        turn.setRootOfUnity(t * term.1 % count, of: count)
        return total + (term.0 * turn.midpoint.conjugate).re
      }
    }
  }

  @Test func `the value after every step is known within its error, over several blocks`() {
    var knownCount = 0
    forRandomInput(40) { random in
      let numbers = Numbers(&random)
      var sum = numbers.sum()
      for t in 0..<random.int(1...70) {
        if t > 0 { sum.advance() }
        let exact = numbers.value(after: t)
        let z = ComplexRational(re: exact, im: 0)
        check(sum.value.contains(z, slack: powerOfTwo(-40)), "\(random.note) t = \(t)")
        if exact > Rational(1, 16) {
          knownCount += 1
          check(sum.value.error.bound < 0x1p-100, "\(random.note) t = \(t)")
        }
      }
    }
    #expect(knownCount > RandomTests.count(200))
  }

  /// What one exact number errs by after 15 steps, and a block for each of 200, in units.
  @Test func `one number errs by no more than is stated for it`() {
    var (steps, block) = (0.0, 0.0)
    forRandomInput(300) { random in
      // Small angles add up errors of one sign.
      let count = random.int(3...random.element(of: [100, 100_000, 1 << 40]))
      let numerator = random.int(1...random.element(of: [1, count - 1]))
      let word = ComplexWord(
        re: 1 << 125 - Int128(random.int(1...(1 << 60))),
        im: 1 << 125 - Int128(random.int(1...(1 << 60))), exponent: -125, bound: 0)
      func error(of sum: TurningSum, after t: Int) -> Double {
        var turn = ComplexBall(precision: 300)
        turn.setRootOfUnity(t * numerator % count, of: count)
        let exact = (word.midpoint * turn.midpoint.conjugate).re
        return ((sum.value.midpoint.re - exact) * powerOfTwo(120)).magnitude.double
      }
      var sum = TurningSum()
      sum.append(word, turningBy: numerator, of: count)
      for _ in 0..<15 { sum.advance() }
      if sum.value.error.bound < 1 { steps = max(steps, error(of: sum, after: 15)) }
      for t in 15..<3200 {
        sum.advance()
        if t == 3199 && sum.value.error.bound < 1 {
          block = max(block, error(of: sum, after: 3200) / 200)
        }
      }
    }
    print("15 steps: at most \(steps) units, stated 188")
    print("a block: at most \(block) units, stated 1.3")
    #expect(steps <= 188 && block <= 1.3)
  }

  @Test func `errors of the numbers and what the sum is widened by are in the error`() {
    forRandomInput(20) { random in
      let numbers = Numbers(&random)
      var sum = TurningSum()
      var offset: Rational = 0
      for k in numbers.words.indices {
        var word = numbers.words[k]
        // As far off as its error allows.
        word.widen(by: word.size * Magnitude(1, exponent: -random.int(40...90)))
        sum.append(word, turningBy: 0, of: 1)
        offset = offset + (word.error.rational ?? 0) * word.midpoint.re.magnitude
      }
      sum.widen(by: Magnitude(0x1p-60))
      let exact = numbers.exact.reduce(0) { $0 + $1.re } + offset + powerOfTwo(-60)
      check(sum.value.contains(ComplexRational(re: exact, im: 0)), random.note)
      sum.widen(by: .infinity)
      check(sum.value.error == .unbounded, random.note)
    }
  }

  @Test func `nothing is known of a sum that is not positive or has too large a number`() {
    var one = ComplexWord()
    one.set(1)
    var negative = one
    negative.negate()
    var sum = TurningSum()
    check(sum.value.error == .unbounded)
    sum.append(negative, turningBy: 0, of: 1)
    check(sum.value.error == .unbounded)
    sum = TurningSum()
    sum.append(one, turningBy: 0, of: 1)
    check(sum.value.error.bound < 0x1p-100)
    one.scale(byPowerOfTwo: 3)
    sum.append(one, turningBy: 0, of: 1)
    check(sum.value.error == .unbounded)
  }
}
