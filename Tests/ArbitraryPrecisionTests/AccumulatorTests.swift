// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct AccumulatorTests {
  private static let directions: [Rounding] = [.nearest, .down, .up, .towardZero]

  private static func rational(_ x: borrowing Accumulator) -> Rational {
    var copy = Accumulator(precision: x.precision)
    copy.set(x, rounding: .nearest)
    return Real(copy).rational
  }

  /// Asserts that `result` is `exact` rounded: the outcome and side are right and no number of that
  /// precision lies between, as it is what a fraction rounds to.
  private func expect(
    _ result: borrowing Accumulator, _ outcome: RoundingOutcome, is exact: Rational,
    _ rounding: Rounding, _ note: Comment, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let value = Self.rational(result)
    let error = value - exact
    let side: RoundingOutcome = error.signum == 0 ? .exact : error.signum < 0 ? .below : .above
    check(outcome == side, note, sourceLocation: sourceLocation)
    let direction: Bool =
      switch rounding {
      case .down: error.signum <= 0
      case .up: error.signum >= 0
      case .towardZero: value.magnitude <= exact.magnitude
      case .nearest: true
      }
    check(direction, note, sourceLocation: sourceLocation)
    // Within one unit in the last place, half of one to nearest.
    if exact.signum == 0 { return }
    let p = result.precision
    let ulps = error.magnitude / exact.magnitude * powerOfTwo(p)
    check(ulps <= (rounding == .nearest ? 1 : 2), note, sourceLocation: sourceLocation)
  }

  private static func accumulator(_ x: Rational, precision: Int) -> Accumulator {
    var result = Accumulator(precision: precision)
    result.set(x, rounding: .nearest)
    return result
  }

  @Test func `sums, differences, products and quotients are rounded as named`() {
    forRandomInput(200) { random in
      let p = random.int(2...150)
      let rounding = random.element(of: Self.directions)
      let b = Self.accumulator(random.nonzeroRational(bits: 200), precision: random.int(2...150))
      let y = Self.rational(b)
      for operation in 0..<5 {
        var a = Self.accumulator(random.rational(bits: 200), precision: p)
        let x = Self.rational(a)
        let (outcome, exact) =
          switch operation {
          case 0: (a.add(b, rounding: rounding), x + y)
          case 1: (a.subtract(b, rounding: rounding), x - y)
          case 2: (a.multiply(by: b, rounding: rounding), x * y)
          case 3: (a.divide(by: b, rounding: rounding), x / y)
          default: (a.square(rounding: rounding), x * x)
          }
        expect(a, outcome, is: exact, rounding, random.note)
      }
    }
  }

  @Test func `operations with machine integers are rounded as named`() {
    forRandomInput(200) { random in
      let p = random.int(2...150)
      let rounding = random.element(of: Self.directions)
      let n = random.element(of: [1, -1, 3, .max, .min, random.int(1...(.max))])
      for operation in 0..<4 {
        var a = Self.accumulator(random.rational(bits: 200), precision: p)
        let x = Self.rational(a)
        let (outcome, exact) =
          switch operation {
          case 0: (a.add(n, rounding: rounding), x + Rational(n))
          case 1: (a.multiply(by: n, rounding: rounding), x * Rational(n))
          case 2: (a.divide(by: n, rounding: rounding), x / Rational(n))
          default: (a.set(n, rounding: rounding), Rational(n))
          }
        expect(a, outcome, is: exact, rounding, random.note)
      }
    }
  }

  @Test func `assignments are rounded as named`() {
    forRandomInput(200) { random in
      let p = random.int(2...100)
      let rounding = random.element(of: Self.directions)
      let x = random.rational(bits: 200)
      let n = random.integer(bits: 200)
      let d = random.positiveDouble()
      let real = Real(x, precision: 150, rounding: .nearest)
      let other = Self.accumulator(x, precision: 150)
      var a = Accumulator(precision: p)
      expect(a, a.set(x, rounding: rounding), is: x, rounding, random.note)
      expect(a, a.set(n, rounding: rounding), is: Rational(n), rounding, random.note)
      expect(a, a.set(d, rounding: rounding), is: d.rational, rounding, random.note)
      expect(a, a.set(real, rounding: rounding), is: real.rational, rounding, random.note)
      expect(a, a.set(other, rounding: rounding), is: real.rational, rounding, random.note)
    }
  }

  @Test func `scaling and negation are exact, comparison follows the values`() {
    forRandomInput(200) { random in
      var a = Self.accumulator(random.rational(bits: 90), precision: 40)
      let b = Self.accumulator(random.rational(bits: 90), precision: 60)
      let x = Self.rational(a)
      check(a.compare(b) == (x - Self.rational(b)).signum, random.note)
      check(a.signum == x.signum, random.note)
      let e = random.int(-5000...5000)
      a.scale(byPowerOfTwo: e)
      a.negate()
      check(Self.rational(a) == -x * powerOfTwo(e), random.note)
    }
    check(Self.accumulator(Rational(1, 3), precision: 90).double(rounding: .down) == 1.0 / 3)
    check(Self.rational(Accumulator(5, precision: 2, rounding: .up)) == 6)
  }

  @Test func `a precision below 2 is refused`() async {
    await #expect(processExitsWith: .failure) { _ = Accumulator(precision: 1) }
    await #expect(processExitsWith: .failure) { _ = Accumulator(1, precision: -5) }
  }
}
