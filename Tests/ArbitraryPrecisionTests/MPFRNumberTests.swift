// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct MPFRNumberTests {
  @Test func `the exponent range is wide enough for any power`() {
    // MPFR's own range ends at 2^(2^30): (1/2)^n underflows for n of two billion.
    var x = Accumulator(1, precision: 53)
    x.scale(byPowerOfTwo: -1 << 40)
    check(x.signum == 1)
    check(Real(x).binaryExponent == 1 - 1 << 40)
    var y = Accumulator(1, precision: 53)
    y.scale(byPowerOfTwo: 1 << 61)
    check(y.isFinite)
  }

  @Test func `a new number is zero`() {
    for precision in [2, 63, 64, 65, 1000] {
      let x = Accumulator(precision: precision)
      check(x.signum == 0)
      check(x.isFinite)
      check(x.precision == precision)
    }
  }

  @Test func `a precision below 2 or beyond any memory is refused`() async {
    await #expect(processExitsWith: .failure) { _ = ComplexBall(precision: 1) }
    await #expect(processExitsWith: .failure) { _ = ComplexBall(precision: 1 << 60) }
  }
}
