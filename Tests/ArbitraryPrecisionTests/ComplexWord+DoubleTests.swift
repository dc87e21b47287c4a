// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct ComplexWordDoubleTests {
  /// A word in its normal form of a positive real number re 2^exponent, re of at most 125 bits.
  private func word(_ re: Int128, exponent: Int, bound: Double) -> ComplexWord {
    let shift = re.leadingZeroBitCount - 3
    return ComplexWord(
      re: re << Int128(shift), im: 0, exponent: exponent - shift, bound: bound)
  }

  /// Whatever number the word may stand for rounds to the double, or none is given.
  @Test func `the nearest double is that of every number within the error`() {
    var decided = 0
    forRandomInput(2000) { random in
      // Bits beyond the 53rd: any, or close to a middle between two doubles, or to a double.
      let significand = Int128(random.int(1 << 52...(1 << 53) - 1))
      let middle = Int128(random.int(0...2)) << 70
      let rest = middle + Int128(random.int(-(1 << 40)...(1 << 40)))
      let re = significand << 71 + rest
      let bound = Double(sign: .plus, exponent: -random.int(60...120), significand: 1)
      // One in four is subnormal, or below the least of these.
      let exponent = random.int(0...3) == 0 ? random.int(-1210...(-1140)) : random.int(-600...600)
      let z = word(re, exponent: exponent, bound: bound)
      guard let found = z.nearestDouble else { return }
      decided += 1
      let center = z.realPart.rational
      let radius = center * Real(bound).rational
      check((center - radius).double == found, random.note)
      check((center + radius).double == found, random.note)
    }
    #expect(decided * 4 > RandomTests.count(2000))
  }

  /// Where the number at the edge has just crossed the middle between two doubles.
  @Test func `no double is given if the error reaches beyond a middle by little`() {
    forRandomInput(2000) { random in
      let significand = Int128(random.int(1 << 52...(1 << 53) - 1))
      let distance = Int128(random.int(1...(1 << random.int(1...60))))
      let side: Int128 = Bool.random(using: &random) ? 1 : -1
      let z = word(significand << 71 + 1 << 70 + side * distance, exponent: 0, bound: 0)
      let center = z.realPart.rational
      // The least `Double` from which on the middle is within the error.
      let share = Real(Rational(Int(distance)) / center, precision: 53, rounding: .up)
      let reached = ComplexWord(re: z.re, im: 0, exponent: z.exponent, bound: share.double())
      check(reached.nearestDouble == nil, random.note)
    }
  }

  @Test func `a tie, a number close to zero and an unknown one are left undecided`() {
    let tie = (Int128(1) << 53 + 1) << 60
    #expect(word(tie, exponent: 0, bound: 0).nearestDouble == nil)
    #expect(word(tie + 2, exponent: 0, bound: 0).nearestDouble == 0x1.0000000000001p113)
    #expect(word(1 << 100, exponent: -1200, bound: 0).nearestDouble == 0)
    #expect(word(1 << 100, exponent: -1175, bound: 0).nearestDouble == nil)
    #expect(word(1 << 100 + 1, exponent: -1175, bound: 0).nearestDouble == 0x1p-1074)
    #expect(word(1 << 100 - 1, exponent: -1175, bound: 0).nearestDouble == 0)
    #expect(word(1 << 100, exponent: -1 << 60, bound: 0).nearestDouble == 0)
    #expect(word(1 << 100, exponent: 921, bound: 0).nearestDouble == 0x1p1021)
    #expect(word(1 << 100, exponent: 922, bound: 0).nearestDouble == nil)
    #expect(word(1 << 100, exponent: -1122, bound: 0).nearestDouble == 0x1p-1022)
    #expect(ComplexWord.unknown.nearestDouble == nil)
    #expect(ComplexWord().nearestDouble == nil)
  }

  @Test func `below a power of two neighbours are half as far apart`() {
    // 2^100 less than a quarter of the distance above, where 53 bits end at 2^48.
    let power = Int128(1) << 100
    #expect(word(power - 1 << 45, exponent: 0, bound: 0).nearestDouble == 0x1p100)
    #expect(word(power - 5 << 45, exponent: 0, bound: 0).nearestDouble == 0x1.fffffffffffffp99)
  }

  @Test func `the complement is one minus the number`() {
    forRandomInput(200) { random in
      let z = word(Int128(random.int(1...Int.max)), exponent: -64, bound: 0)
      let sum = z.realPart.rational + z.complement.realPart.rational
      check((sum - 1).magnitude <= powerOfTwo(-120), random.note)
    }
  }
}
