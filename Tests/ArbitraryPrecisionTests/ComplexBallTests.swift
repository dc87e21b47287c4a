// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct ComplexBallTests {
  static let precisions = [2, 3, 4, 5, 6, 9, 24, 53, 200, 1500]

  private func ball(_ z: ComplexRational, _ precision: Int) -> ComplexBall {
    var result = ComplexBall(precision: precision)
    result.set(z.re, z.im)
    return result
  }

  /// A ball whose error is up to a few hundred times its precision's.
  private func coarseBall(
    _ z: ComplexRational, _ precision: Int, _ random: inout RandomInput
  ) -> ComplexBall {
    let coarse = ball(z, max(precision - random.int(0...8), 2))
    var result = ComplexBall(precision: precision)
    result.set(coarse)
    return result
  }

  @Test(arguments: precisions)
  func `the exact result of a chain of operations lies in the ball`(precision: Int) {
    let scratch = ComplexBall.Scratch(precision: precision)
    forRandomInput(15, seed: UInt64(precision)) { random in
      var exact = random.complexRational(bits: 30)
      var z = coarseBall(exact, precision, &random)
      for _ in 0..<6 {
        let w = random.complexRational(bits: 30)
        let n = random.int(-1000...1000)
        switch random.int(0...8) {
        case 0:
          z.multiply(by: coarseBall(w, precision, &random), scratch)
          exact = exact * w
        case 1:
          z.square(scratch)
          exact = exact * exact
        case 2:
          z.multiply(by: n)
          exact = exact * ComplexRational(re: Rational(n), im: 0)
        case 3:
          let x = Double.random(in: -3...3, using: &random)
          z.multiply(by: x, scratch)
          exact = exact * ComplexRational(re: x.rational, im: 0)
        case 4:
          if exact.norm.signum == 0 { continue }
          z.formReciprocal(scratch)
          exact = exact.reciprocal
        case 5:
          z.add(n, ComplexBall.Scratch(precision: z.precision))
          exact = exact + ComplexRational(re: Rational(n), im: 0)
        case 6:
          z.add(coarseBall(w, precision, &random))
          exact = exact + w
        case 7:
          z.negate()
          exact = exact * ComplexRational(re: -1, im: 0)
        default:
          z.conjugate()
          exact = exact.conjugate
        }
        check(z.contains(exact), random.note)
      }
    }
  }

  @Test(arguments: precisions)
  func `quotients by integers and widened balls hold what they should`(precision: Int) {
    forRandomInput(30, seed: UInt64(precision)) { random in
      let exact = random.complexRational(bits: 30)
      let n = random.int(1...1000)
      var z = coarseBall(exact, precision, &random)
      z.divide(by: n)
      let quotient = exact * ComplexRational(re: Rational(1, n), im: 0)
      check(z.contains(quotient), random.note)
      let shift = powerOfTwo(-random.int(0...precision))
      z.widen(
        by: Magnitude(1, exponent: 1 - random.int(0...2))
          * Magnitude(Real(shift, precision: 64, rounding: .up)))
      check(z.contains(quotient), random.note)
      z.widen(by: Magnitude(Real(shift, precision: 64, rounding: .up)))
      check(z.contains(quotient + ComplexRational(re: shift, im: 0)), random.note)
      check(z.contains(quotient + ComplexRational(re: 0, im: shift * Rational(-1, 1))), random.note)
    }
  }

  @Test func `a widened zero may be anything`() {
    var z = ball(ComplexRational(re: 0, im: 0), 40)
    z.widen(by: .zero)
    check(z.error.bound == 0, "exact")
    z.widen(by: Magnitude(1))
    check(z.error.bound == .infinity, "unbounded")
  }

  @Test(arguments: precisions)
  func `sums that cancel stay in their balls`(precision: Int) {
    forRandomInput(30, seed: UInt64(precision)) { random in
      let z = random.complexRational(bits: 30)
      // w = -z up to a relative difference of 2^-k
      let k = random.int(1...(precision + 8))
      let w = z * ComplexRational(re: -1, im: powerOfTwo(-k))
      var sum = coarseBall(z, precision, &random)
      sum.add(coarseBall(w, precision, &random))
      check(sum.contains(z + w), random.note)
      let n = random.int(1...1000)
      let near = ComplexRational(re: Rational(n) + powerOfTwo(-k), im: powerOfTwo(-k))
      var difference = coarseBall(near, precision, &random)
      difference.add(-n, ComplexBall.Scratch(precision: difference.precision))
      check(
        difference.contains(near - ComplexRational(re: Rational(n), im: 0)), random.note)
    }
  }

  @Test(arguments: precisions)
  func `squares whose real part cancels stay in their balls`(precision: Int) {
    let scratch = ComplexBall.Scratch(precision: precision)
    forRandomInput(40, seed: UInt64(precision)) { random in
      let x = random.nonzeroRational(bits: 30)
      let y = x * (1 + powerOfTwo(-random.int(0...precision)))
      let exact = ComplexRational(re: x, im: y)
      var z = ball(exact, precision)
      let (start, error) = (z.midpoint, z.error)
      z.square(scratch)
      check(z.contains(exact * exact), random.note)
      check(z.contains(start * start), random.note)
      // The error of the operation alone is 3u + 3u^2 + u^3.
      if precision > 20 {
        check(
          z.error < error.compounded(error, RelativeError.rounding(precision: precision - 2)),
          random.note)
      }
    }
  }

  /// The operations' own errors: the inputs are exact, so that no other error hides them.
  @Test(arguments: [2, 3, 4, 5, 6, 7])
  func `products, squares and reciprocals of exact numbers hold at the lowest precisions`(
    precision: Int
  ) {
    let scratch = ComplexBall.Scratch(precision: precision)
    let top = 1 << precision
    forRandomInput(400, seed: UInt64(precision)) { random in
      let parts = (0..<4).map { _ in
        Rational(random.int((top / 2)...(top - 1))) * powerOfTwo(random.int(-3...3))
          * (Bool.random(using: &random) ? -1 : 1)
      }
      let (z, w) = (
        ComplexRational(re: parts[0], im: parts[1]), ComplexRational(re: parts[2], im: parts[3])
      )
      var product = ball(z, precision)
      check(product.error == .exact, random.note)
      product.multiply(by: ball(w, precision), scratch)
      check(product.contains(z * w), random.note)
      var square = ball(z, precision)
      square.square(scratch)
      check(square.contains(z * z), random.note)
      var reciprocal = ball(z, precision)
      reciprocal.formReciprocal(scratch)
      check(reciprocal.contains(z.reciprocal), random.note)
    }
  }

  @Test(arguments: precisions)
  func `a power lies in its ball`(precision: Int) {
    let scratch = ComplexBall.Scratch(precision: precision)
    forRandomInput(10, seed: UInt64(precision)) { random in
      let exact = random.complexRational(bits: 20)
      let exponent = random.int(1...20)
      var z = ball(exact, precision)
      var base = ComplexBall(precision: precision)
      z.formPower(exponent, base: &base, scratch)
      check(z.contains(exact.power(exponent)), random.note)
      if precision > 20 {
        check(z.error < .rounding(precision: precision - 8), random.note)
      }
    }
  }

  @Test func `a thousand bits and more are not lost to the range of Double`() {
    let scratch = ComplexBall.Scratch(precision: 4000)
    var z = ball(ComplexRational(re: Rational(1, 3), im: Rational(2, 7)), 4000)
    z.square(scratch)
    z.add(-1, ComplexBall.Scratch(precision: z.precision))
    z.formReciprocal(scratch)
    z.formExponential(scratch)
    check(z.error < .rounding(precision: 3980))
    var root = ComplexBall(precision: 4000)
    root.setRootOfUnity(1, of: 7)
    check(root.error < .rounding(precision: 3990))
  }

  @Test(arguments: [2, 3, 4, 5, 8, 9, 24, 53, 100, 140])
  func `roots of unity hold their golden values`(precision: Int) throws {
    for (k, n, cosine, sine) in GoldenValues.rootsOfUnity {
      var root = ComplexBall(precision: precision)
      root.setRootOfUnity(k, of: n)
      // The golden values err by less than 2 10^-60 together: 2^-40 of 2^-(140 + 10) at least.
      let golden = ComplexRational(
        re: try Rational(parsing: cosine), im: try Rational(parsing: sine))
      check(root.contains(golden, slack: powerOfTwo(-40)), "\(k)/\(n)")
      check(root.error < .rounding(precision: precision - 5))
    }
  }

  @Test func `the first root of unity is exactly 1`() {
    var root = ComplexBall(precision: 10)
    root.setRootOfUnity(0, of: 5)
    check(root.error == .exact && root.midpoint == ComplexRational(re: 1, im: 0))
  }

  /// e^z by its Taylor series in fractions, for |z|^2 <= 16 with an error below 2^-300.
  private func exponential(_ z: ComplexRational) -> ComplexRational {
    var (sum, term) = (ComplexRational(re: 1, im: 0), ComplexRational(re: 1, im: 0))
    // The remainder is at most twice the first term left out: 4^121/121! < 2^-420.
    for k in 1...120 {
      term = term * z * ComplexRational(re: Rational(1, k), im: 0)
      sum = sum + term
    }
    return sum
  }

  @Test(arguments: [2, 4, 9, 24, 53, 100])
  func `an exponential holds its Taylor series`(precision: Int) {
    let scratch = ComplexBall.Scratch(precision: precision)
    forRandomInput(6, seed: UInt64(precision)) { random in
      let scale = 1 << random.int(4...16)
      let z = ComplexRational(
        re: Rational(random.int((-2 * scale)...(2 * scale)), scale),
        im: Rational(random.int((-2 * scale)...(2 * scale)), scale))
      var result = coarseBall(z, precision, &random)
      result.formExponential(scratch)
      check(result.contains(exponential(z), slack: powerOfTwo(-40)), random.note)
      if precision > 20 {
        check(result.error < .rounding(precision: precision - 14), random.note)
      }
    }
  }

  /// Ties, which rounding moves as far as the ball reaches, so that no input error is too small.
  @Test(arguments: [2, 3, 4, 6, 10])
  func `results at the edge of their balls are held`(precision: Int) {
    let scratch = ComplexBall.Scratch(precision: 60)
    var isOnTheEdge = false
    for k in stride(from: 1, to: 1 << precision, by: 2) {
      let z = ComplexRational(re: 1 + Rational(k) * powerOfTwo(-precision), im: 0)
      let coarse = ball(z, precision)
      isOnTheEdge = isOnTheEdge || !coarse.contains(z, slack: powerOfTwo(-40))
      func expect(
        _ result: ComplexRational, slack: Rational = 0, _ body: (inout ComplexBall) -> Void
      ) {
        var fine = ComplexBall(precision: 60)
        fine.set(coarse)
        body(&fine)
        check(fine.contains(result, slack: slack), "k = \(k)")
      }
      expect(z * z) { $0.square(scratch) }
      expect(z.reciprocal) { $0.formReciprocal(scratch) }
      expect(z * z) { $0.multiply(by: coarse, scratch) }
      expect(z + z) { $0.add(coarse) }
      expect(z - ComplexRational(re: 1, im: 0)) {
        $0.add(-1, ComplexBall.Scratch(precision: $0.precision))
      }
      expect(exponential(z), slack: powerOfTwo(-40)) { $0.formExponential(scratch) }
    }
    check(isOnTheEdge)
  }

  @Test func `an exponential of a number known to no digit is unbounded`() {
    let scratch = ComplexBall.Scratch(precision: 10)
    var z = ball(ComplexRational(re: Rational(10_000, 3), im: 0), 10)
    z.formExponential(scratch)
    check(z.error == .unbounded)
    // e^(-2^70) is below any number of MPFR's.
    var tiny = ball(ComplexRational(re: -powerOfTwo(70), im: 0), 10)
    tiny.formExponential(scratch)
    check(tiny.error == .unbounded)
    var huge = ball(ComplexRational(re: powerOfTwo(70), im: 0), 10)
    huge.formExponential(scratch)
    check(huge.size.rational == nil)
  }

  @Test func `a sum that is exactly zero is known, an uncertain one is not`() {
    var z = ComplexBall(precision: 20)
    z.set(5)
    z.add(-5, ComplexBall.Scratch(precision: z.precision))
    check(z.error == .exact && z.midpoint.norm == 0)
    var w = ball(ComplexRational(re: Rational(1, 3), im: 0), 20)
    w.multiply(by: 3)
    w.add(-1, ComplexBall.Scratch(precision: w.precision))
    check(w.contains(ComplexRational(re: 0, im: 0)))
    var exact = ComplexBall(precision: 20)
    exact.set(3)
    exact.multiply(by: z, .init(precision: 20))
    check(exact.midpoint.norm == 0 && exact.size.rational == 0)
  }

  @Test func `an unbounded error survives exact operations`() {
    let scratch = ComplexBall.Scratch(precision: 10)
    var z = ball(ComplexRational(re: Rational(1, 3), im: 0), 10)
    z.add(ball(ComplexRational(re: Rational(-1, 3), im: 0), 10))
    var one = ComplexBall(precision: 10)
    one.set(1)
    z.multiply(by: one, scratch)
    check(z.error == .unbounded)
    z.add(1, ComplexBall.Scratch(precision: z.precision))
    check(z.error == .unbounded)
    z.square(scratch)
    z.multiply(by: 0)
    z.add(one)
    check(z.error == .unbounded)
  }

  @Test func `real numbers are exact if they fit`() {
    var z = ComplexBall(precision: 3)
    z.set(7)
    check(z.error == .exact && z.midpoint == ComplexRational(re: 7, im: 0))
    z.set(9)
    check(z.error == .rounding(precision: 3))
    check(z.contains(ComplexRational(re: 9, im: 0)))
    z.set(0.1)
    check(z.contains(ComplexRational(re: (0.1).rational, im: 0)))
    z.set(Integer(10).power(40))
    check(z.contains(ComplexRational(re: Rational(10).power(40), im: 0)))
    z.set(0.75)
    check(z.error == .exact && z.realPart == Real(0.75) && z.imaginaryPart == Real(0))
  }

  @Test func `exponents below 1 and roots outside the circle are refused`() async {
    await #expect(processExitsWith: .failure) {
      var z = ComplexBall(precision: 10)
      var base = ComplexBall(precision: 10)
      z.formPower(0, base: &base, .init(precision: 10))
    }
    await #expect(processExitsWith: .failure) {
      var z = ComplexBall(precision: 10)
      z.setRootOfUnity(2, of: 2)
    }
    await #expect(processExitsWith: .failure) {
      var z = ComplexBall(precision: 10)
      z.setRootOfUnity(-1, of: 2)
    }
  }
}
