// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct RelativeErrorTests {
  /// Asserts that a computed bound is not below the exact one, and at most 2^-44 above it.
  private func expect(
    _ result: RelativeError, atLeast exact: Rational, _ note: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let value = result.rational else {
      // Mantissas overflow from 2^1023 on.
      #expect(exact >= powerOfTwo(1022), note, sourceLocation: sourceLocation)
      return
    }
    #expect(value >= exact, note, sourceLocation: sourceLocation)
    #expect(value <= exact * (1 + powerOfTwo(-44)), note, sourceLocation: sourceLocation)
  }

  /// Any bound: of the range of `Double`, far below it, or zero.
  private func randomBound(_ generator: inout RandomInput) -> RelativeError {
    switch generator.int(0...9) {
    case 0: .exact
    case 1: .rounding(precision: generator.int(2...5000))
    case 2: RelativeError(Magnitude(generator.positiveDouble(), exponent: generator.int(-3000...0)))
    case 3...6: RelativeError(bound: Double.random(in: 0...1, using: &generator))
    default: RelativeError(bound: generator.positiveDouble())
    }
  }

  @Test func `a bound given as a Double is kept exactly, subnormal or huge`() {
    forRandomInput(1000) { random in
      let x = min(random.positiveDouble(), 0x1p1022)
      #expect(RelativeError(bound: x).rational == x.rational, random.note)
      #expect(RelativeError(bound: x).bound >= x, random.note)
    }
    for x in [Double.leastNonzeroMagnitude, .leastNormalMagnitude, 0x1p-256, 0x1p256, 0.5, 1] {
      #expect(RelativeError(bound: x).rational == x.rational)
      #expect(RelativeError(bound: x).bound == max(x, .leastNormalMagnitude))
    }
    #expect(RelativeError(bound: 0) == .exact)
    #expect(RelativeError.exact.bound == 0)
  }

  @Test func `compounding two errors is not below (1 + a)(1 + b) - 1`() {
    forRandomInput(1000) { random in
      let (a, b) = (randomBound(&random), randomBound(&random))
      guard let x = a.rational, let y = b.rational else { return }
      expect(a.compounded(b), atLeast: x + y + x * y, random.note)
      #expect(a.compounded(b) == b.compounded(a), random.note)
    }
  }

  @Test func `compounding three errors is not below the exact result`() {
    forRandomInput(1000) { random in
      let (a, b, c) = (randomBound(&random), randomBound(&random), randomBound(&random))
      guard let x = a.rational, let y = b.rational, let z = c.rational else { return }
      expect(a.compounded(b, c), atLeast: (1 + x) * (1 + y) * (1 + z) - 1, random.note)
    }
  }

  @Test func `the error of a reciprocal is not below e / (1 - e), and unbounded from 1 on`() {
    forRandomInput(1000) { random in
      let e = randomBound(&random)
      guard let x = e.rational else { return }
      if x < 1 {
        expect(e.ofReciprocal, atLeast: x / (1 - x), random.note)
      } else {
        #expect(e.ofReciprocal == .unbounded, random.note)
      }
    }
    #expect(RelativeError.exact.ofReciprocal == .exact)
    #expect(RelativeError(bound: 1).ofReciprocal == .unbounded)
    #expect(RelativeError(bound: 0.875).ofReciprocal.bound >= 7)
  }

  @Test func `scaling is not below the exact product`() {
    forRandomInput(500) { random in
      let (e, factor) = (randomBound(&random), random.positiveDouble())
      guard let x = e.rational else { return }
      let exact = x * factor.rational
      guard exact < powerOfTwo(1000) else { return }
      expect(e.scaled(by: factor), atLeast: exact, random.note)
    }
  }

  @Test func `outward is above what eight operations lose`() {
    forRandomInput(500) { random in
      // 1 + x + ... in a chain of eight additions and multiplications.
      var (value, exact) = (random.positiveDouble(), Rational(0))
      value = min(value, 0x1p200)
      exact = value.rational
      for i in 0..<8 {
        let x = Double.random(in: 0...2, using: &random)
        if i.isMultiple(of: 2) {
          value += x
          exact += x.rational
        } else {
          value *= x
          exact = exact * x.rational
        }
      }
      #expect(RelativeError.outward(value).rational.map { $0 >= exact } ?? true, random.note)
    }
    #expect(RelativeError.outward(0).bound > 0)
  }

  @Test(arguments: [2, 3, 53, 255, 256, 257, 767, 768, 1022, 1023, 4000, 100_000])
  func `a rounding at p bits errs by 2^-p, far beyond the range of Double`(precision: Int) {
    #expect(RelativeError.rounding(precision: precision).rational == powerOfTwo(-precision))
    #expect(
      RelativeError.rounding(precision: precision) > .rounding(precision: precision + 1))
    #expect(RelativeError.rounding(precision: precision) > .exact)
  }

  @Test(arguments: [5, 8, 24, 47, 48, 53, 200, 1023, 5000])
  func `a complex product errs by less than sqrt(5) u of the exact one`(precision: Int) throws {
    let u = powerOfTwo(-precision)
    let bound = try #require(RelativeError.complexProduct(precision: precision).rational)
    // From above and below: e = s/(1 - s), s = sqrt(5) u, so (e/(1 + e))^2 >= 5 u^2.
    let s = bound / (1 + bound)
    #expect(s * s >= 5 * u * u)
    #expect(bound <= Rational(9, 4) * u + 6 * u * u)
  }

  @Test(arguments: [2, 3, 4])
  func `of few bits a complex product errs by less than the bound of its parts`(precision: Int)
    throws
  {
    let u = powerOfTwo(-precision)
    let b = try #require(RelativeError.complexProduct(precision: precision).rational) - u
    // b >= sqrt(2) u (1 + u)/(1 - sqrt(2) u), which is b >= sqrt(2) (u (1 + u) + u b).
    let part = u * (1 + u) + u * b
    #expect(b * b >= 2 * part * part)
  }

  @Test(arguments: [16, 24, 53, 300])
  func `n roundings err by (1 + u)^n - 1`(precision: Int) throws {
    let u = powerOfTwo(-precision)
    for count in [0, 1, 2, 3, 10, 50, 200] {
      let bound = try #require(RelativeError.roundings(count, precision: precision).rational)
      let exact = (1 + u).power(count) - 1
      #expect(bound >= exact && bound <= Rational(count) * u * Rational(1005, 1000))
    }
    #expect(RelativeError.roundings(1 << 10, precision: 16) == .unbounded)
  }

  @Test func `an unbounded error stays unbounded`() {
    let all: [RelativeError] = [
      .exact, .unbounded, .rounding(precision: 53), .rounding(precision: 4000), .init(bound: 1e300),
    ]
    for a in all {
      #expect(RelativeError.unbounded.compounded(a) == .unbounded)
      #expect(a.compounded(.unbounded) == .unbounded)
      for b in all {
        #expect(RelativeError.unbounded.compounded(a, b) == .unbounded)
        #expect(a.compounded(.unbounded, b) == .unbounded)
        #expect(a.compounded(b, .unbounded) == .unbounded)
      }
    }
    #expect(RelativeError.unbounded.scaled(by: 0) == .unbounded)
    #expect(RelativeError.unbounded.ofReciprocal == .unbounded)
    #expect(RelativeError(bound: .nan) == .unbounded)
    #expect(RelativeError.outward(.nan) == .unbounded)
  }

  @Test func `bounds are ordered by their values`() {
    forRandomInput(500) { random in
      let (a, b) = (randomBound(&random), randomBound(&random))
      guard let x = a.rational, let y = b.rational else { return }
      #expect((a < b) == (x < y), random.note)
      #expect((a == b) == (x == y), random.note)
      #expect(a < .unbounded, random.note)
    }
  }

  @Test func `powers of two are rounded up to the least normal number`() {
    #expect(RelativeError.powerOfTwo(-1022) == .leastNormalMagnitude)
    #expect(RelativeError.powerOfTwo(-5000) == .leastNormalMagnitude)
    #expect(RelativeError.powerOfTwo(10) == 1024)
    #expect(RelativeError.powerOfTwo(5000) == .infinity)
  }

  @Test func `a magnified bound is not below the exact one`() {
    forRandomInput(500) { random in
      let bound = randomBound(&random)
      let (a, b) = (Double(random.int(0...1 << 53)), Double.random(in: 0.25..<4, using: &random))
      let shift = random.int(-250...250)
      guard let result = bound.magnified(by: a, over: b, exponent: shift) else {
        #expect(shift <= -200, random.note)
        return
      }
      guard let e = bound.rational, let value = result.rational else {
        // Too large for a Double, as bounds that say nothing may be.
        #expect(bound.bound > 0x1p500, random.note)
        return
      }
      let ratio = Real(a).rational / Real(b).rational
      let scale = Rational(2).power(-shift)
      #expect(value >= e * (1 + ratio * scale), random.note)
      // Above 2^200 the ratio is that at 2^200: hardly more than 1.
      #expect(value <= e * (1 + ratio * scale) * Rational(1001, 1000), random.note)
    }
    #expect(RelativeError.exact.magnified(by: 1, over: 0, exponent: 0) == nil)
    #expect(RelativeError.exact.magnified(by: 1, over: .infinity, exponent: 0) == nil)
  }
}
