// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) import ArbitraryPrecision
import Testing

@Suite struct RealTests {
  private static let infinity: Real = {
    var x = Accumulator(precision: 53)
    x.set(.infinity, rounding: .nearest)
    return Real(x)
  }()

  @Test func `machine numbers are kept exactly`() {
    for x in [0, 1, -1, Int.max, Int.min] { #expect(Real(x).rational == Rational(x)) }
    #expect(Real(0.1).rational == Rational(Integer(0x1999_9999_9999_9A), Integer(2).power(56)))
    #expect(Real(Double.leastNonzeroMagnitude).double() == .leastNonzeroMagnitude)
    #expect(Real(-Double.greatestFiniteMagnitude).double() == -.greatestFiniteMagnitude)
  }

  @Test func `a fraction is rounded to the neighbour that the direction names`() {
    forRandomInput(300) { random in
      let (x, p) = (random.nonzeroRational(bits: 200), random.int(2...150))
      let down = Real(x, precision: p, rounding: .down)
      let up = Real(x, precision: p, rounding: .up)
      let nearest = Real(x, precision: p, rounding: .nearest)
      #expect(down.rational <= x && x <= up.rational, random.note)
      #expect(down.precision == p, random.note)
      // At p bits neighbours differ by at most 2^(1-p) of the smaller one.
      let gap = up.rational - down.rational
      let size = min(down.rational.magnitude, up.rational.magnitude)
      #expect(gap <= size * Rational(2).power(1 - p), random.note)
      #expect((nearest.rational - x).magnitude * 2 <= gap, random.note)
      #expect(nearest == down || nearest == up, random.note)
    }
  }

  @Test func `comparisons are exact`() {
    forRandomInput(200) { random in
      let a = Real(random.rational(bits: 60), precision: 40, rounding: .nearest)
      let b = Real(random.rational(bits: 60), precision: 70, rounding: .nearest)
      #expect((a < b) == (a.rational < b.rational), random.note)
      #expect((a == b) == (a.rational == b.rational), random.note)
      let r = random.rational(bits: 60)
      #expect(a.compare(r) == (a.rational - r).signum, random.note)
      #expect(a.compare(a.rational) == 0 && a.signum == a.rational.signum, random.note)
    }
    let third = Rational(1, 3)
    #expect(Real(third, precision: 300, rounding: .down).compare(third) == -1)
    #expect(Real(third, precision: 300, rounding: .up).compare(third) == 1)
  }

  @Test func `the binary exponent brackets the size`() {
    forRandomInput(200) { random in
      let x = Real(random.nonzeroRational(bits: 90), precision: 30, rounding: .nearest)
      guard let e = x.binaryExponent else {
        Issue.record("no exponent", severity: .error)
        return
      }
      let size = x.rational.magnitude
      #expect(Rational(2).power(e - 1) <= size && size < Rational(2).power(e), random.note)
    }
    #expect(Real(0).binaryExponent == nil)
    #expect(Self.infinity.binaryExponent == nil)
  }

  @Test func `an accumulator hands its value over`() {
    let x = Real(Accumulator(7, precision: 100))
    #expect(x.rational == 7 && x.precision == 100)
  }

  @Test func `double rounds in the direction named`() {
    let x = Real(Rational(1, 3), precision: 200, rounding: .nearest)
    #expect(x.double(rounding: .down) == 1.0 / 3)
    #expect(x.double(rounding: .up) == (1.0 / 3).nextUp)
  }

  @Test func `descriptions tell neighbours apart`() throws {
    for (x, text) in [(0.0, "0"), (-0.0, "0"), (-2, "-2.0000000000000000e0")] {
      #expect(Real(x).description == text)
    }
    try forRandomInput(100) { random in
      let x = Real(random.positiveDouble())
      let parsed = try Rational(parsing: x.description)
      #expect(Real(parsed, precision: 53, rounding: .nearest) == x, random.note)
    }
    #expect(Self.infinity.description == "inf")
  }

  @Test func `infinity is a number without a fraction`() async {
    #expect(!Self.infinity.isFinite && Self.infinity.signum == 1 && Real(1).isFinite)
    #expect(Real(Int.max) < Self.infinity)
    await #expect(processExitsWith: .failure) {
      var x = Accumulator(precision: 53)
      x.set(.infinity, rounding: .nearest)
      _ = Real(x).rational
    }
    await #expect(processExitsWith: .failure) { _ = Real(Double.infinity) }
    await #expect(processExitsWith: .failure) { _ = Real(Double.nan) }
  }

  @Test func `what is not a number is refused`() async {
    await #expect(processExitsWith: .failure) {
      var x = Accumulator(-1, precision: 53)
      x.formSquareRoot(rounding: .nearest)
      _ = Real(x)
    }
  }
}
