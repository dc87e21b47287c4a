// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

struct OccupancyProductTests {
  /// The moments of P(S = a, D = b) = [y^b z^a] H s^b x^a / H(s, x) by its definition: every class
  /// takes k items with the weight binom(w, k) x^k, or (w x)^k/k!, and s once if k > 0.
  @Test(arguments: SamplingScheme.allCases)
  func momentsAreThoseOfTheTiltedLaw(sampling: SamplingScheme) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(40) {
      let weights = (0..<Int.random(in: 2...5, using: &random)).map { _ in
        Int.random(in: 1...9, using: &random)
      }
      let required = Int.random(in: 1...weights.count, using: &random)
      let copies = weights.indices.map { $0 < required ? 1 : 0 }
      let product = try LabelLaw.counts(weights).product(
        sampling, CoverageGoal(copiesOfEach: copies))
      let logTilt = Double.random(in: -3...3, using: &random)
      // The units of the law.
      let x = Double.random(in: 0.02...0.4, using: &random)
      // By the mean, variance and chance of each class, whose draws are independent.
      var (mean, distinct, spread, covariance, distinctVariance) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (w, m) in zip(weights, copies) {
        var terms = [1.0]
        for k in 1...200 {
          let ways = sampling == .withReplacement ? Double(w) : Double(max(w - k + 1, 0))
          terms.append(terms[k - 1] * ways * x / Double(k))
        }
        for k in 1...200 where m == 1 { terms[k] *= exp(logTilt) }
        let all = terms.reduce(0, +)
        func moment(_ value: (Int) -> Double) -> Double {
          terms.indices.reduce(0) { $0 + terms[$1] * value($1) } / all
        }
        let (s, d) = (moment { Double($0) }, m == 1 ? 1 - 1 / all : 0)
        mean += s
        distinct += d
        spread += moment { Double($0 * $0) } - s * s
        covariance += m == 1 ? s - s * d : 0
        distinctVariance += d * (1 - d)
      }
      let unit = product.law.scaledTotal / Double(weights.reduce(0, +))
      let found = product.moments(
        sampling == .withReplacement ? x / unit : x, log: logTilt)
      let note = "seed \(RandomTests.seed), \(weights), \(copies), x = \(x)"
      func expectNear(_ a: Double, _ b: Double) { #expect(abs(a - b) < 1e-9 * (1 + b), "\(note)") }
      expectNear(found.draws, mean)
      expectNear(found.distinct, distinct)
      expectNear(found.distinctVariance, distinctVariance)
      expectNear(found.covariance, covariance)
      expectNear(found.drawsVariance, spread)
    }
  }

  @Test
  func theRestOfTheVarianceIsNotLostWhereAClassTakesThousandsOfDraws() throws {
    // Given D = 4 of 30 classes of 10^6 draws, each takes about 250,000, like a Poisson variable:
    // together 10^6, beside the 2 10^11 that D explains.
    let product = try LabelLaw.counts((0..<30).map { 2000 + 7 * ($0 % 3) }).product(
      .withReplacement)
    let (radius, logTilt) = TiltedSeries.saddle(product, drawCount: 1_000_000, center: 4)
    let moments = product.moments(radius, log: logTilt)
    let explained = moments.covariance * moments.covariance / moments.distinctVariance
    #expect(explained > 1e11)
    #expect(abs(moments.drawsVariance - explained - 1e6) < 1e6)
  }
}
