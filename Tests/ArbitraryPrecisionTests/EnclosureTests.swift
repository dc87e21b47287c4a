// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct EnclosureTests {
  @Test func `a width just above the smallest absolute value's share is not within it`() {
    // 65 bits: rounded up to 64 the smallest value would be large enough.
    let lower = powerOfTwo(64) + 1
    for precision in [0, 3, 10] {
      let width = (lower + 1) * powerOfTwo(-precision)
      let e = Enclosure(
        lower: Real(lower, precision: 128, rounding: .nearest),
        upper: Real(lower + width, precision: 128, rounding: .nearest))
      #expect(e.width.rational == width)
      #expect(!e.isWithin(relativePrecision: precision))
      #expect(!e.negated.isWithin(relativePrecision: precision))
      #expect(precision == 0 || e.isWithin(relativePrecision: precision - 1))
    }
  }

  private func infinity(_ sign: Double) -> Real { Magnitude.infinity.realTimes(sign) }

  private func enclosure(_ lower: Rational, _ upper: Rational) -> Enclosure {
    Enclosure(
      lower: Real(lower, precision: 200, rounding: .down),
      upper: Real(upper, precision: 200, rounding: .up))
  }

  @Test func `a fraction is enclosed as narrowly as the precision allows`() {
    forRandomInput(200) { random in
      let (x, p) = (random.nonzeroRational(bits: 100), random.int(2...80))
      let e = Enclosure(x, precision: p)
      #expect(e.contains(x), random.note)
      #expect(e.isWithin(relativePrecision: p - 1), random.note)
      #expect(e.isExact == (e.lower.rational == x), random.note)
      #expect(e.isPositive == (x.signum > 0), random.note)
    }
    #expect(Enclosure(7).isExact && Enclosure(7).contains(7))
  }

  @Test func `containment and overlap are decided exactly at the ends`() {
    let e = enclosure(Rational(1, 4), Rational(1, 2))
    #expect(e.contains(Rational(1, 4)) && e.contains(Rational(1, 2)))
    #expect(!e.contains(Rational(1, 4) - powerOfTwo(-500)))
    #expect(!e.contains(Rational(1, 2) + powerOfTwo(-500)))
    #expect(e.overlaps(enclosure(Rational(1, 2), 1)) && e.overlaps(enclosure(0, Rational(1, 4))))
    #expect(!e.overlaps(enclosure(Rational(3, 4), 1)) && !e.overlaps(enclosure(-1, 0)))
    #expect(e.overlaps(e) && enclosure(0, 1).overlaps(e) && e.overlaps(enclosure(0, 1)))
  }

  @Test func `the width and the bits of accuracy err on the safe side`() {
    forRandomInput(500) { random in
      let a = random.nonzeroRational(bits: 80)
      let width = random.nonzeroRational(bits: 80).magnitude * powerOfTwo(-random.int(0...150))
      let e = enclosure(a, a + width)
      let (low, high) = (e.lower.rational, e.upper.rational)
      #expect(e.width.rational >= high - low, random.note)
      #expect(e.width.rational <= (high - low) * (1 + powerOfTwo(-62)), random.note)
      let smallest = min(low.magnitude, high.magnitude)
      guard low.signum == high.signum else {
        #expect(e.accurateBits == nil && !e.isWithin(relativePrecision: -1000), random.note)
        return
      }
      guard let bits = e.accurateBits else {
        Issue.record("no accuracy", severity: .error)
        return
      }
      // The definition, and at most two bits worse than it.
      #expect(high - low <= smallest * powerOfTwo(-bits), random.note)
      #expect(high - low > smallest * powerOfTwo(-bits - 2), random.note)
      for p in [bits - 1, bits, bits + 1, bits + 2] where e.isWithin(relativePrecision: p) {
        #expect(high - low <= smallest * powerOfTwo(-p), random.note)
      }
      #expect(e.isWithin(relativePrecision: bits - 1), random.note)
      #expect(!e.isWithin(relativePrecision: bits + 2), random.note)
    }
  }

  @Test func `one number is accurate to any precision, an interval around zero to none`() {
    #expect(Enclosure(3).accurateBits == .max && Enclosure(0).accurateBits == .max)
    #expect(Enclosure(0).isWithin(relativePrecision: 1 << 40) && Enclosure(0).width == Real(0))
    for e in [enclosure(0, 1), enclosure(-1, 0), enclosure(-1, 1)] {
      #expect(e.accurateBits == nil && !e.isWithin(relativePrecision: 0) && !e.isPositive)
    }
    #expect(enclosure(-4, -3).accurateBits == 0)
  }

  @Test func `an infinite end has no accuracy`() {
    for e in [
      Enclosure(lower: Real(1), upper: infinity(1)),
      Enclosure(lower: infinity(-1), upper: Real(-1)),
      Enclosure(lower: infinity(-1), upper: infinity(1)),
    ] {
      #expect(e.accurateBits == nil)
      #expect(!e.isWithin(relativePrecision: 0))
      #expect(!e.isWithin(relativePrecision: -1 << 40))
      #expect(!e.width.isFinite)
    }
    #expect(Enclosure(lower: infinity(-1), upper: infinity(1)).contains(powerOfTwo(5000)))
    #expect(Enclosure(lower: infinity(1), upper: infinity(1)).width == Real(0))
  }

  @Test func `the description shows both ends`() {
    let e = Enclosure(lower: Real(0), upper: Real(Rational(1, 2), precision: 2, rounding: .up))
    #expect(e.description == "[0, 5.0e-1]")
  }

  @Test func `ends in the wrong order are refused`() async {
    await #expect(processExitsWith: .failure) { _ = Enclosure(lower: Real(2), upper: Real(1)) }
  }
}

extension Magnitude {
  /// The bound with a sign.
  fileprivate func realTimes(_ sign: Double) -> Real {
    var result = accumulator
    if sign < 0 { result.negate() }
    return Real(result)
  }
}
