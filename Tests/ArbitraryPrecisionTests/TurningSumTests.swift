// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import ArbitraryPrecision

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
