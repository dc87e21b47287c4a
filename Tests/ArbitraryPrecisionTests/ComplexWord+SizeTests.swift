// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct ComplexWordSizeTests {
  private func word(_ z: ComplexRational) -> ComplexWord {
    var ball = ComplexBall(precision: 300)
    ball.set(z.re, z.im)
    var result = ComplexWord()
    result.set(ball)
    return result
  }

  private func randomWord(_ random: inout RandomInput) -> ComplexWord {
    let z = random.complexRational(bits: 150)
    let scale = powerOfTwo(random.int(-150...150))
    return word(
      Bool.random(using: &random)
        ? ComplexRational(re: z.re * scale, im: z.im) : ComplexRational(re: z.re, im: z.im * scale))
  }

  /// The radius is above 891,953 units of the last place by 2^-54 of it, and computed as less: a
  /// norm that was rounded down, and a product.
  @Test func `a radius just above an integer is not taken for less`() throws {
    let word = ComplexWord(
      re: 26_958_832_442_707_130_673_410_396_856_347_356_153, im: 0, exponent: -125,
      bound: 0x1.5794fdd57620cp-105)
    let exact = word.midpoint.re * (1 + word.bound.rational)
    #expect(word.realEnclosure.contains(exact))
  }

  @Test func `sizes bracket the absolute value, however far apart the parts are`() throws {
    try forRandomInput(2000) { random in
      let z = randomWord(&random)
      let norm = z.midpoint.norm
      let size = try #require(z.size.rational)
      check(size * size >= norm && size * size <= norm * (1 + powerOfTwo(-45)), random.note)
      let (value, exponent) = z.lowerSize
      let lower = value.rational * powerOfTwo(exponent)
      check(lower * lower <= norm && lower * lower >= norm * (1 - powerOfTwo(-45)), random.note)
      if norm.signum == 0 { return }
      let approximation = z.approximation
      let unit = powerOfTwo(approximation.exponent)
      let (re, im) = (approximation.re, approximation.im)
      check(max(abs(re), abs(im)) >= 0.5 && max(abs(re), abs(im)) <= 1, random.note)
      for (part, exact) in [(re, z.midpoint.re), (im, z.midpoint.im)] {
        check((part.rational * unit - exact).magnitude <= unit * powerOfTwo(-51), random.note)
      }
    }
    let zero = ComplexWord()
    check(zero.size.rational == 0 && zero.lowerSize.value == 0)
    check(zero.approximation.re == 0 && zero.approximation.im == 0)
  }

  @Test func `the real part's interval holds what the error allows and little more`() {
    forRandomInput(300) { random in
      let z = random.complexRational(bits: 60)
      var w = word(z)
      let error = Magnitude(1, exponent: -random.int(2...120))
      w.widen(by: w.size * error)
      let interval = w.realEnclosure
      let radius = (w.error.rational ?? 0) * w.size.real.rational
      // The midpoint's size is at most `size`, so the number may be this far off but for 2^-48.
      let part = radius * (1 - powerOfTwo(-45))
      let m = w.midpoint.re
      check(interval.contains(m - part) && interval.contains(m + part), random.note)
      let more = radius + w.size.real.rational * powerOfTwo(-121)
      check(interval.width.rational <= 2 * more * (1 + powerOfTwo(-40)), random.note)
    }
    var unknown = ComplexWord()
    unknown.widen(by: Magnitude(1))
    check(!unknown.realEnclosure.lower.isFinite && !unknown.realEnclosure.upper.isFinite)
  }

  @Test func `sums of real parts hold the exact sum`() throws {
    try forRandomInput(200) { random in
      var sum = Accumulator(precision: random.element(of: [2, 53, 128, 300]))
      var exact = Rational(0)
      var error = Magnitude.zero
      for _ in 0..<10 {
        let z = random.complexRational(bits: 40)
        let doubled = Bool.random(using: &random)
        word(z).addRealPart(doubled: doubled, to: &sum, error: &error)
        exact = exact + z.re * (doubled ? 2 : 1)
        check(
          try (exact - Real(copying: sum).rational).magnitude <= #require(error.rational),
          random.note)
      }
    }
  }

  @Test func `sums of numbers at the edges of their disks lie within their errors`() throws {
    try forRandomInput(200) { random in
      var sum = Accumulator(precision: 300)
      var midpoint = ComplexWord()
      var (error, midpointError) = (Magnitude.zero, Magnitude.zero)
      var exact = Rational(0)
      var exactOfMidpoints = Rational(0)
      for _ in 0..<4 {
        var z = ComplexWord()
        z.set(random.int(1...Int.max))
        z.bound = Double.random(in: 0x1p-30...0x1p-20, using: &random)
        let doubled = Bool.random(using: &random)
        let edge = z.midpoint.re * (1 + z.bound.rational)
        check(z.realEnclosure.contains(edge), random.note)
        z.addRealPart(doubled: doubled, to: &sum, error: &error)
        exact += edge * (doubled ? 2 : 1)
        exactOfMidpoints += edge
        midpointError = midpointError + midpoint.addMidpoint(of: z)
      }
      let (e, f) = (try #require(error.rational), try #require(midpointError.rational))
      check(Real(copying: sum).rational + e >= exact, random.note)
      check(midpoint.midpoint.re + f >= exactOfMidpoints, random.note)
    }
  }

  @Test func `an interval of the real part has the radius's fraction of a unit`() {
    forRandomInput(500) { random in
      // The radius is a few units of the last place.
      var z = ComplexWord()
      z.set(random.int(1...Int.max))
      z.bound = Double.random(in: 0...0x1p-118, using: &random)
      let (m, e) = (z.midpoint.re, z.bound.rational)
      let interval = z.realEnclosure
      check(interval.contains(m * (1 - e)) && interval.contains(m * (1 + e)), random.note)
    }
  }

  @Test func `sums of midpoints and a widened error hold the exact sum`() {
    forRandomInput(500) { random in
      var sum = ComplexWord()
      var exact = ComplexRational(re: 0, im: 0)
      var error = Magnitude.zero
      for _ in 0..<10 {
        let z = random.complexRational(bits: 100)
        exact = exact + z
        error = error + sum.addMidpoint(of: word(z))
      }
      check(sum.error == .exact)
      sum.widen(by: error)
      check(sum.contains(exact), random.note)
      check(sum.error > .exact && sum.error < .rounding(precision: 60), random.note)
    }
    var zero = ComplexWord()
    zero.widen(by: .zero)
    check(zero.error == .exact)
    zero.widen(by: Magnitude(0x1p-200))
    check(zero.error == .unbounded)
  }

  @Test func `an enclosure of a narrow word is as narrow as it is said to be`() {
    var count = 0
    forRandomInput(2000) { random in
      var word = word(
        ComplexRational(re: random.rational(bits: 100).magnitude + powerOfTwo(-200), im: 0))
      word.widen(by: word.size * Magnitude(powerOfTwo(-random.int(20...125)).double))
      let precision = random.int(10...120)
      guard word.isNarrow(precision: precision) else { return }
      let (low, high) = (word.realEnclosure.lower.rational, word.realEnclosure.upper.rational)
      check(high - low <= low * powerOfTwo(-precision), random.note)
      count += 1
    }
    #expect(count > RandomTests.count(200))
  }
}

extension Real {
  /// The value of an accumulator that goes on.
  fileprivate init(copying accumulator: borrowing Accumulator) {
    var copy = Accumulator(precision: accumulator.precision)
    copy.set(accumulator, rounding: .nearest)
    self.init(copy)
  }
}
