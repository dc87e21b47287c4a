// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct NewtonSeriesTests {
  /// sum of a_j (k)_j/L^j from the definition.
  private func value(_ coefficients: [Rational], _ k: Int, lengthBits: Int) -> Rational {
    var (sum, product): (Rational, Rational) = (0, 1)
    for (j, a) in coefficients.enumerated() {
      sum += a * product
      product = product * Rational(k - j) / powerOfTwo(lengthBits)
    }
    return sum
  }

  @Test func `the value is known within its error, what is left out included`() {
    var knownCount = 0
    forRandomInput(300) { random in
      let lengthBits = random.int(0...random.int(0...62))
      let order = random.int(1...40)
      // Positive sums: the first coefficient outweighs the others, or is zero.
      var (exact, words): ([Rational], [ComplexWord]) = ([], [])
      let startsAtZero = Bool.random(using: &random) && order > 1
      for j in 0...order {
        var ball = RealBall(random.rational(bits: 90).magnitude, precision: 128)
        ball.multiply(by: RealBall(powerOfTwo(-3 * j), precision: 128))
        if j > 1 && j % 2 == 0 { ball.multiply(by: -1) }
        var word = ComplexWord()
        if j > 0 || !startsAtZero { word.set(ball) }
        words.append(word)
        exact.append(word.midpoint.re)
      }
      let last = words.removeLast()
      guard
        let series = NewtonSeries(
          words, remainder: last.size + last.size * last.error, lengthBits: lengthBits)
      else { return }
      let inside = (0..<4).map { _ in random.int(0...(1 << lengthBits)) }
      for k in [0, 1, order, 1 << lengthBits] + inside where k <= 1 << lengthBits {
        for theta in [Rational(0), 1] {
          var coefficients = exact
          coefficients[order] = coefficients[order] * theta
          let sum = value(coefficients, k, lengthBits: lengthBits)
          guard sum.signum >= 0 else { continue }
          let found = series.value(k)
          check(
            found.contains(ComplexRational(re: sum, im: 0)),
            "\(random.note) k = \(k) of 2^\(lengthBits)")
          if found.error.bound < 0x1p-80 { knownCount += 1 }
        }
      }
    }
    #expect(knownCount > RandomTests.count(300))
  }

  @Test func `two roundings that lose all but a trifle of a unit are in the error`() throws {
    let ones: Int128 = 1 << 125 - 1
    // Far smaller, so that 20 bits are cut off, all ones.
    let small = ComplexWord(re: ones, im: 0, exponent: -145, bound: 0)
    let large = ComplexWord(re: ones, im: 0, exponent: -125, bound: 0)
    let series = try #require(NewtonSeries([small, large], remainder: .zero, lengthBits: 62))
    // 2^-62 of ones.
    let exact = small.midpoint.re + large.midpoint.re * powerOfTwo(-62)
    check(series.value(1).contains(ComplexRational(re: exact, im: 0)))
  }

  @Test func `errors of all terms at once are in the error`() throws {
    try forRandomInput(200) { random in
      let words = (0..<random.int(2...30)).map { _ in
        var word = ComplexWord()
        word.set(random.int(1...Int.max))
        word.bound = Double.random(in: 0...0x1p-20, using: &random)
        return word
      }
      let series = try #require(NewtonSeries(words, remainder: .zero, lengthBits: 40))
      let k = random.int(1...(1 << 40))
      let exact = words.map { $0.midpoint.re * (1 + $0.bound.rational) }
      check(
        series.value(k).contains(
          ComplexRational(re: value(exact, k, lengthBits: 40), im: 0)), random.note)
    }
  }

  /// Coefficients that are exact, and such that S_j (k - j + 1) is a multiple of L less one, or less
  /// the power of two in k - j + 1.
  @Test func `every step loses all but a trifle of a unit, and the error holds it`() throws {
    let (order, bits) = (39, 20)
    let (length, k) = (1 << bits, 1 << bits - 2)
    var words: [Int128] = [3 << 122]
    var sum: Int128 = 0
    for j in (1...order).reversed() {
      let floor = j == order ? 0 : sum.scaled(by: k - j, shift: bits)
      let factor = k - j + 1
      let odd = factor >> factor.trailingZeroBitCount
      // Newton's iteration modulo L: the bits that are right double from three.
      var inverse = odd
      for _ in 0..<3 { inverse = inverse &* (2 &- odd &* inverse) & (length - 1) }
      let lack = (-inverse - Int(truncatingIfNeeded: floor)) & (length - 1)
      words.insert(1 << 100 + Int128(lack), at: 1)
      sum = words[1] + floor
    }
    let coefficients = words.map { ComplexWord(nonnegative: $0, exponent: -124, error: 0) }
    let series = try #require(NewtonSeries(coefficients, remainder: .zero, lengthBits: bits))
    let exact = value(coefficients.map { $0.midpoint.re }, k, lengthBits: bits)
    let found = series.value(k)
    check(found.contains(ComplexRational(re: exact, im: 0)))
    // 38.9 units of 2^-124 below.
    #expect((exact - found.midpoint.re) * powerOfTwo(124) > Rational(389, 10))
  }

  /// Each of 199 errors below half a unit in the last place of a `Double` that is the first one.
  @Test func `errors that a sum in double precision drops are in the error`() throws {
    let words = (0...200).map { j in
      var word = ComplexWord()
      word.set(j == 0 ? 0 : j == 1 ? 1 : 0x1p-23)
      // 2^60 and 126 units of 2^-123.
      word.bound = j == 0 ? 0 : j == 1 ? 0x1p-63 : 126 * 0x1p-100
      return word
    }
    let series = try #require(NewtonSeries(words, remainder: .zero, lengthBits: 62))
    let exact = value(
      words.map { $0.midpoint.re * (1 + $0.bound.rational) }, 1 << 62, lengthBits: 62)
    check(series.value(1 << 62).contains(ComplexRational(re: exact, im: 0)))
  }

  @Test func `nothing is made of what is unknown, and zero stays zero`() {
    #expect(NewtonSeries([.unknown], remainder: .zero, lengthBits: 3) == nil)
    #expect(NewtonSeries([ComplexWord()], remainder: .zero, lengthBits: 3) == nil)
    var one = ComplexWord()
    one.set(1)
    #expect(NewtonSeries([one], remainder: .infinity, lengthBits: 3) == nil)
  }

  @Test func `a product with a machine integer is shifted and rounded down`() {
    forRandomInput(2000) { random in
      let shift = random.int(0...62)
      let factor = random.int(0...(1 << shift))
      let word = Int128.random(in: -(1 << 124)...(1 << 124), using: &random)
      let exact = (Rational(word) * Rational(factor) / powerOfTwo(shift))
      let found = Rational(word.scaled(by: factor, shift: shift))
      check(found <= exact && exact < found + 1, random.note)
    }
  }

  @Test func `a number that is not negative lies within its error`() {
    forRandomInput(2000) { random in
      let word = Int128.random(in: -9...(1 << random.int(0...124)), using: &random)
      let error = Double(random.int(0...(1 << random.int(0...50)))) / 4
      let number = ComplexWord(nonnegative: word, exponent: -7, error: error)
      for offset in [-error, 0, error] {
        let exact = (Rational(word) + Real(offset).rational) * powerOfTwo(-7)
        guard exact.signum >= 0 else { continue }
        check(
          number.contains(ComplexRational(re: exact, im: 0)),
          "\(random.note) \(word) +- \(error)")
      }
    }
    // Zero within half a unit: the midpoint is a unit.
    let half = ComplexWord(nonnegative: 0, exponent: -7, error: 0.5)
    check(half.contains(ComplexRational(re: powerOfTwo(-8), im: 0)))
    #expect(ComplexWord(nonnegative: 1, exponent: 0, error: .infinity).error == .unbounded)
  }
}

extension Rational {
  /// A word as a fraction.
  fileprivate init(_ word: Int128) {
    let low = UInt64(truncatingIfNeeded: word)
    self =
      Rational(Int(word >> 64)) * powerOfTwo(64) + Rational(Int(low >> 32)) * powerOfTwo(32)
      + Rational(Int(low & (1 << 32 - 1)))
  }
}
