// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct RealBallSumsTests {
  @Test(arguments: RealBallTests.precisions)
  func `the exact result of sums and products lies in the ball`(precision: Int) {
    forRandomInput(20, seed: UInt64(precision)) { random in
      var exact = random.nonzeroRational(bits: 40)
      var ball = RealBall(exact, precision: precision)
      for _ in 0..<10 {
        let x = random.nonzeroRational(bits: 40)
        let n = random.int(-1_000_000...1_000_000)
        let other = RealBall(x, precision: precision)
        switch random.int(0...7) {
        case 0:
          ball.add(other)
          exact = exact + x
        case 1:
          ball.add(n, ())
          exact = exact + Rational(n)
        case 2:
          ball.multiply(by: other, ())
          exact = exact * x
        case 3:
          ball.multiply(by: Integer(n).power(3))
          exact = exact * Rational(n).power(3)
        case 4:
          ball.multiply(by: Double(n) / 1024, ())
          exact = exact * Rational(n, 1024)
        case 5:
          ball.scale(byPowerOfTwo: -7)
          exact = exact / 128
        case 6:
          var sum = RealBall(precision: precision)
          sum.set(ball)
          let more = sum.addMidpoint(of: other)
          sum.widen(by: more + ball.absoluteError)
          check(sum.contains(exact + x), random.note)
        default:
          guard exact.signum != 0 else { continue }
          ball.formReciprocal(())
          exact = 1 / exact
        }
        check(ball.contains(exact), random.note)
        let bound = ball.bound.rational
        check(bound.map { $0 >= exact.magnitude } ?? true, random.note)
      }
    }
  }

  @Test func `sums of positive numbers keep their relative error`() {
    var sum = RealBall(precision: 100)
    for n in 1...1000 { sum.add(RealBall(Rational(1, n), precision: 100)) }
    #expect(sum.error < .rounding(precision: 88))
    let exact = (1...1000).reduce(Rational(0)) { $0 + Rational(1, $1) }
    let isInside = sum.contains(exact)
    #expect(isInside)
  }

  @Test func `a difference of nothing is unknown unless it is exact`() {
    var zero = RealBall(3, precision: 50)
    zero.add(-3, ())
    let isZero = zero.error == .exact && zero.contains(0)
    #expect(isZero)
    var third = RealBall(Rational(1, 3), precision: 50)
    third.add(RealBall(Rational(-1, 3), precision: 50))
    #expect(third.error.bound == .infinity)
  }

  @Test
  func aChanceOfWhichNothingIsKnownIsFromZeroToOne() {
    for x in [-3.0, 0, 0x1p-10, 0.75, 2] {
      var chance = RealBall(precision: 64)
      chance.set(x)
      chance.widen(by: .infinity)
      let error = chance.errorOfChance.real.rational
      #expect(error >= Real(max(abs(x), abs(1 - x))).rational, "\(x)")
    }
  }

  /// A geometric series from a term on whose ratio is as much above that of the midpoints as both
  /// errors allow.
  @Test(arguments: [0, 0x1p-50, 0x1p-24 * (1 - 0x1p-20)])
  func whatFollowsATermIsNoLessThanAGeometricSeries(error: Double) throws {
    for (x, last) in [(3, 5), (1, 1000), (1, 3), (19, 20), (980, 991)] {
      var term = RealBall(x, precision: 64)
      var before = RealBall(last, precision: 64)
      term.widen(by: Magnitude(Double(x) * error))
      before.widen(by: Magnitude(Double(last) * error))
      let found = term.rest(after: before.magnitude)
      let rest = try #require(found)
      let e = Real(error).rational
      let (most, least) = (Rational(x) * (1 + e), Rational(last) * (1 - e))
      let exact = most * (most / least) / (1 - most / least)
      #expect(rest.real.rational >= exact, "\(x) after \(last)")
      #expect(rest.double < exact.double * 1.001, "\(x) after \(last)")
    }
  }
}
