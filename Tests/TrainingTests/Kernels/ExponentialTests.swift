// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import TestSupport
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ExponentialTests {
  /// The error in units of the last place of a float near `exact`, a normal number.
  private func ulps(_ value: Float, _ exact: Double) -> Double {
    abs(Double(value) - exact) / Double(Float(exact).ulp)
  }

  @Test func `a float's power of e is within an ulp over the whole range`() {
    var random = RandomNumbers(10)
    let count = RandomTests.count(4003)
    let arguments = FloatVector(count: count)
    for index in 0..<count { arguments[index] = 88 * random.next() + (index % 2 == 0 ? 0 : 0.7) }
    for engine in Engine.variants {
      let values = FloatVector(count: count)
      values.copy(arguments)
      engine.exponentials(values)
      let worst =
        (0..<count).map { index in
          let exact = exp(Double(arguments[index]))
          return arguments[index] < -87.33 ? 0 : ulps(values[index], exact)
        }.max() ?? 0
      #expect(worst <= 1, "\(engine.instructionSet): \(worst) ulps, seed \(RandomTests.seed)")
    }
  }

  @Test func `powers that are not normal floats are 0 or infinite, and e to the 0 is 1`() {
    for engine in Engine.variants {
      let values = FloatVector([-.infinity, -1000, -87.34, 0, -0.0, 88.8, 1000, .infinity, 88.72])
      engine.exponentials(values)
      #expect(values.elements.prefix(8) == [0, 0, 0, 1, 1, .infinity, .infinity, .infinity])
      #expect(values[8].isFinite && values[8] > 3.3e38)
    }
  }

  @Test func `a double's power of e is within two ulps of the library's`() {
    var random = RandomNumbers(11)
    let isWithin = allHold(RandomTests.count(2000)) { index in
      let x = Double(random.next()) * (index % 2 == 0 ? 700 : 3)
      let (value, library) = (exponential(x), exp(x))
      return abs(value - library) <= 2 * library.ulp
    }
    #expect(isWithin, "seed \(RandomTests.seed)")
    #expect(exponential(0.0) == 1)
    #expect(exponential(-800.0) == 0)
    #expect(exponential(800.0) == .infinity)
    #expect(exponential(-Double.infinity) == 0)
    #expect(exponential(Double.nan).isNaN)
    #expect(abs(exponential(709.5) - exp(709.5)) <= 2 * exp(709.5).ulp)
  }
}
