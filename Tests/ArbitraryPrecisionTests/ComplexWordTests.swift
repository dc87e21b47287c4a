// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

/// The operations' own errors: the inputs are exact, so that no other error hides them.
@Suite struct ComplexWordTests {
  private let t = ComplexWord.Scratch()

  /// Words in the normal form: random ones, and the ones at the edges of what fits.
  private func exactWord(_ random: inout RandomInput, exponents: ClosedRange<Int>) -> ComplexWord {
    var result = ComplexWord()
    let parts = (0..<2).map { _ in
      switch random.int(0...7) {
      case 0: Int128(-1) << Int128(random.int(0...125))
      case 1: Int128(1) << Int128(random.int(0...124))
      case 2: (Int128(1) << 125) - Int128(random.int(1...3))
      case 3: Int128(0)
      case 4:
        Int128.random(in: -(1 << 125)..<(1 << 125), using: &random) >> Int128(random.int(0...125))
      default: Int128.random(in: -(1 << 125)..<(1 << 125), using: &random)
      }
    }
    let isExact = result.assign(parts[0], parts[1], exponent: random.int(exponents))
    #expect(isExact)
    return result
  }

  /// Whether the parts are as the type's description says.
  private func isNormal(_ z: ComplexWord) -> Bool {
    let limit = Int128(1) << 125
    guard !z.isZero else { return z.exponent == 0 }
    return [z.re, z.im].allSatisfy { $0 >= -limit && $0 < limit }
      && ComplexWord.leadingZeros(z.re, z.im) == 3 && abs(z.exponent) <= 1 << 61
  }

  /// What z errs by as a part of itself and of u, squared, for an exact result.
  private func actualError(_ z: ComplexWord, _ exact: ComplexRational) -> Double {
    let d = z.midpoint - exact
    guard d.norm.signum != 0 else { return 0 }
    let ratio = d.norm / z.midpoint.norm * powerOfTwo(2 * ComplexWord.precision)
    return Real(ratio, precision: 53, rounding: .up).double().squareRoot()
  }

  private enum Operation: String, CaseIterable {
    case product, square, integer, largeInteger, double, quotient, reciprocal, sum, integerSum
    case negative, conjugate
  }

