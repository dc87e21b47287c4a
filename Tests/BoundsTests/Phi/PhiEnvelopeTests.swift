// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

/// Certificates of the Phi bound against exact sums.
@Suite struct PhiEnvelopeTests {
  @Test(
    "G and its derivatives are what the definition says, within their error bounds",
    arguments: SamplingScheme.allCases)
  func function(sampling: SamplingScheme) throws {
    let (size, classes, k) = (5, 4, 9)
    let window = try #require(
      CollisionPairWindow(
        own: size, other: size, total: size * classes, sampling: sampling, negativeCount: k,
        isCapped: false))
    let law = Self.law(size: size, classes: classes, k: k, sampling: sampling)
    let function = PhiFunction(window, negativeCount: k)
    for s in [0.0, 0.1, 0.7, 1, 2.5, 8, 40] {
      let sample = function.sample(s)
      var (value, slope, convex, concave) = (0.0, 0.0, 0.0, 0.0)
      for term in law {
        let (m, n) = (Double(term.m), Double(term.n))
        let x = 1 + m + n * expm1(s)
        let q = n * exp(s) / x
        value += term.p * log(x)
        slope += term.p * q
        // 1 - q without cancellation.
        let other = (1 + m - n) / x
        if n <= m + 1 { convex += term.p * q * other } else { concave -= term.p * q * other }
      }
      #expect(abs(sample.value - value) <= sample.valueError + 1e-15 * (1 + value))
      #expect(abs(sample.slope - slope) <= sample.slopeError + 1e-14 * slope)
      #expect(
        sample.convexLower <= convex * (1 + 1e-13)
          && sample.convexLower >= convex * 0.999_99 - 1e-10)
      #expect(
        sample.concaveUpper >= concave * (1 - 1e-13)
          && sample.concaveUpper <= concave * 1.000_01 + 1e-10)
      #expect(sample.valueError < 1e-11)
    }
  }

  @Test("The line is nowhere above G, and the bound hardly above the best one")
  func certificate() throws {
    // Few negatives for many classes bend G downward first, so that the envelope is a secant.
    for (classes, k, level) in [
      (10, 31, 2.5), (10, 31, 1.32), (30, 12, 0.5), (4, 3, 1.0), (50, 60, 2.5),
    ] {
      let setting = try uniform(classes, k)
      let excess = MeasuredQuantity(
        LinearForm(try Rational(parsing: "\(level)")), standardError: 0.5)
      let bound = try #require(try PhiBound.outcome(inputs(setting, excess: excess)).value)
      let line = try #require(bound.certificate?.line)
      let (a, b) = (double(line.slope), double(line.intercept))
      let law = Self.law(size: 1, classes: classes, k: k, sampling: .withReplacement)
      let end = log(1 + Double(classes - 1) * exp(4.0))
      for index in 0...60 {
        let s = end * Double(index) / 60
        let g = law.reduce(0.0) { $0 + $1.p * log(1 + Double($1.m) + Double($1.n) * expm1(s)) }
        #expect(a * s + b <= g + 1e-13, "C \(classes), K \(k), s \(s)")
      }
      let value = try bound.number.double
      #expect(value >= line.attained - 1e-12)
      #expect(value - line.attained < 1e-10, "C \(classes), K \(k)")
      let error = try #require(bound.standardError)
      #expect(abs(error * a - 0.5) < 1e-12)
    }
  }

  @Test("Of losses that no encoder has it gives the reason")
  func inconsistent() throws {
    let setting = try uniform(10, 31)
    let low = MeasuredQuantity(LinearForm(Rational(13, 10)))
    guard case .inapplicable(let reason) = try PhiBound.outcome(inputs(setting, excess: low)) else {
      Issue.record("a value")
      return
    }
    #expect(reason.contains("below E ln(1+Col)"))
  }

  @Test("Beyond the end of the envelope the end is the bound")
  func beyondEnd() throws {
    let setting = try uniform(10, 31)
    let high = MeasuredQuantity(LinearForm(Rational(20)))
    let bound = try #require(try PhiBound.outcome(inputs(setting, excess: high)).value)
    #expect(bound.certificate == nil)
    // ln(1 + 9 e^4)
    let end = try text(PhiProblem(setting: setting, isCapped: false).end, 10)
    #expect(try text(bound.number, 10) == end)
    #expect(try bound.number.decimal(significantDigits: 5) == "6.1993")
    let single = try uniform(10, 0)
    let none = MeasuredQuantity(LinearForm(0))
    #expect(try PhiBound.outcome(inputs(single, excess: none)).value?.certificate == nil)
  }

  @Test("Unequal classes: one multiplier, each class against its rarest other one")
  func unequal() throws {
    let setting = try ContrastiveSetting(
      classSizes: LabelDistribution(counts: [1, 2, 2, 5]), sampling: .withReplacement,
      negativeCount: 7, temperature: Rational(1, 2))
    let excess = MeasuredQuantity(LinearForm(Rational(2)))
    let bound = try #require(try PhiBound.outcome(inputs(setting, excess: excess)).value)
    let line = try #require(bound.certificate?.line)
    let a = double(line.slope)
    // b is at most sum_c rho_c min_s (G_c(s) - a s), the minima over a grid being slightly above.
    let end = log(1 + 3 * exp(4.0))
    var b = 0.0
    for (own, count, rarest) in [(1, 1, 2), (2, 2, 1), (5, 1, 1)] {
      let law = Self.pairs(
        own: Double(own) / 10, other: Double(rarest) / 10, k: 7)
      let least =
        (0...1000).map { index in
          let s = end * Double(index) / 1000
          return law.reduce(-a * s) { $0 + $1.p * log(1 + Double($1.m) + Double($1.n) * expm1(s)) }
        }.min() ?? 0
      b += Double(own * count) / 10 * least
    }
    #expect(double(line.intercept) <= b)
    #expect(double(line.intercept) > b - 1e-4)
  }

  @Test("A window too large is refused with its limit")
  func refusal() throws {
    let setting = try uniform(3, 1 << 20)
    let excess = MeasuredQuantity(LinearForm(Rational(14)))
    guard case .inapplicable(let reason) = try PhiBound.outcome(inputs(setting, excess: excess))
    else {
      Issue.record("a value")
      return
    }
    #expect(reason.contains("pairs"))
  }

  // MARK: - Definition

  private struct Term {
    let m: Int
    let n: Int
    let p: Double
  }

  private static func power(_ x: Double, _ n: Int) -> Double { (0..<n).reduce(1) { p, _ in p * x } }

  private static func pairs(own: Double, other: Double, k: Int) -> [Term] {
    var terms: [Term] = []
    for m in 0...k {
      for n in 0...(k - m) {
        let rest = k - m - n
        let ways = binomial(k, m) * binomial(k - m, n)
        let left = max(0, 1 - own - other)
        let p = ways * power(own, m) * power(other, n) * power(left, rest)
        terms.append(Term(m: m, n: n, p: p))
      }
    }
    return terms
  }

  private static func law(size: Int, classes: Int, k: Int, sampling: SamplingScheme) -> [Term] {
    let total = size * classes
    if sampling == .withReplacement {
      return pairs(own: 1 / Double(classes), other: 1 / Double(classes), k: k)
    }
    var terms: [Term] = []
    for m in 0...min(k, size - 1) {
      for n in 0...min(k - m, size) {
        let p =
          binomial(size - 1, m) * binomial(size, n) * binomial(total - 2 * size, k - m - n)
          / binomial(total - 1, k)
        terms.append(Term(m: m, n: n, p: p))
      }
    }
    return terms
  }

  private static func binomial(_ n: Int, _ k: Int) -> Double {
    k < 0 || k > n ? 0 : (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
  }

  private func double(_ value: Rational) -> Double {
    Real(value, precision: 53, rounding: .nearest).double()
  }
}
