// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

struct TiltedSeriesTests {
  /// s^d H_d(x) for d = 0...C, by its definition: the coefficients of prod_c (1 + y (g^w - 1)).
  private func exact(_ weights: [Int], x: Rational, tilt: Rational) -> [Rational] {
    // Without replacement g = 1 + x, a fraction.
    var coefficients: [Rational] = [1] + weights.map { _ in 0 }
    for w in weights {
      let seen = ((1 + x).power(w) - 1) * tilt
      for d in stride(from: weights.count, through: 1, by: -1) {
        coefficients[d] += coefficients[d - 1] * seen
      }
    }
    return coefficients
  }

  @Test
  func valuesAndMajorantsAreAboveTheExactOnes() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(200) {
      let weights = (0..<Int.random(in: 2...6, using: &random)).map { _ in
        Int.random(in: 1...9, using: &random)
      }
      let low = Int.random(in: 1..<weights.count, using: &random)
      let range = low...Int.random(in: low..<weights.count, using: &random)
      let tilt = Tilt(log: Double.random(in: -5...5, using: &random))
      let radius = Double.random(in: 0.01...3, using: &random)
      let series = TiltedSeries(
        product: try LabelLaw.counts(weights).product(.withoutReplacement), tilt: tilt,
        range: range)
      let scale = Real(tilt.significand).rational * Rational(2).power(tilt.exponent)
      let x = radius * Double.random(in: 0.1...2, using: &random)
      let value = try #require(series.value(x).rational)
      let terms = exact(weights, x: Real(x).rational, tilt: scale)
      let note = "seed \(RandomTests.seed), \(weights), \(range), x = \(x), r = \(radius)"
      for d in range { #expect(value >= terms[d], "\(note)") }
      guard x <= radius else { continue }
      // Each of the d factors may be r/x larger.
      let majorant = try #require(series.majorant(x, radius: radius).rational)
      let ratio = Real(radius).rational / Real(x).rational
      for d in range { #expect(majorant >= terms[d] * ratio.power(d), "\(note)") }
    }
  }

  /// Plans rely on it, also where both ends of the range want tilts far apart.
  @Test
  func approximationsAreThoseOfTheBounds() throws {
    var random = SplitMix64(seed: RandomTests.seed &+ 1)
    for _ in 0..<RandomTests.count(200) {
      let large = Int.random(in: 4...400, using: &random)
      let sizes = [1, 1, 2, 3, large, large, large, large]
      let low = Int.random(in: 1...7, using: &random)
      let range = low...Int.random(in: low...7, using: &random)
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let product = try LabelLaw.counts(sizes).product(sampling)
      let draws = Int.random(in: 10..<sizes.reduce(0, +), using: &random)
      let center = Double.random(in: Double(low)...Double(range.upperBound), using: &random)
      let (radius, logTilt) = TiltedSeries.saddle(product, drawCount: draws, center: center)
      let series = TiltedSeries(product: product, tilt: Tilt(log: logTilt), range: range)
      let x = radius * Double.random(in: 0.5...1, using: &random)
      let note =
        "seed \(RandomTests.seed), \(sizes), \(range), n = \(draws), x = \(x), r = \(radius)"
      // The bound adds both ends of the range, of which the larger one is meant.
      for (bound, log) in [
        (series.value(x), series.logValue(x)),
        (series.majorant(x, radius: radius), series.logMajorant(x, radius: radius)),
      ] {
        let excess = bound.approximateLog2 * ln2 - log
        #expect(excess > -0.01 && excess < 0.71, "\(note)")
      }
    }
  }

  @Test
  func theSaddlePointHasTheMeansAskedFor() throws {
    let law = LabelLaw(try LabelDistribution(counts: [3, 4, 4, 7, 9, 40]))
    for sampling in SamplingScheme.allCases {
      for d in 2...5 {
        let product = try law.product(sampling)
        let (radius, logTilt) = TiltedSeries.saddle(product, drawCount: 20, center: Double(d))
        let moments = product.moments(radius, log: logTilt)
        #expect(abs(moments.distinct - Double(d)) < 1e-4)
        #expect(abs(moments.draws - 20) < 1e-3)
      }
    }
  }

  @Test
  func aTiltFarOutsideTheRangeOfDoubleIsServed() throws {
    // 5000 draws of one class: s is near e^-5000.
    let law = try DistinctLaw(
      law: LabelLaw(try LabelDistribution(counts: [1, 2, 3])), sampling: .withReplacement,
      drawCount: 5000, method: .contour)
    let exact = [1, 2, 3].reduce(0 as Rational) { $0 + Rational($1, 6).power(5000) }
    #expect(try law.pmf(1).enclosure(precision: 60).contains(exact))
  }
}