  /// The stated error of each operation is a few times the worst actual one, not thousands of
  /// times.
  @Test(arguments: Operation.allCases)
  private func `results of exact numbers lie within a unit`(_ operation: Operation) {
    var worst = 0.0
    var stated = 0.0
    forRandomInput(2000, seed: UInt64(operation.rawValue.count)) { random in
      var z = exactWord(&random, exponents: -140 ... -110)
      var w = exactWord(&random, exponents: -140 ... -110)
      let (a, b) = (z.midpoint, w.midpoint)
      var units = 1.0
      let exact: ComplexRational
      switch operation {
      case .product:
        z.multiply(by: w, t)
        exact = a * b
      case .square:
        z.square(t)
        exact = a * a
      case .integer:
        let n = Int.random(in: .min...(.max), using: &random) >> random.int(0...63)
        z.multiply(by: n)
        exact = a * ComplexRational(re: Rational(n), im: 0)
      case .largeInteger:
        units = 2.1
        let n = random.integer(bits: 300)
        z.multiply(by: n)
        exact = a * ComplexRational(re: Rational(n), im: 0)
      case .double:
        let x = Double.random(in: -1e9...1e9, using: &random)
        z.multiply(by: x, t)
        exact = a * ComplexRational(re: x.rational, im: 0)
      case .quotient:
        let n = Int.random(in: .min...(.max), using: &random) >> random.int(0...62)
        if n == 0 { return }
        z.divide(by: n)
        exact = a * ComplexRational(re: Rational(1) / Rational(n), im: 0)
      case .reciprocal:
        if z.isZero { return }
        units = 1.25
        z.formReciprocal(t)
        exact = a.reciprocal
      case .sum:
        if random.int(0...2) == 0 {
          // Nearly its negative: the leading bits cancel.
          w = z
          w.multiply(by: -1 + random.element(of: [0, 0x1p-53, 0x1p-40, 0x1p-20, 0x1p-2, 0.4]), t)
          w.bound = 0
        }
        let b = w.midpoint
        z.add(w)
        exact = a + b
      case .integerSum:
        let n = Int.random(in: .min...(.max), using: &random) >> random.int(0...63)
        z.add(n, t)
        exact = a + ComplexRational(re: Rational(n), im: 0)
      case .negative:
        z.negate()
        exact = a * ComplexRational(re: -1, im: 0)
      case .conjugate:
        z.conjugate()
        exact = a.conjugate
      }
      check(isNormal(z), "\(random.note) \(z)")
      check(z.contains(exact), "\(random.note) \(z)")
      check(z.bound <= units * ComplexWord.unit * (1 + 0x1p-40), random.note)
      if exact.norm.signum != 0 { worst = max(worst, actualError(z, exact)) }
      stated = max(stated, z.bound / ComplexWord.unit)
    }
    print("\(operation): at most \(worst) u, stated \(stated) u")
    if operation != .negative && operation != .conjugate { #expect(stated < 4 * worst) }
  }

  private func word(_ z: ComplexRational, errors: Int = 200) -> ComplexWord {
    var ball = ComplexBall(precision: errors)
    ball.set(z.re, z.im)
    var result = ComplexWord()
    result.set(ball)
    return result
  }

  @Test func `the exact result of a chain of operations lies in the disk`() {
    forRandomInput(1000) { random in
      var exact = random.complexRational(bits: 30)
      // Balls of few bits have large errors.
      var z = word(exact, errors: random.element(of: [10, 60, 118, 200]))
      check(z.contains(exact), random.note)
      for _ in 0..<8 {
        let other = random.complexRational(bits: 30)
        var w = word(other, errors: random.element(of: [20, 118, 300]))
        let n = random.int(-1000...1000)
        switch random.int(0...11) {
        case 0:
          z.multiply(by: w, t)
          exact = exact * other
        case 1:
          z.square(t)
          exact = exact * exact
        case 2:
          z.multiply(by: n)
          exact = exact * ComplexRational(re: Rational(n), im: 0)
        case 3:
          let x = Double.random(in: -3...3, using: &random)
          z.multiply(by: x, t)
          exact = exact * ComplexRational(re: x.rational, im: 0)
        case 4:
          if exact.norm.signum == 0 { continue }
          z.formReciprocal(t)
          exact = exact.reciprocal
        case 5:
          z.add(n, t)
          exact = exact + ComplexRational(re: Rational(n), im: 0)
        case 6:
          z.add(w)
          exact = exact + other
        case 7:
          z.negate()
          exact = exact * ComplexRational(re: -1, im: 0)
        case 8:
          let k = random.int(1...5)
          w = ComplexWord()
          z.formPower(k, base: &w, t)
          exact = exact.power(k)
        case 9:
          if n == 0 { continue }
          z.divide(by: n)
          exact = exact * ComplexRational(re: Rational(1, n), im: 0)
        case 10:
          let k = random.int(-300...300)
          z.scale(byPowerOfTwo: k)
          exact = exact * ComplexRational(re: powerOfTwo(k), im: 0)
        default:
          z.conjugate()
          exact = exact.conjugate
        }
        check(z.contains(exact), random.note)
      }
    }
  }

  @Test func `sizes of a quintillion bits are multiplied like small ones`() {
    forRandomInput(300) { random in
      let (z, w) = (exactWord(&random, exponents: -9...9), exactWord(&random, exponents: -9...9))
      let (j, k) = (random.int(-(1 << 59)...(1 << 59)), random.int(-(1 << 59)...(1 << 59)))
      var product = z
      product.multiply(by: w, t)
      var (large, other) = (z, w)
      large.scale(byPowerOfTwo: j)
      other.scale(byPowerOfTwo: k)
      large.multiply(by: other, t)
      large.scale(byPowerOfTwo: -j)
      large.scale(byPowerOfTwo: -k)
      check(large.re == product.re && large.im == product.im, random.note)
      check(large.exponent == product.exponent && large.bound == product.bound, random.note)
      if z.isZero || w.isZero { return }
      // The smaller of two numbers this far apart is a rounding error.
      var sum = z
      sum.scale(byPowerOfTwo: 1 << 60)
      other = w
      other.scale(byPowerOfTwo: -1 << 60)
      sum.add(other)
      check(sum.bound >= ComplexWord.unit, random.note)
      sum.scale(byPowerOfTwo: -(1 << 60))
      check(sum.contains(z.midpoint), random.note)
    }
  }

  @Test func `of what leaves the range of exponents nothing is known`() {
    for direction in [-1, 1] {
      var z = ComplexWord()
      z.set(3)
      z.scale(byPowerOfTwo: direction << 60)
      check(z.error == .exact)
      var square = z
      square.square(t)
      square.square(t)
      check(square.error == .unbounded && square.isZero)
      var power = z
      var base = ComplexWord()
      power.formPower(.max, base: &base, t)
      check(power.error == .unbounded)
      z.scale(byPowerOfTwo: direction << 61)
      check(z.error == .unbounded)
      z.set(3)
      z.scale(byPowerOfTwo: direction < 0 ? .min : .max)
      check(z.error == .unbounded)
      z.set(0)
      z.scale(byPowerOfTwo: direction < 0 ? .min : .max)
      check(z.error == .exact && z.isZero)
    }
  }

  @Test func `zero and what is not known are not confused`() {
    var z = ComplexWord()
    z.set(5)
    z.add(-5, t)
    check(z.error == .exact && z.midpoint.norm == 0 && z.size.rational == 0)
    var w = word(ComplexRational(re: Rational(1, 3), im: 0))
    var negative = w
    negative.negate()
    w.add(negative)
    check(w.error == .unbounded && w.midpoint.norm == 0)
    // Nothing makes it known again, not even a factor or a base of zero.
    for change: (inout ComplexWord) -> Void in [
      { $0.multiply(by: z, self.t) }, { $0.multiply(by: 0) }, { $0.multiply(by: 0.0, self.t) },
      { $0.add(1, self.t) }, { $0.square(self.t) }, { $0.negate() }, { $0.divide(by: 2) },
      { $0.formReciprocal(self.t) }, { $0.formExponential(self.t) }, { $0.add(z) },
      { $0.scale(byPowerOfTwo: 5) }, { $0.conjugate() }, { $0.widen(by: Magnitude(1)) },
      { $0.multiply(by: Integer(2).power(80)) },
    ] {
      var unknown = w
      change(&unknown)
      check(unknown.error == .unbounded)
      var factor = ComplexWord()
      factor.set(2)
      factor.multiply(by: unknown, t)
      check(factor.error == .unbounded)
      factor.set(2)
      factor.add(unknown)
      check(factor.error == .unbounded)
      factor.set(0)
      check(factor.addMidpoint(of: unknown).rational == nil)
    }
    z.formReciprocal(t)
    check(z.error == .unbounded)
    z.set(1)
    z.divide(by: 0)
    check(z.error == .unbounded)
    for x in [Double.nan, .infinity, -.infinity] {
      z.set(x)
      check(z.error == .unbounded)
      z.set(1)
      z.multiply(by: x, t)
      check(z.error == .unbounded)
    }
  }

  @Test func `exponents below 1 are refused`() async {
    await #expect(processExitsWith: .failure) {
      var z = ComplexWord()
      var base = ComplexWord()
      z.formPower(0, base: &base, .init())
    }
  }
}
