// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct RealBallTests {
  static let precisions = [2, 3, 5, 9, 24, 53, 128, 1500]

  @Test(arguments: precisions)
  func `the exact result of a chain of operations lies in the ball`(precision: Int) {
    forRandomInput(15, seed: UInt64(precision)) { random in
      var exact = random.nonzeroRational(bits: 40)
      var ball = RealBall(exact, precision: precision)
      for _ in 0..<8 {
        let x = random.nonzeroRational(bits: 40)
        let n = random.int(1...1_000_000)
        switch random.int(0...5) {
        case 0:
          ball.multiply(by: RealBall(x, precision: precision))
          exact = exact * x
        case 1:
          ball.divide(by: RealBall(x, precision: precision))
          exact = exact / x
        case 2:
          ball.multiply(by: -n)
          exact = exact * Rational(-n)
        case 3:
          ball.divide(by: n)
          exact = exact / Rational(n)
        case 4:
          ball.square()
          exact = exact * exact
        default:
          var copy = RealBall(precision: precision + 3)
          copy.set(ball)
          ball.set(copy)
        }
        check(ball.contains(exact), random.note)
      }
      // At most 5 divisions, doubled by at most 8 squarings: the bound is not vacuous.
      if precision > 20 {
        check(ball.error < .rounding(precision: precision - 12), random.note)
      }
      let bound = ball.magnitude.rational
      check(bound.map { $0 >= exact.magnitude } ?? true, random.note)
      check(ball.enclosure().contains(exact), random.note)
    }
  }

  @Test(arguments: precisions.dropFirst())
  func `a number beside the middle of two others lies in its ball`(precision: Int) {
    // It is rounded to 1, by all that a rounding loses.
    let x = 1 + powerOfTwo(-precision) * (1 - powerOfTwo(-60))
    let thin = Enclosure(
      lower: Real(x, precision: precision + 100, rounding: .down),
      upper: Real(x + powerOfTwo(-precision - 90), precision: precision + 100, rounding: .up))
    let ball = RealBall(thin, precision: precision)
    check(ball.contains(thin.lower.rational) && ball.contains(thin.upper.rational))
    check(ball.error < .rounding(precision: precision - 2))
  }

  @Test(arguments: precisions)
  func `a power lies in its ball`(precision: Int) {
    forRandomInput(10, seed: UInt64(precision)) { random in
      let x = random.nonzeroRational(bits: 30)
      let exponent = random.int(0...40)
      var ball = RealBall(x, precision: precision)
      ball.formPower(exponent)
      check(ball.contains(x.power(exponent)), random.note)
      if precision > 20 {
        check(ball.error < .rounding(precision: precision - 8), random.note)
      }
    }
  }

  @Test func `a power of two billion does not underflow`() throws {
    var ball = RealBall(Rational(1, 2), precision: 30)
    ball.formPower(1 << 31)
    check(ball.error == .exact)
    check(ball.magnitude.exponent == 1 - 1 << 31)
    check(ball.value.signum == 1)
  }

  @Test func `integers and Doubles are exact if they fit`() {
    var ball = RealBall(3, precision: 2)
    check(ball.error == .exact && ball.midpoint == 3)
    ball.set(7)
    check(ball.error >= .rounding(precision: 2) && ball.contains(7))
    ball.set(0.1)
    check(ball.contains((0.1).rational))
    ball.set(Rational(5, 7))
    check(ball.contains(Rational(5, 7)))
    check(RealBall(Integer(10).power(30), precision: 20).contains(Rational(10).power(30)))
    check(RealBall(precision: 5).contains(0))
  }

  @Test func `an enclosure's points lie in its ball`() {
    forRandomInput(300) { random in
      let a = random.nonzeroRational(bits: 60)
      let width = a.magnitude * powerOfTwo(-random.int(0...1200))
      let low = Real(a, precision: 1300, rounding: .down)
      let high = Real(a + width, precision: 1300, rounding: .up)
      let p = random.element(of: Self.precisions)
      let e = Enclosure(lower: low, upper: high)
      let ball = RealBall(e, precision: p)
      check(ball.contains(low.rational) && ball.contains(high.rational), random.note)
      if let bits = e.accurateBits, bits > 0 {
        check(
          ball.error < RelativeError.rounding(precision: min(bits, p) - 2), random.note)
      }
    }
    let exact = RealBall(Enclosure(3), precision: 2)
    check(exact.error == .exact && exact.midpoint == 3)
    check(RealBall(Enclosure(7), precision: 2).contains(7))
    check(RealBall(Enclosure(0), precision: 2).error == .exact)
  }

  @Test func `an enclosure that reaches zero or infinity bounds nothing`() {
    let infinity = Magnitude.infinity.real
    for e in [
      Enclosure(lower: Real(-1), upper: Real(1)), Enclosure(lower: Real(0), upper: Real(1)),
      Enclosure(lower: Real(1), upper: infinity),
    ] {
      let ball = RealBall(e, precision: 20)
      check(ball.error == .unbounded)
      check(ball.magnitude.rational == nil)
      let back = ball.enclosure()
      check(back.contains(powerOfTwo(1000)) && back.contains(-powerOfTwo(1000)))
    }
  }

  @Test func `an absolute error becomes a relative one that is not smaller`() throws {
    try forRandomInput(300) { random in
      let x = random.nonzeroRational(bits: 60)
      var value = Accumulator(precision: 60)
      value.set(x, rounding: .nearest)
      let radius = Magnitude(
        Double.random(in: 0...1, using: &random), exponent: random.int(-3000...100))
      let ball = RealBall(value, absoluteError: radius)
      let r = try #require(radius.rational)
      let m = ball.midpoint
      check(ball.contains(m + r) && ball.contains(m - r), random.note)
      let back = try #require(ball.absoluteError.rational)
      check(back >= r && back <= r * (1 + powerOfTwo(-44)), random.note)
    }
    check(RealBall(Accumulator(5, precision: 9), absoluteError: .zero).error == .exact)
    let unknown = RealBall(Accumulator(0, precision: 9), absoluteError: Magnitude(1))
    check(unknown.error == .unbounded)
    check(unknown.magnitude.rational == nil)
    check(unknown.enclosure().contains(1))
    let infinite = RealBall(Accumulator(5, precision: 9), absoluteError: .infinity)
    check(infinite.error == .unbounded)
  }

  @Test func `an unbounded error survives exact factors`() {
    let unknown = { RealBall(Enclosure(lower: Real(-1), upper: Real(1)), precision: 20) }
    var ball = RealBall(3, precision: 20)
    ball.multiply(by: unknown())
    check(ball.enclosure().contains(-3))
    var other = unknown()
    other.multiply(by: RealBall(3, precision: 20))
    check(other.enclosure().contains(3))
  }

  @Test func `a negative exponent is refused`() async {
    await #expect(processExitsWith: .failure) {
      var ball = RealBall(2, precision: 20)
      ball.formPower(-1)
    }
  }
}
