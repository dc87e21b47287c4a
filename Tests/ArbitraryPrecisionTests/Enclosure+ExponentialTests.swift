// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct EnclosureExponentialTests {
  private let points: [Rational] = [
    -40, -1, Rational(-1, 3), 0, Rational(1, 1_000_000), Rational(2, 7), 3, 100,
  ]

  @Test("Two precisions overlap, the finer one inside, and widths are as asked")
  func precisions() {
    for x in points {
      let coarse = Enclosure(x, precision: 300).exponential(precision: 20)
      let fine = Enclosure(x, precision: 300).exponential(precision: 200)
      #expect(coarse.lower <= fine.lower && fine.upper <= coarse.upper)
      #expect(x == 0 || fine.isWithin(relativePrecision: 190))
    }
  }

  @Test("The logarithm of one plus e^x - 1 is x")
  func inverse() {
    for x in points {
      let there = Enclosure(x, precision: 300).exponentialMinusOne(precision: 300)
      #expect(there.logarithmOfOnePlus(precision: 300).contains(x))
      let product = Enclosure(x, precision: 300).exponential(precision: 300)
        .multiplied(by: Enclosure(-x, precision: 300).exponential(precision: 300), precision: 300)
      #expect(product.contains(1))
    }
  }

  @Test("The functions of both ends lie between the rounded ends")
  func ends() {
    func value(_ x: Real, _ function: (inout Accumulator) -> Void) -> Rational {
      var result = Accumulator(precision: 400)
      result.set(x.rational, rounding: .nearest)
      function(&result)
      return Real(result).rational
    }
    forRandomInput(200) { random in
      let p = random.int(2...60)
      let fraction = Rational(random.int(1...1_000_000), random.int(1...1_000_000))
      let x = Enclosure(fraction, precision: random.int(2...90))
      for end in [x.lower, x.upper] where end.rational < 1000 {
        let plain = value(end) { $0.formExponential(rounding: .nearest) }
        #expect(x.exponential(precision: p).contains(plain), random.note)
        let less = value(end) { $0.formExpMinusOne(rounding: .nearest) }
        #expect(x.exponentialMinusOne(precision: p).contains(less), random.note)
        let log = value(end) { $0.formLogarithmOfOnePlus(rounding: .nearest) }
        #expect(x.logarithmOfOnePlus(precision: p).contains(log), random.note)
      }
    }
  }

  @Test("The ends of a wide interval go to the ends of the image")
  func wide() throws {
    let image = Enclosure(lower: Real(-1), upper: Real(2)).exponential(precision: 53)
    let low = try Rational(parsing: "0.36787944117144232159552377")
    let high = try Rational(parsing: "7.38905609893065022723042746")
    let unit = Rational(1, 1_000_000_000_000_000)
    #expect(image.contains(low) && image.contains(high))
    #expect(!image.contains(low - unit) && !image.contains(high + unit))
  }
}
