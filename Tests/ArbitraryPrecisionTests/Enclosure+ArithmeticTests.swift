// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct EnclosureArithmeticTests {
  /// An enclosure and a number somewhere in it.
  private func random(
    _ random: inout RandomInput, in range: ClosedRange<Rational>
  ) -> (Enclosure, Rational) {
    let t = (0..<3).map { _ in
      range.lowerBound + (range.upperBound - range.lowerBound)
        * Rational(random.int(0...1000), 1000)
    }.sorted()
    let p = random.int(20...90)
    let e = Enclosure(
      lower: Real(t[0], precision: p, rounding: .down),
      upper: Real(t[2], precision: p, rounding: .up))
    return (e, t[1])
  }

  private static let line = Rational(-10)...Rational(10)
  private static let positive = Rational(1, 1000)...Rational(10)

  @Test func `the exact result lies in the result`() {
    forRandomInput(200) { random in
      let p = random.int(2...100)
      let (a, x) = self.random(&random, in: Self.line)
      let (b, y) = self.random(&random, in: Self.line)
      #expect(a.adding(b, precision: p).contains(x + y), random.note)
      #expect(a.subtracting(b, precision: p).contains(x - y), random.note)
      #expect(a.complement(precision: p).contains(1 - x), random.note)
      let (c, z) = self.random(&random, in: 0...10)
      let (d, w) = self.random(&random, in: Self.positive)
      #expect(c.multiplied(by: d, precision: p).contains(z * w), random.note)
      #expect(c.divided(by: d, precision: p).contains(z / w), random.note)
      // sqrt(z) >= lower if and only if z >= lower^2.
      let root = c.squareRoot(precision: p)
      let (low, high) = (root.lower.rational, root.upper.rational)
      #expect(low * low <= z && z <= high * high, random.note)
    }
  }

  /// Few bits, so that nearly every end is rounded.
  @Test func `exact results of the ends lie between the rounded ends`() {
    forRandomInput(300) { random in
      let p = random.int(2...60)
      let (a, _) = self.random(&random, in: Self.positive)
      let (b, _) = self.random(&random, in: Self.positive)
      let (l, h) = (a.lower.rational, a.upper.rational)
      let (m, k) = (b.lower.rational, b.upper.rational)
      for (e, low, high) in [
        (a.adding(b, precision: p), l + m, h + k),
        (a.subtracting(b, precision: p), l - k, h - m),
        (a.multiplied(by: b, precision: p), l * m, h * k),
        (a.divided(by: b, precision: p), l / k, h / m),
        (a.complement(precision: p), 1 - h, 1 - l),
      ] {
        #expect(e.contains(low) && e.contains(high), random.note)
      }
      let root = a.squareRoot(precision: p)
      let (low, high) = (root.lower.rational, root.upper.rational)
      #expect(low * low <= l && h <= high * high, random.note)
    }
  }

  @Test func `both ends are the results of the ends, so that nothing is wasted`() {
    forRandomInput(100) { random in
      let (a, _) = self.random(&random, in: Self.positive)
      let (b, _) = self.random(&random, in: Self.positive)
      let (l, h) = (a.lower.rational, a.upper.rational)
      let (m, k) = (b.lower.rational, b.upper.rational)
      for (e, low, high) in [
        (a.adding(b, precision: 300), l + m, h + k),
        (a.subtracting(b, precision: 300), l - k, h - m),
        (a.multiplied(by: b, precision: 300), l * m, h * k),
        (a.complement(precision: 300), 1 - h, 1 - l),
      ] {
        #expect(e.lower.rational == low && e.upper.rational == high, random.note)
      }
      let quotient = a.divided(by: b, precision: 300)
      #expect((l / k - quotient.lower.rational) <= l / k * powerOfTwo(-299), random.note)
      #expect((quotient.upper.rational - h / m) <= h / m * powerOfTwo(-299), random.note)
    }
  }

  @Test func `decimal logarithms hold the exact ones of powers of ten`() {
    for e in -30...30 {
      let x = Enclosure(Rational(10).power(e), precision: 40)
      #expect(x.decimalLogarithm(precision: 60).contains(Rational(e)))
    }
    for e in 1...30 {
      // 1 - x = 10^-e
      let x = Enclosure(1 - Rational(10).power(-e), precision: 200)
      let log = x.decimalLogarithmOfComplement(precision: 200)
      #expect(log.contains(Rational(-e)))
      #expect(log.isWithin(relativePrecision: 80))
      // Even if the precision is so low that 1 - x is rounded to 0.
      #expect(x.decimalLogarithmOfComplement(precision: 2).contains(Rational(-e)))
    }
  }

  @Test func `decimal logarithms hold their golden values at every precision`() throws {
    let unit = Rational(10).power(-60)
    for (name, x, value) in GoldenValues.functions where name == "log10" {
      let (argument, golden) = (try Rational(parsing: x), try Rational(parsing: value))
      var logs = [(Int) -> Enclosure]()
      let enclosure = Enclosure(argument, precision: 200)
      logs.append { enclosure.decimalLogarithm(precision: $0) }
      if argument < 1 {
        let complement = Enclosure(1 - argument, precision: 200)
        logs.append { complement.decimalLogarithmOfComplement(precision: $0) }
      }
      for log in logs {
        for p in 2...150 {
          let e = log(p)
          #expect(e.lower.compare(golden) <= 0 && e.upper.compare(golden + unit) >= 0)
        }
      }
    }
  }

  @Test func `a logarithm near 1 keeps its relative accuracy`() throws {
    let x = Enclosure(powerOfTwo(-400), precision: 100)
    let log = x.decimalLogarithmOfComplement(precision: 64)
    #expect(log.isWithin(relativePrecision: 60))
    // log10(1 - x) = -x (1 + x/2 + ...)/ln 10, and 1/ln 10 = log10(e) = 0.434...
    let ratio = -log.lower.rational / powerOfTwo(-400)
    #expect(ratio > Rational(4342, 10_000) && ratio < Rational(4343, 10_000))
    let zero = Enclosure(0).decimalLogarithmOfComplement(precision: 10)
    #expect(zero.isExact && zero.contains(0))
    let golden = try Rational(parsing: "-0.154901959985743169")
    let some = Enclosure(Rational(3, 10), precision: 90).decimalLogarithmOfComplement(precision: 80)
    #expect((some.lower.rational - golden).magnitude < Rational(10).power(-17))
  }

  @Test func `a center and a radius bound both ends`() {
    forRandomInput(200) { random in
      var center = Accumulator(precision: random.int(2...90))
      center.set(random.rational(bits: 90), rounding: .nearest)
      let radius = Magnitude(random.positiveDouble(), exponent: random.int(-100...100))
      guard let r = radius.rational else { return }
      let e = Enclosure(center: center, radius: radius)
      let x = Real(center).rational
      #expect(e.contains(x - r) && e.contains(x + r), random.note)
    }
  }

  @Test func `an unbounded radius, and a center that is not a number, give the whole line`() {
    let center = Accumulator(3, precision: 20)
    var noNumber = Accumulator(-1, precision: 20)
    noNumber.formSquareRoot(rounding: .nearest)
    for e in [
      Enclosure(center: center, radius: .infinity), Enclosure(center: noNumber, radius: .zero),
    ] {
      #expect(!e.lower.isFinite && !e.upper.isFinite && e.contains(0))
      let sum = e.adding(e, precision: 10)
      #expect(sum.contains(powerOfTwo(100)) && sum.contains(-powerOfTwo(100)))
      #expect(e.clampedToProbability.lower == Real(0) && e.clampedToProbability.upper == Real(1))
    }
    // Zero times infinity is not a number, but an unknown finite number times zero is.
    let known = Enclosure(lower: Real(0), upper: Magnitude.infinity.real)
    #expect(Enclosure(0).multiplied(by: known, precision: 10).contains(0))
  }

  @Test func `probabilities are clamped`() {
    let wide = Enclosure(lower: Real(-1), upper: Real(3))
    #expect(wide.clampedToProbability.lower == Real(0))
    #expect(wide.clampedToProbability.upper == Real(1))
  }

  @Test func `factors below zero and divisors that reach it are refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = Enclosure(-1).multiplied(by: Enclosure(1), precision: 10)
    }
    await #expect(processExitsWith: .failure) {
      _ = Enclosure(1).multiplied(by: Enclosure(-1), precision: 10)
    }
    await #expect(processExitsWith: .failure) {
      _ = Enclosure(1).divided(by: Enclosure(0), precision: 10)
    }
  }

  @Test func `roots and logarithms outside their domain are refused`() async {
    await #expect(processExitsWith: .failure) { _ = Enclosure(-1).squareRoot(precision: 10) }
    await #expect(processExitsWith: .failure) { _ = Enclosure(0).decimalLogarithm(precision: 10) }
    await #expect(processExitsWith: .failure) {
      _ = Enclosure(1).decimalLogarithmOfComplement(precision: 10)
    }
  }
}
