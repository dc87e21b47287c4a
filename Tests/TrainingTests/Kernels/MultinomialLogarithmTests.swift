// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The natural logarithm, where a variable has its name.
private func naturalLogarithm(_ x: Double) -> Double { log(x) }

@Suite struct MultinomialLogarithmTests {
  /// The means of the definition, by the sum over all outcomes; terms are not negative but for those
  /// of the curvatures.
  private func definition(
    _ own: Double, _ other: Double, _ rest: Double, _ k: Int, _ y: Double, _ x: Double
  ) -> MultinomialLogarithm {
    var sums = MultinomialLogarithm()
    for m in 0...k {
      for n in 0...(k - m) {
        let r = k - m - n
        func power(_ p: Double, _ e: Int) -> Double { e == 0 ? 0 : Double(e) * log(p) }
        func logFactorial(_ n: Int) -> Double { lgamma(Double(n + 1)) }
        let ways = logFactorial(k) - logFactorial(m) - logFactorial(n) - logFactorial(r)
        let powers = power(own, m) + power(other, n) + power(rest, r)
        let chance = exp(ways + powers)
        let others: Double = Double(n) * y + Double(r) * x
        let sum: Double = 1 + Double(m) + others
        let (a, b) = (Double(n) * y / sum, Double(r) * x / sum)
        sums.value += chance * naturalLogarithm(sum)
        sums.slopeY += chance * a
        sums.slopeX += chance * b
        sums.curvatureYY += chance * a * (1 - a)
        sums.curvatureXX += chance * b * (1 - b)
        sums.curvatureXY -= chance * a * b
      }
    }
    return sums
  }

  @Test func `values are those of the definition, at all sizes`() {
    var random = RandomNumbers(34)
    for index in 0..<RandomTests.count(400) {
      let parts = (0..<3).map { _ in 0.02 + abs(Double(random.next())) }
      let total = parts.reduce(0, +)
      // Every fourth law has no rest.
      let rest = index % 4 == 0 ? 0 : parts[2] / total
      let own = parts[0] / (parts[0] + parts[1]) * (1 - rest)
      let (other, k) = (1 - rest - own, index % 13)
      let y = exp(80 * abs(Double(random.next())) - 40)
      let x = index % 5 == 0 ? 0 : y * exp(-20 * abs(Double(random.next())))
      let found = multinomialLogarithm(
        own: own, other: other, rest: rest, trialCount: Double(k), y: y, x: x)
      let exact = definition(own, other, rest, k, y, x)
      // lgamma and the sum of up to 91 terms err by some 2^-45.
      let error = multinomialLogarithmError + 0x1p-44
      let context: Comment = "own \(own), other \(other), K = \(k), y = \(y), x = \(x)"
      #expect(abs(found.value - exact.value) <= error * exact.value, context)
      for (a, b) in [(found.slopeY, exact.slopeY), (found.slopeX, exact.slopeX)] {
        #expect(abs(a - b) <= error * b + 0x1p-50, context)
      }
      let slack = 4 * error * (exact.slopeX + exact.slopeY) + 0x1p-48
      #expect(abs(found.curvatureYY - exact.curvatureYY) <= slack, context)
      #expect(abs(found.curvatureXX - exact.curvatureXX) <= slack, context)
      #expect(abs(found.curvatureXY - exact.curvatureXY) <= slack, context)
    }
  }

  @Test func `shares that add up to more than 1 by rounding`() {
    let (own, other, rest) = (0.006954145991849459, 0.9124586278313643, 0.08058722617678629)
    #expect(own + other + rest > 1)
    let (k, y, x) = (15, 1.4813399016429768e+16, 155_738_715_028.03433)
    let found = multinomialLogarithm(
      own: own, other: other, rest: rest, trialCount: Double(k), y: y, x: x)
    let exact = definition(own, other, rest, k, y, x)
    let error = multinomialLogarithmError + 0x1p-44
    #expect(abs(found.value - exact.value) <= error * exact.value)
  }

  @Test func `a billion trials, and none`() {
    // E ln(1 + K) where nothing is random, and the limit of many trials.
    let many = 1e9
    let certain = multinomialLogarithm(
      own: 1, other: 0, rest: 0, trialCount: many, y: 5, x: 3)
    #expect(abs(certain.value - log(1 + many)) <= 0x1p-40 * log(1 + many))
    let mean = multinomialLogarithm(
      own: 0.25, other: 0.25, rest: 0.5, trialCount: many, y: 8, x: 2)
    // ln X varies by Var W/(K (E W)^2)/2 < 1e-8 about ln E X.
    let expected = log(1 + many * (0.25 + 2 + 1))
    #expect(mean.value < expected && mean.value > expected - 1e-8)
    let none = multinomialLogarithm(
      own: 0.5, other: 0.5, rest: 0, trialCount: 0, y: 8, x: 2)
    #expect(none.value == 0 && none.slopeY == 0)
  }
}
