// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct MagnitudeTests {
  private func randomMagnitude(_ generator: inout RandomInput) -> Magnitude {
    generator.int(0...9) == 0
      ? .zero : Magnitude(generator.positiveDouble(), exponent: generator.int(-3000...3000))
  }

  @Test func `a Double times a power of two is kept exactly, subnormal or huge`() {
    forRandomInput(1000) { random in
      let (x, e) = (random.positiveDouble(), random.int(-3000...3000))
      let m = Magnitude(x, exponent: e)
      #expect(m.rational == x.rational * powerOfTwo(e), random.note)
      #expect(m.mantissa >= 0.5 && m.mantissa < 1, random.note)
    }
    #expect(Magnitude(.leastNonzeroMagnitude).rational == powerOfTwo(-1074))
    #expect(Magnitude.zero.rational == 0)
  }

  @Test func `sums and products are rounded up, by at most 2^-48`() throws {
    try forRandomInput(1000) { random in
      let (a, b) = (randomMagnitude(&random), randomMagnitude(&random))
      let (x, y) = (try #require(a.rational), try #require(b.rational))
      let (sum, product) = (try #require((a + b).rational), try #require((a * b).rational))
      #expect(sum >= x + y, random.note)
      #expect(sum <= (x + y) * (1 + powerOfTwo(-47)), random.note)
      #expect(product >= x * y, random.note)
      #expect(product <= x * y * (1 + powerOfTwo(-47)), random.note)
      let e = RelativeError(bound: random.positiveDouble())
      if let z = e.rational {
        let scaled = try #require((a * e).rational)
        #expect(scaled >= x * z, random.note)
      }
    }
  }

  @Test func `the magnitude of a number is not below its absolute value`() throws {
    try forRandomInput(500) { random in
      let x = Real(random.nonzeroRational(bits: 300), precision: random.int(2...300), rounding: .up)
      let bound = try #require(Magnitude(x).rational)
      #expect(bound >= x.rational.magnitude, random.note)
      #expect(bound <= x.rational.magnitude * (1 + powerOfTwo(-52)), random.note)
    }
    // Rounding up to 53 bits reaches the next power of two.
    let almost = Real(1 - powerOfTwo(-100), precision: 100, rounding: .down)
    #expect(Magnitude(almost).rational == 1)
    #expect(Magnitude(Real(0)).rational == 0)
  }

  @Test func `the bound as a number is exact`() {
    forRandomInput(200) { random in
      let a = randomMagnitude(&random)
      #expect(a.real.rational == a.rational, random.note)
    }
    #expect(!Magnitude.infinity.real.isFinite)
  }

  @Test func `what is infinite or not a number is unbounded, and stays so`() {
    #expect(Magnitude(.nan).rational == nil)
    #expect(Magnitude(.infinity).rational == nil)
    var number = Accumulator(-1, precision: 53)
    number.formLogarithm(rounding: .nearest)
    check(!number.isFinite)
    #expect(Magnitude(number).rational == nil)
    for other in [Magnitude.zero, Magnitude(1), .infinity, Magnitude(1, exponent: -1 << 59)] {
      #expect((Magnitude.infinity * other).rational == nil)
      #expect((other * Magnitude.infinity).rational == nil)
      #expect((Magnitude.infinity + other).rational == nil)
      #expect((other + Magnitude.infinity).rational == nil)
    }
    #expect((Magnitude.zero * RelativeError.unbounded).rational == nil)
    #expect((Magnitude.infinity * RelativeError.exact).rational == nil)
  }

  @Test func `products of extreme exponents saturate on the safe side`() {
    let huge = Magnitude(0.75, exponent: (1 << 60) - 1)
    #expect((huge * huge).mantissa == .infinity)
    #expect((huge * huge * huge * huge).mantissa == .infinity)
    let small = Magnitude(0.75, exponent: -(1 << 60) + 1)
    let product = small * small * small * small
    #expect(product.mantissa > 0)
    #expect(product.exponent <= small.exponent)
    // Of what is too small the least bound is not below it, just beyond the edge either.
    for (value, exponent) in [(1, -1 << 60), (0x1p900, -1 << 60), (0.9, -1 << 61)] {
      let bound = Magnitude(value, exponent: exponent)
      #expect(bound.exponent > exponent || bound.mantissa >= value)
    }
    let root = Magnitude(0.9, exponent: -1 << 59)
    #expect((root * root).mantissa >= 0.81 && (root * root).exponent >= -1 << 60)
    #expect(Magnitude(1, exponent: .max).mantissa == .infinity)
    #expect(Magnitude(1, exponent: .min).mantissa > 0)
  }

  @Test func `the logarithm is an approximation`() {
    #expect(abs(Magnitude(3, exponent: 5000).approximateLog2 - 5001.584962500721) < 1e-9)
    #expect(Magnitude.zero.approximateLog2 == -.infinity)
    #expect(Magnitude.infinity.approximateLog2 == .infinity)
  }

  @Test func `a negative bound is refused`() async {
    await #expect(processExitsWith: .failure) { _ = Magnitude(-1) }
  }

  @Test func `leading bits enclose a number`() {
    forRandomInput(300) { random in
      let exact = random.nonzeroRational(bits: 300)
      var x = Accumulator(precision: random.int(2...260))
      x.set(exact, rounding: .nearest)
      let (below, low) = unsafe leadingBits(x.pointer, up: false)
      let (above, high) = unsafe leadingBits(x.pointer, up: true)
      let size = Real(x).rational.magnitude
      let lower = Real(below).rational * Rational(2).power(low)
      let upper = Real(above).rational * Rational(2).power(high)
      #expect(lower <= size && size <= upper && below >= 0.5 && above <= 1, random.note)
      #expect(upper - lower <= size / powerOfTwo(52), random.note)
    }
    let zero = Accumulator(precision: 70)
    let nothing = unsafe leadingBits(zero.pointer, up: true)
    #expect(nothing.value == 0)
    let infinity = Magnitude.infinity.real
    let all = unsafe leadingBits(infinity.pointer, up: false)
    #expect(all.value == .infinity)
  }

  @Test func `an exponential is rounded up`() throws {
    try forRandomInput(300) { random in
      let x = Double.random(in: -700...700, using: &random)
      var exact = Accumulator(precision: 300)
      exact.set(x, rounding: .nearest)
      exact.formExponential(rounding: .nearest)
      let value = Real(exact).rational
      let bound = try #require(Magnitude.exponential(x).rational)
      #expect(bound >= value && bound <= value * (1 + powerOfTwo(-51)), random.note)
    }
    #expect(Magnitude.exponential(0).rational.map { $0 >= 1 } == true)
    #expect(Magnitude.exponential(-.infinity).rational == 0)
  }

  @Test func `ratios are rounded up`() throws {
    try forRandomInput(300) { random in
      let a = Magnitude(random.positiveDouble(), exponent: random.int(-5000...5000))
      let b = (Double.random(in: 0.5..<1, using: &random), random.int(-5000...5000))
      let exact = try #require(a.rational) / (b.0.rational * powerOfTwo(b.1))
      let ratio = try #require(a.over(b).rational)
      check(ratio >= exact && ratio <= exact * (1 + powerOfTwo(-47)), random.note)
    }
    check(Magnitude.zero.over((0, 0)).rational == 0)
    check(Magnitude(1).over((0, 0)).rational == nil)
    check(Magnitude(1).over((.infinity, 0)).rational == nil)
    check(Magnitude.infinity.over((1, 0)).rational == nil)
    check(Magnitude.infinity.over((1, 1 << 61)).rational == nil)
  }
}
