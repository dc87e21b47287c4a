// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct AccumulatorFunctionsTests {
  private func form(
    _ name: String, of x: Rational, precision: Int, argument: Rounding, result: Rounding
  ) -> Rational {
    var a = Accumulator(precision: precision)
    a.set(x, rounding: argument)
    switch name {
    case "sqrt": a.formSquareRoot(rounding: result)
    case "exp": a.formExponential(rounding: result)
    case "expm1": a.formExpMinusOne(rounding: result)
    case "log": a.formLogarithm(rounding: result)
    case "log1p": a.formLogarithmOfOnePlus(rounding: result)
    case "log10": a.formDecimalLogarithm(rounding: result)
    case "lgamma": a.formLogGamma(rounding: result)
    default: Issue.record("unknown function \(name)", severity: .error)
    }
    return Real(a).rational
  }

  @Test(arguments: GoldenValues.functions)
  func `functions bracket their golden values`(name: String, x: String, value: String) throws {
    let argument = try Rational(parsing: x)
    let golden = try Rational(parsing: value)
    let unit = Rational(10).power(-60)
    // ln gamma decreases below 1.46.
    let isDecreasing = name == "lgamma" && argument < Rational(7, 5)
    for p in [30, 53, 64, 100, 150] {
      let (low, high): (Rounding, Rounding) = isDecreasing ? (.up, .down) : (.down, .up)
      let lower = form(name, of: argument, precision: p, argument: low, result: .down)
      let upper = form(name, of: argument, precision: p, argument: high, result: .up)
      check(lower <= golden && upper >= golden + unit)
      // The argument errs by 2^(1-p), which log near 1 magnifies by 2^28, the result as much.
      check(upper - lower <= golden.magnitude * powerOfTwo(36 - p))
    }
  }

  @Test func `pi is bracketed by its golden value`() throws {
    let golden = try Rational(parsing: GoldenValues.pi)
    for p in [2, 53, 64, 150] {
      var low = Accumulator(precision: p)
      var high = Accumulator(precision: p)
      check(low.setPi(rounding: .down) == .below)
      check(high.setPi(rounding: .up) == .above)
      let (lower, upper) = (Real(low).rational, Real(high).rational)
      check(lower <= golden && upper > golden)
      check(upper - lower == powerOfTwo(2 - p))
    }
  }

  @Test func `MPFR is built with thread-local state`() {
    check(Accumulator.isThreadSafe)
  }
}
