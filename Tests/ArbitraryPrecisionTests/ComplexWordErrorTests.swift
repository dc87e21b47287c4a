// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

/// What becomes of errors that the inputs of an operation have.
@Suite struct ComplexWordErrorTests {
  private let t = ComplexWord.Scratch()

  @Test func `an error outside the range of what operations lose is kept`() {
    for error in [0x1p-1000, 0x1p-300, 0x1p-10, 0.5, 3, 1e200] {
      var z = ComplexWord()
      z.set(3)
      z.bound = error
      z.multiply(by: 5)
      check(z.error >= RelativeError(bound: error))
      z.add(1, t)
      // 15 of 16 parts are uncertain.
      check(z.error >= RelativeError(bound: error * 0.93))
      var one = ComplexWord()
      one.set(1)
      one.multiply(by: z, t)
      check(one.error > z.error)
      if error < 1 {
        z.formReciprocal(t)
        check(z.error >= RelativeError(bound: error * 0.93))
      }
    }
    // 2^-1022 2^-100 is no `Double` any more.
    var z = ComplexWord()
    z.set(1)
    z.bound = 0x1p-1022
    var large = ComplexWord()
    large.set(1)
    large.scale(byPowerOfTwo: 100)
    z.add(large)
    check(z.error > .exact)
    z.set(1)
    z.bound = 1
    z.formReciprocal(t)
    check(z.error == .unbounded)
  }

  @Test func `the error of a sum is not below the sum of the errors, exact to the last bit`() {
    forRandomInput(2000) { random in
      // Sums without rounding: what is lost is lost by the bound.
      var (z, w) = (ComplexWord(), ComplexWord())
      z.set(random.int(1...(1 << 61)))
      w.set(random.int(1...(1 << 61)))
      z.bound = Double.random(in: 0...0x1p-20, using: &random)
      w.bound = Double.random(in: 0...0x1p-20, using: &random)
      let absolute = z.midpoint.re * z.bound.rational + w.midpoint.re * w.bound.rational
      z.add(w)
      check(z.bound.rational * z.midpoint.re >= absolute, random.note)
    }
  }

  @Test
  func
    `the error of a + b y is not below those of its parts, and at most eight times that of a sum`()
  {
    forRandomInput(2000) { random in
      var (a, b, y) = (ComplexWord(), ComplexWord(), ComplexWord())
      let sign = random.int(0...1) == 0 ? 1 : -1
      a.set(sign * random.int(0...(1 << random.int(1...61))))
      b.set(random.int(1...(1 << random.int(1...61))))
      y.set(random.int(1...(1 << random.int(1...40))))
      let scale = random.int(-200...200)
      y.scale(byPowerOfTwo: scale)
      a.scale(byPowerOfTwo: scale + random.int(-3...40))
      a.bound = a.isZero ? 0 : random.element(of: [0, 0x1p-100, 0x1p-20, 0.5, 3])
      b.bound = random.element(of: [0, 0x1p-110, 0x1p-15, 0.5])
      y.bound = random.element(of: [0, 0x1p-105, 0x1p-18])
      let (e, f, g) = (a.bound.rational, b.bound.rational, y.bound.rational)
      let product = (b.midpoint.re * y.midpoint.re).magnitude
      let absolute = a.midpoint.re.magnitude * e + product * ((1 + f) * (1 + g) - 1)
      var result = ComplexWord()
      result.set(a, plus: b, times: y, t)
      check(result.contains(a.midpoint + b.midpoint * y.midpoint), random.note)
      guard let error = result.error.rational else {
        return check(result.isZero && absolute.signum > 0, random.note)
      }
      // What the sum is rounded by itself is not in `absolute`.
      check(error * result.midpoint.re.magnitude >= absolute, random.note)
      var sum = b
      sum.multiply(by: y, t)
      sum.add(a)
      let limit = 8.01 * sum.bound + 9 * ComplexWord.unit
      check(result.re == sum.re && result.exponent == sum.exponent, random.note)
      check(result.bound <= limit, random.note)
    }
  }

  /// Parts of b y are equal and nearly two units of the sum, whose only part is little more than one.
  @Test func `the error of a + b y is that of b y, of the largest size for the least sum`() {
    var (a, b, y, sum) = (ComplexWord(), ComplexWord(), ComplexWord(), ComplexWord())
    b.set((1 << 60) - 1)
    let unit = b.re / ((1 << 60) - 1)
    b.im = b.re
    a.set(1 - (1 << 60))
    a.im = a.re
    a.re = unit * (2 - (1 << 59))
    y.set(1)
    b.bound = 0x1p-20
    sum.set(a, plus: b, times: y, t)
    check(sum.exponent == b.exponent && sum.im == 0 && sum.re == unit * ((1 << 59) + 1))
    // 2 sqrt(2) > 2.828427.
    check(sum.bound >= 2.828427 * b.bound)
  }

  @Test func `a + b y knows what is zero, unknown, or out of range`() {
    var (one, minusOne, zero, unknown) = (
      ComplexWord(), ComplexWord(), ComplexWord(), ComplexWord()
    )
    one.set(1)
    minusOne.set(-1)
    zero.set(0)
    unknown.set(Double.nan)
    func result(_ a: ComplexWord, _ b: ComplexWord, _ y: ComplexWord) -> ComplexWord {
      var z = ComplexWord()
      z.set(a, plus: b, times: y, t)
      return z
    }
    // A product counts as rounded, so that a sum of zero is uncertain.
    let cancelled = result(one, minusOne, one)
    check(cancelled.isZero && cancelled.error == .unbounded)
    let nothing = result(zero, zero, one)
    check(nothing.isZero && nothing.error == .exact)
    check(result(one, zero, one).error.bound < 0x1p-1000 && !result(zero, one, one).isZero)
    for numbers in [
      [unknown, one, one], [one, unknown, one], [one, one, unknown], [one, unknown, zero],
    ] {
      check(result(numbers[0], numbers[1], numbers[2]).error == .unbounded)
    }
    var uncertain = minusOne
    uncertain.bound = 0x1p-50
    check(result(one, uncertain, one).error == .unbounded)
    check(result(uncertain, one, one).error == .unbounded)
    // The sum of two of the largest is beyond the range.
    var largest = one
    largest.scale(byPowerOfTwo: (1 << 61) - 1 - one.exponent)
    check(largest.error == .exact)
    check(result(largest, largest, one).error == .unbounded)
  }

  @Test func `the errors of products and reciprocals are not below those of their factors`() {
    forRandomInput(1000) { random in
      var (z, w) = (ComplexWord(), ComplexWord())
      z.set(random.int(1...(1 << 61)))
      w.set(random.int(1...(1 << 61)))
      z.bound = Double.random(in: 0...0.9, using: &random)
      w.bound = Double.random(in: 0...0.9, using: &random)
      let (e, f) = (z.bound.rational, w.bound.rational)
      z.multiply(by: w, t)
      check(z.bound.rational >= e + f + e * f, random.note)
      w.formReciprocal(t)
      check(w.bound.rational >= f / (1 - f), random.note)
    }
  }
}
