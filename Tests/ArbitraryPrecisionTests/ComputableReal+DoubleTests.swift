// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

@Suite struct ComputableRealDoubleTests {
  /// The fraction, but known by its enclosures only.
  private func hidden(_ value: Rational) -> ComputableReal {
    ComputableReal {
      Enclosure(value, precision: $0 + 1)
    } isExactly: {
      $0 == value
    }
  }

  private func fraction(_ x: Double) -> Rational { Real(x).rational }

  /// Checks the definition: no neighbour is nearer, and of two that are as near the last bit is 0.
  private func check(_ value: Rational, _ note: Comment) throws {
    let found = try ComputableReal(value).double
    let again = try value.signum == 0 ? found : hidden(value).double
    #expect(found == again, note)
    let error = (fraction(found) - value).magnitude
    for neighbour in [found.nextUp, found.nextDown] where neighbour.isFinite {
      let other = (fraction(neighbour) - value).magnitude
      #expect(error <= other, note)
      if error == other { #expect(found.significandBitPattern.isMultiple(of: 2), note) }
    }
  }

  @Test func `no other Double is nearer`() throws {
    try forRandomInput(300) { random in
      let scale = powerOfTwo(random.int(-1090...900))
      try check(random.rational(bits: random.int(1...120)) * scale, random.note)
    }
  }

  @Test func `ties go to the even neighbour, and what is beside them to its side`() throws {
    try forRandomInput(200) { random in
      // Subnormal numbers too.
      let sign = random.int(0...1) == 0 ? -1.0 : 1.0
      let low = min(random.positiveDouble(), 0x1p1000)
      let high = low.nextUp
      let tie = (fraction(low) + fraction(high)) / 2
      let even = low.significandBitPattern.isMultiple(of: 2) ? low : high
      let gap = fraction(high.ulp) * powerOfTwo(-random.int(3...600))
      for (value, expected) in [(tie, even), (tie - gap, low), (tie + gap, high)] {
        let signed = value * Rational(Int(sign))
        let numbers = [ComputableReal(signed), hidden(signed)]
        let found = try numbers.map { try $0.double }
        #expect(found == [sign * expected, sign * expected], random.note)
      }
    }
  }

  @Test func `Doubles are themselves`() throws {
    for x in [0, 1, -1, 0.1, 0x1p-1074, 0x1p-1022, .greatestFiniteMagnitude, -.pi] {
      #expect(try ComputableReal(fraction(x)).double == x)
      if x != 0 { #expect(try hidden(fraction(x)).double == x) }
    }
  }

  @Test func `from the middle between the greatest Double and 2^1024 on it is infinite`() throws {
    let tie = powerOfTwo(1024) - powerOfTwo(970)
    for number in [ComputableReal(tie), hidden(tie), hidden(tie + 1), hidden(powerOfTwo(5000))] {
      #expect(try number.double == .infinity)
    }
    for number in [ComputableReal(-tie), hidden(-tie), hidden(-tie - 1)] {
      #expect(try number.double == -.infinity)
    }
    for number in [ComputableReal(tie - 1), hidden(tie - powerOfTwo(-700))] {
      #expect(try number.double == .greatestFiniteMagnitude)
    }
    #expect(try ComputableReal.negativeInfinity.double == -.infinity)
  }

  @Test func `underflow is gradual, and keeps the sign of what is too small`() throws {
    let least = powerOfTwo(-1074)
    for number in [ComputableReal(least / 2), hidden(least / 2), hidden(powerOfTwo(-9000))] {
      let x = try number.double
      #expect(x == 0 && x.sign == .plus)
    }
    let negative = try hidden(-powerOfTwo(-9000)).double
    #expect(negative == 0 && negative.sign == .minus)
    #expect(try hidden(least / 2 + powerOfTwo(-2000)).double == 0x1p-1074)
    #expect(try ComputableReal(least * 3 / 2).double == 0x1p-1073)
    #expect(try ComputableReal(least * 5 / 2).double == 0x1p-1073)
  }

  @Test func `what nobody can tell from a tie is given up, and errors are passed on`() {
    let tie = 1 + powerOfTwo(-53)
    let stuck = ComputableReal { _ in
      Enclosure(
        lower: Real(tie - powerOfTwo(-90), precision: 100, rounding: .down),
        upper: Real(tie + powerOfTwo(-90), precision: 100, rounding: .up))
    } isExactly: { _ in
      false
    }
    #expect(throws: ConvergenceError.self) { try stuck.double }
    struct Failure: Error {}
    let failing = ComputableReal { _ in
      throw Failure()
    } isExactly: { _ in
      false
    }
    #expect(throws: Failure.self) { try failing.double }
  }
}
