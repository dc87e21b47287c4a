// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the proofs of the `Double` forms assume of the platform: two units in the last place.
struct MathematicalLibraryTests {
  private typealias Reference = (inout Accumulator) -> Void

  /// Arguments of every size up to `limit`, of either sign unless `isPositive`.
  private static func arguments(limit: Double, isPositive: Bool = false) -> [Double] {
    var random = SplitMix64(seed: RandomTests.seed)
    return (0..<RandomTests.count(2000)).map { i in
      let x =
        i % 2 == 0
        ? Double.random(in: 0x1p-100...limit, using: &random)
        : min(limit, exp2(Double.random(in: -60...log2(limit), using: &random)))
      return isPositive || Bool.random(using: &random) ? x : -x
    }
  }

  private func expectAccurate(
    _ name: String, _ arguments: [Double], _ function: (Double) -> Double, _ reference: Reference
  ) {
    var worst = 0.0
    for x in arguments {
      var exact = Accumulator(precision: 200)
      exact.set(x, rounding: .nearest)
      reference(&exact)
      let computed = function(x)
      let unit = exact.double(rounding: .nearest).ulp
      var value = Accumulator(precision: 200)
      value.set(computed, rounding: .nearest)
      value.subtract(exact, rounding: .nearest)
      worst = max(worst, abs(value.double(rounding: .nearest)) / unit)
    }
    #expect(worst <= 2, "\(name) errs by \(worst) ulp with seed \(RandomTests.seed)")
  }

  @Test
  func exponentialsAndLogarithmsErrByAtMostTwoUnits() {
    expectAccurate("exp", Self.arguments(limit: 700), { exp($0) }) {
      $0.formExponential(rounding: .nearest)
    }
    expectAccurate("expm1", Self.arguments(limit: 700), { expm1($0) }) {
      $0.formExpMinusOne(rounding: .nearest)
    }
    expectAccurate("log", Self.arguments(limit: 1e9, isPositive: true), { log($0) }) {
      $0.formLogarithm(rounding: .nearest)
    }
    expectAccurate("log1p", Self.arguments(limit: 1e9, isPositive: true), { log1p($0) }) {
      $0.formLogarithmOfOnePlus(rounding: .nearest)
    }
    expectAccurate("log1p", Self.arguments(limit: 0.9999).map { -abs($0) }, { log1p($0) }) {
      $0.formLogarithmOfOnePlus(rounding: .nearest)
    }
  }

  @Test
  func sinesCosinesAndArctangentsErrByAtMostTwoUnits() {
    let angles = Self.arguments(limit: 400)
    expectAccurate("sin", angles, { sin($0) }) { $0.set(Self.circle($0).sine, rounding: .nearest) }
    expectAccurate("cos", angles, { cos($0) }) {
      $0.set(Self.circle($0).cosine, rounding: .nearest)
    }
    // tan increases: arctan x lies between two numbers if x lies between their tangents.
    for x in Self.arguments(limit: 100, isPositive: true) {
      let y = atan(x)
      #expect(
        Self.tangent(y - 2 * y.ulp) <= Real(x) && Real(x) <= Self.tangent(y + 2 * y.ulp), "\(x)")
    }
  }

  /// cos x and sin x, to 190 bits relatively or better for x that is a `Double`.
  private static func circle(_ x: borrowing Accumulator) -> (cosine: Real, sine: Real) {
    let scratch = ComplexBall.Scratch(precision: 300)
    var z = ComplexBall(precision: 300)
    var copy = Accumulator(precision: 300)
    copy.set(x, rounding: .nearest)
    z.set(0, Real(copy).rational)
    z.formExponential(scratch)
    return (z.realPart, z.imaginaryPart)
  }

  private static func tangent(_ x: Double) -> Real {
    var quotient = Accumulator(precision: 300)
    quotient.set(x, rounding: .nearest)
    let (cosine, sine) = circle(quotient)
    quotient.set(sine, rounding: .nearest)
    var bottom = Accumulator(precision: 300)
    bottom.set(cosine, rounding: .nearest)
    quotient.divide(by: bottom, rounding: .nearest)
    return Real(quotient)
  }

  @Test
  func remaindersErrByAsMuchAsTheySay() {
    for x in Self.arguments(limit: 30, isPositive: true) {
      var exact = Accumulator(precision: 300)
      exact.set(x, rounding: .nearest)
      let sine = Self.circle(exact).sine
      exact.negate()
      exact.add(sine, rounding: .nearest)
      let value = OddRemainders.sine(x)
      #expect(Self.difference(value, exact) <= 24 * 0x1p-53 * abs(value), "sin \(x)")
    }
    // arctan x - x for x = tan y, y a `Double`: x is rounded, which moves the result by u x^3.
    for y in Self.arguments(limit: 1.5) {
      let tangent = Self.tangent(y)
      let x = tangent.double()
      var exact = Accumulator(precision: 300)
      exact.set(y, rounding: .nearest)
      var part = Accumulator(precision: 300)
      part.set(tangent, rounding: .nearest)
      exact.subtract(part, rounding: .nearest)
      let value = OddRemainders.arctangent(x)
      let own =
        abs(x) <= OddRemainders.seriesLimit ? 12 * abs(value) : 4 * abs(x) + abs(value)
      #expect(
        Self.difference(value, exact) <= (own + abs(x * x * x)) * 0x1p-53 + 0x1p-1070, "arctan \(x)"
      )
    }
  }

  private static func difference(_ x: Double, _ y: borrowing Accumulator) -> Double {
    var result = Accumulator(precision: 300)
    result.set(x, rounding: .nearest)
    result.subtract(y, rounding: .nearest)
    return abs(result.double(rounding: .nearest))
  }

  @Test(arguments: Array(1...40) + [1000, 1_000_000])
  func stirlingErrorsAreWithinTwoToTheMinus55(n: Int) {
    // ln n! - ln(2 pi n)/2 - n ln n + n
    func number(_ x: Int) -> Accumulator { Accumulator(x, precision: 300) }
    var exact = number(n + 1)
    exact.formLogGamma(rounding: .nearest)
    var log = number(n)
    log.formLogarithm(rounding: .nearest)
    log.multiply(by: n, rounding: .nearest)
    exact.subtract(log, rounding: .nearest)
    exact.add(n, rounding: .nearest)
    var root = Accumulator(precision: 300)
    root.setPi(rounding: .nearest)
    root.multiply(by: 2 * n, rounding: .nearest)
    root.formLogarithm(rounding: .nearest)
    root.scale(byPowerOfTwo: -1)
    exact.subtract(root, rounding: .nearest)
    #expect(Self.difference(stirlingError(n), exact) < 0x1p-55)
  }
}
