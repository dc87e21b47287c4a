// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct ComplexWordExponentialTests {
  private let t = ComplexWord.Scratch()
  /// So precise that its own error is a trillionth of what is tested.
  private static let precise = 400

  /// |z - ball| / |z| in units of u; the ball's error, below 2^-280, is left out.
  private func distance(_ z: ComplexWord, _ ball: borrowing ComplexBall) -> Double {
    let ratio = (z.midpoint - ball.midpoint).norm / z.midpoint.norm
    return Real(ratio * powerOfTwo(2 * ComplexWord.precision), precision: 53, rounding: .up)
      .double()
      .squareRoot()
  }

  /// Points of every size: units of e^z are lost only to where the point lies.
  @Test func `an exponential holds the true one`() {
    let scratch = ComplexBall.Scratch(precision: Self.precise)
    var worst = 0.0
    forRandomInput(4000) { random in
      let z = random.complexRational(bits: 130)
      let (j, k) = (random.int(-200...10), random.int(-200...10))
      let fine = random.element(of: [-100, -20, -3, 0, 3, 10, 12])
      var ball = ComplexBall(precision: 125)
      ball.set(z.re * powerOfTwo(random.int(0...1) == 0 ? fine : j), z.im * powerOfTwo(k))
      if max(ball.size.exponent, 0) > 57 { return }
      var point = ComplexWord()
      point.set(ball)
      point.bound = 0
      var exact = ComplexBall(precision: Self.precise)
      exact.set(point.realPart.rational, point.imaginaryPart.rational)
      exact.formExponential(scratch)
      point.formExponential(t)
      // Of numbers beyond 2^(10^5) fractions are too long.
      guard exact.size.exponent.magnitude < 100_000 else { return }
      check(point.contains(exact.midpoint, slack: powerOfTwo(-40)), random.note)
      check(point.bound <= 1.5 * ComplexWord.unit * (1 + 0x1p-40), random.note)
      worst = max(worst, distance(point, exact))
    }
    print("exponential: at most \(worst) u, stated 1.5 u")
    #expect(worst > 0.15)
  }

  /// e^z of z = 2^k up to 2^57: the reduction is as exact as that of small numbers.
  @Test func `exponentials of huge numbers hold the true ones`() {
    let scratch = ComplexBall.Scratch(precision: Self.precise)
    forRandomInput(1000) { random in
      var point = ComplexWord()
      _ = point.assign(
        Int128.random(in: -(1 << 125)..<(1 << 125), using: &random) >> Int128(random.int(0...80)),
        Int128.random(in: -(1 << 125)..<(1 << 125), using: &random) >> Int128(random.int(0...80)),
        exponent: -125 + random.int(0...57))
      if random.int(0...3) == 0 {
        // Near a multiple of both periods' halves, where the nearest multiple is least clear.
        _ = point.assign(
          (point.re >> 60) << 60, (point.im >> 50) << 50, exponent: point.exponent)
      }
      var exact = ComplexBall(precision: Self.precise)
      exact.set(point.realPart.rational, point.imaginaryPart.rational)
      exact.formExponential(scratch)
      point.formExponential(t)
      // Both are scaled to a size near 1.
      let exponent = exact.size.exponent
      exact.scale(byPowerOfTwo: -exponent)
      point.scale(byPowerOfTwo: -exponent)
      check(point.contains(exact.midpoint, slack: powerOfTwo(-40)), random.note)
      check(point.bound <= 1.5 * ComplexWord.unit * (1 + 0x1p-40), random.note)
    }
  }

  @Test func `the error of an exponential is not below that of numbers at the edge`() {
    forRandomInput(500) { random in
      var z = ComplexWord()
      z.set(random.int(1...(1 << 20)))
      z.scale(byPowerOfTwo: -random.int(0...30))
      z.bound = Double.random(in: 0...1, using: &random) * 0x1p-25
      let d = z.midpoint.re * z.bound.rational
      z.formExponential(t)
      // e^d - 1 > d + d^2/2
      check(z.error.rational.map { $0 >= d + d * d / 2 } ?? true, random.note)
    }
  }

  @Test func `an error of the exponent is taken in`() {
    let scratch = ComplexBall.Scratch(precision: Self.precise)
    forRandomInput(500) { random in
      let z = random.complexRational(bits: 40)
      if z.norm > 10_000 { return }
      // An error that the midpoint has to the full: a ball of few bits.
      var coarse = ComplexBall(precision: random.int(5...60))
      coarse.set(z.re, z.im)
      var point = ComplexWord()
      point.set(coarse)
      point.formExponential(t)
      var exact = ComplexBall(precision: Self.precise)
      exact.set(z.re, z.im)
      exact.formExponential(scratch)
      check(point.contains(exact.midpoint, slack: powerOfTwo(-40)), random.note)
    }
  }

  @Test func `an exponential of a number known to no digit is unbounded`() {
    var z = ComplexWord()
    z.set(Double(1 << 58))
    z.formExponential(t)
    check(z.error == .unbounded)
    z.set(100)
    z.bound = 0.02
    z.formExponential(t)
    check(z.error == .unbounded)
    z.set(0)
    z.formExponential(t)
    check(z.contains(ComplexRational(re: 1, im: 0)) && z.error > .exact)
  }

  @Test func `roots of unity hold the true ones`() {
    var worst = 0.0
    forRandomInput(4000) { random in
      let n = random.int(1...(1 << 62 - 1)) >> random.int(0...61)
      let denominator = max(n, 1)
      // Angles next to multiples of an eighth of a turn are the edges of the reduction.
      let k =
        random.int(0...3) == 0
        ? max(denominator / 8 * random.int(0...7) + random.int(-1...1), 0)
        : random.int(0...(denominator - 1))
      var root = ComplexWord()
      root.setRootOfUnity(min(k, denominator - 1), of: denominator)
      var exact = ComplexBall(precision: Self.precise)
      exact.setRootOfUnity(min(k, denominator - 1), of: denominator)
      let isQuarter = root.error == .exact
      check(
        isQuarter
          ? distance(root, exact) < 0x1p-100
          : root.contains(exact.midpoint, slack: powerOfTwo(-40)),
        "\(random.note) \(k)/\(denominator)")
      check(root.bound <= ComplexWord.unit * (1 + 0x1p-40), random.note)
      worst = max(worst, distance(root, exact))
    }
    print("root of unity: at most \(worst) u, stated 1 u")
    #expect(worst > 0.15)
  }

  @Test(arguments: [4, 8, 1 << 61, 4 * 1_000_003])
  func `quarter turns are exact`(n: Int) {
    let values = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    for (j, (re, im)) in values.enumerated() {
      var root = ComplexWord()
      root.setRootOfUnity(n / 4 * j, of: n)
      check(root.error == .exact)
      check(root.midpoint == ComplexRational(re: Rational(re), im: Rational(im)))
    }
    var one = ComplexWord()
    one.setRootOfUnity(0, of: 1)
    check(one.error == .exact && one.midpoint == ComplexRational(re: 1, im: 0))
  }

  @Test func `roots of unity hold their golden values`() throws {
    for (k, n, cosine, sine) in GoldenValues.rootsOfUnity {
      var root = ComplexWord()
      root.setRootOfUnity(k, of: n)
      let golden = ComplexRational(
        re: try Rational(parsing: cosine), im: try Rational(parsing: sine))
      // A quarter turn is exact, which the digits of its golden value are not.
      let error = root.error == .exact ? powerOfTwo(-190) : 0
      check(
        root.contains(golden, slack: powerOfTwo(-40))
          || (root.midpoint - golden).norm < error * error,
        "\(k)/\(n)")
    }
  }

  @Test func `roots outside the circle are refused`() async {
    await #expect(processExitsWith: .failure) {
      var z = ComplexWord()
      z.setRootOfUnity(2, of: 2)
    }
    await #expect(processExitsWith: .failure) {
      var z = ComplexWord()
      z.setRootOfUnity(-1, of: 2)
    }
  }
}
