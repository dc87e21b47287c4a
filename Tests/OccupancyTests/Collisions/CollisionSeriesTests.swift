// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

@Suite struct CollisionSeriesTests {
  /// Every value at random numbers of negatives of a series holds the fraction, or the sum over the
  /// law of Col. Returns how many were known to 80 bits.
  private func expectEnclosures(
    _ series: CollisionSeries, _ law: LabelLaw, _ sampling: SamplingScheme, _ note: String,
    using random: inout SplitMix64
  ) throws -> Int {
    var known = 0
    let range = series.negativeCounts
    let inside = (0..<3).map { _ in Int.random(in: range, using: &random) }
    for k in [range.lowerBound, range.upperBound] + inside {
      let mixture = CollisionMixture(law, sampling, negativeCount: k)
      let free = try #require(mixture.exactValue(of: 0...0, limit: .infinity))
      let tails = series.tails(k)
      for (word, exact) in [(tails.free, free), (tails.collision, 1 - free)] {
        #expect(word.realEnclosure.contains(exact), "\(note), K = \(k)")
        if word.error.bound < 0x1p-80 { known += 1 }
      }
      let log = series.expectedLog(k)
      let alone = try CollisionExpectedLog(law: mixture).enclosure(precision: 200)
      #expect(log.realEnclosure.contains(alone), "\(note), K = \(k)")
      if log.error.bound < 0x1p-80 { known += 1 }
    }
    return known
  }

  @Test func `values of random laws are held wherever a series begins`() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    var (served, known) = (0, 0)
    for _ in 0..<RandomTests.count(120) {
      let state = random.state
      let largest = [3, 40, 900].randomElement(using: &random) ?? 1
      let sizes = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Int.random(in: 1...largest, using: &random)
      }
      let sampling = SamplingScheme.allCases.randomElement(using: &random) ?? .withReplacement
      let law = LabelLaw(try LabelDistribution(counts: sizes))
      let items = sizes.reduce(0, +) - 1
      let most = sampling == .withReplacement ? 700 : items
      let start = Bool.random(using: &random) ? 0 : Int.random(in: 0...max(0, most), using: &random)
      let mixture = CollisionMixture(law, sampling, negativeCount: start)
      let bits = Int.random(in: 0...6, using: &random)
      guard let order = CollisionSeries.order(.powerOfTwo(bits) * mixture.largestChance),
        sampling == .withReplacement || items - start >= 1 << bits + order,
        let series = CollisionSeries(mixture, lengthBits: bits, order: order)
      else { continue }
      served += 1
      known += try expectEnclosures(
        series, law, sampling, "\(sizes), \(sampling), TEST_SEED=\(state)", using: &random)
    }
    #expect(RandomTests.givenSeed != nil || served > RandomTests.count(40))
    #expect(RandomTests.givenSeed != nil || known > 5 * served)
  }

  @Test func `a low order leaves out no more than it says`() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    // Of rare classes, so that little is left out.
    let law = LabelLaw(try .balanced(classCount: 5000, itemsPerClass: 100))
    for sampling in SamplingScheme.allCases {
      for (start, order) in [(0, 2), (0, 3), (40_000, 1), (40_000, 2), (40_000, 3)] {
        let mixture = CollisionMixture(law, sampling, negativeCount: start)
        let series = try #require(CollisionSeries(mixture, lengthBits: 3, order: order))
        _ = try expectEnclosures(
          series, law, sampling, "\(sampling), from \(start), order \(order)", using: &random)
      }
    }
  }

  @Test func `probabilities with denominators beyond a machine word are served`() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    let unit = Rational(1, 3) / Rational(Integer(10).power(30))
    let law = try LabelLaw(probabilities: [unit, Rational(1, 7), Rational(6, 7) - unit])
    for start in [0, 40] {
      let mixture = CollisionMixture(law, .withReplacement, negativeCount: start)
      let series = try #require(CollisionSeries(mixture, lengthBits: 3, order: 60))
      let known = try expectEnclosures(
        series, law, .withReplacement, "from \(start)", using: &random)
      #expect(known >= 10)
    }
  }

  @Test func `windows and orders beyond what is served are refused`() throws {
    let law = LabelLaw(try .uniform(classCount: 2))
    let mixture = CollisionMixture(law, .withReplacement, negativeCount: 1 << 40)
    #expect(CollisionSeries(mixture, lengthBits: 3, order: 20) == nil)
    #expect(CollisionSeries.order(40) == nil)
    #expect(CollisionSeries.order(8) == 66)
  }
}
