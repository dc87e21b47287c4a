// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Dispatch
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

/// Threads that end without freeing what MPFR cached for them show up in the leak sanitizer's run.
struct MPFRThreadTests {
  @Test func `every thread has the wide range of exponents`() {
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      var half = Accumulator(1, precision: 64)
      // 2^-(2^31) lies beyond the range that MPFR gives a new thread.
      half.scale(byPowerOfTwo: -(1 << 31))
      #expect(half.signum == 1)
      half.formLogarithm(rounding: .nearest)
      #expect(half.double(rounding: .nearest) < -1.4e9)
    }
  }
}
