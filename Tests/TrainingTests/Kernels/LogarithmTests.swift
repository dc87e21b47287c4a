// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Kernels
import TestSupport
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct LogarithmTests {
  @Test func `a float's logarithm is within an ulp, near 1 too`() {
    var random = RandomNumbers(20)
    let count = RandomTests.count(4005)
    let arguments = FloatVector(count: count)
    for index in 0..<count {
      let x = random.next()
      // All magnitudes, and every other one near 1, where the logarithm is near 0.
      arguments[index] = index % 2 == 0 ? Float(exp(87 * Double(x))) : 1 + 0.3 * x * x * x
    }
    for engine in Engine.variants {
      let values = FloatVector(count: count)
      values.copy(arguments)
      engine.logarithms(values)
      let worst =
        (0..<count).map { index in
          let exact = log(Double(arguments[index]))
          return exact == 0 ? 0 : abs(Double(values[index]) - exact) / Double(Float(exact).ulp)
        }.max() ?? 0
      #expect(worst <= 1, "\(engine.instructionSet): \(worst) ulps, seed \(RandomTests.seed)")
    }
  }

  @Test func `the logarithm of 1 is 0, and of powers of 2 a multiple of that of 2`() {
    for engine in Engine.variants {
      let values = FloatVector([1, 2, 4, 0.5, 0x1p-126, 0x1p127, .greatestFiniteMagnitude])
      engine.logarithms(values)
      let two = Float(log(2.0))
      #expect(values.elements.prefix(4) == [0, two, 2 * two, -two])
      #expect(values[4] == Float(-126 * log(2.0)))
      #expect(values[5] == Float(127 * log(2.0)))
      #expect(values[6] == Float(128 * log(2.0)))
    }
  }

  @Test func `logarithms of many doubles have the bits of one double's on every instruction set`() {
    var random = RandomNumbers(22)
    for count in [0, 1, 7, 8, 9, 16, 17, 300] {
      let arguments = (0..<count).map { index in
        switch index % 4 {
        case 0: exp(700 * abs(Double(random.next())))
        case 1: 1 + 0x1p-20 * abs(Double(random.next()))
        case 2: Double(random.index(in: 1...9))
        default: [1, .infinity, 2.squareRoot(), .greatestFiniteMagnitude][random.index(in: 0...3)]
        }
      }
      for set in InstructionSet.available {
        var values = arguments + [0.25]
        unsafe set.kernels.logarithms(&values, count: count)
        #expect(
          values == arguments.map { logarithm($0) } + [0.25], "\(set), seed \(RandomTests.seed)")
      }
    }
  }

  @Test func `a double's logarithm is within two ulps of the library's`() {
    var random = RandomNumbers(21)
    let isWithin = allHold(RandomTests.count(2000)) { index in
      let u = Double(random.next())
      let x = index % 2 == 0 ? exp(700 * u) : 1 + 0.3 * u * u * u
      let library = log(x)
      return abs(logarithm(x) - library) <= 2 * library.ulp
    }
    #expect(isWithin, "seed \(RandomTests.seed)")
    #expect(logarithm(1.0) == 0)
    #expect(logarithm(0.0) == -.infinity)
    #expect(logarithm(-1.0).isNaN)
    #expect(logarithm(Double.infinity) == .infinity)
  }
}
