// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct EnclosureScalingTests {
  /// An enclosure of numbers of either sign, and its ends.
  private func random(_ random: inout RandomInput) -> (Enclosure, Rational, Rational) {
    let p = random.int(20...90)
    let ends = [random.rational(bits: 90), random.rational(bits: 90)].sorted()
    let e = Enclosure(
      lower: Real(ends[0], precision: p, rounding: .down),
      upper: Real(ends[1], precision: p, rounding: .up))
    return (e, e.lower.rational, e.upper.rational)
  }

  @Test func `products of the ends lie between the rounded ends, whatever their signs`() {
    forRandomInput(300) { random in
      let p = random.int(2...60)
      let (a, low, high) = self.random(&random)
      let n = random.integer(bits: 70)
      let integer = n.signum < 0 ? -n : n
      let byInteger = a.scaled(by: integer, precision: p)
      #expect(byInteger.contains(low * Rational(integer)), random.note)
      #expect(byInteger.contains(high * Rational(integer)), random.note)
      let fraction = random.rational(bits: 70).magnitude
      let byFraction = a.scaled(by: fraction, precision: p)
      #expect(byFraction.contains(low * fraction), random.note)
      #expect(byFraction.contains(high * fraction), random.note)
      let sizes = (0..<2).map { _ in random.rational(bits: 90).magnitude }.sorted()
      let factor = Enclosure(
        lower: Real(sizes[0], precision: 50, rounding: .down),
        upper: Real(sizes[1], precision: 50, rounding: .up))
      let byInterval = a.scaled(by: factor, precision: p)
      for x in [low, high] {
        for y in [factor.lower.rational, factor.upper.rational] {
          #expect(byInterval.contains(x * y), random.note)
        }
      }
      let negative = a.negated
      #expect(negative.lower.rational == -high && negative.upper.rational == -low, random.note)
    }
  }

  @Test func `natural logarithms hold those of both ends at every precision`() {
    func logarithm(_ x: Rational) -> Rational {
      var result = Accumulator(precision: 500)
      result.set(x, rounding: .nearest)
      result.formLogarithm(rounding: .nearest)
      return Real(result).rational
    }
    forRandomInput(200) { random in
      let x = random.nonzeroRational(bits: 80).magnitude
      // Beyond the range of words, and within.
      let point = Enclosure(x * powerOfTwo(random.element(of: [0, 5000])), precision: 150)
      let log = point.naturalLogarithm(precision: random.int(2...200))
      let (low, high) = (logarithm(point.lower.rational), logarithm(point.upper.rational))
      #expect(log.contains(low) && log.contains(high), random.note)
    }
  }
}
