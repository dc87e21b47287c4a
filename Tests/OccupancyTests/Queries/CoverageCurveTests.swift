// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct CoverageCurveTests {
  /// Numbers of draws in turn, shared and alone: the enclosures overlap. Counts how many were shared.
  @discardableResult
  private func expectSame(
    _ law: LabelLaw, _ sampling: SamplingScheme, _ drawCounts: some Sequence<Int>, every: Int
  ) throws -> Int {
    var curve = CoverageCurve(law: law, sampling: sampling)
    var sharedCount = 0
    for (i, n) in drawCounts.enumerated() {
      let shared = try curve.coverage(drawCount: n)
      if shared.isNoted { sharedCount += 1 }
      guard i % every == 0 else { continue }
      let alone = try CoverageProbability(law: law, sampling: sampling, drawCount: n)
      let (a, b) = (try shared.tails(precision: 60), try alone.tails(precision: 120))
      #expect(a.probability.overlaps(b.probability), "n = \(n)")
      #expect(a.complement.overlaps(b.complement), "n = \(n)")
      #expect(a.isWithin(relativePrecision: 60), "n = \(n)")
    }
    return sharedCount
  }

  @Test(arguments: SamplingScheme.allCases)
  func sharedNodesAgreeWithSeparateIntegrals(sampling: SamplingScheme) throws {
    let uniform = LabelLaw(try .balanced(classCount: 30, itemsPerClass: 20))
    #expect(try expectSame(uniform, sampling, 1...400, every: 7) > 250)
    let unequal = LabelLaw(try LabelDistribution(counts: Array(20...40)))
    #expect(try expectSame(unequal, sampling, stride(from: 22, to: 600, by: 3), every: 7) > 100)
  }

  /// The enclosure of the smaller tail lies strictly on one side of the next one's on a whole curve; that of
  /// the larger tail, near 1, at least does not lie on the other.
  @Test
  func coverageIncreasesStrictlyInTheNumberOfDraws() throws {
    for law in [
      LabelLaw(try .uniform(classCount: 50)),
      LabelLaw(try LabelDistribution(counts: [3, 3, 5, 8, 8, 9, 20])),
    ] {
      var curve = CoverageCurve(law: law, sampling: .withReplacement)
      var previous: Tails?
      for n in 1...2500 {
        let tails = try curve.coverage(drawCount: n).tails(precision: 80)
        if let previous, n > law.classCount {
          let isSmall = tails.probability.upper < Real(0.5)
          #expect(
            isSmall
              ? previous.probability.upper < tails.probability.lower
              : previous.complement.lower > tails.complement.upper, "n = \(n)")
          #expect(previous.probability.lower < tails.probability.upper, "n = \(n)")
          #expect(previous.complement.upper > tails.complement.lower, "n = \(n)")
        }
        previous = tails
      }
    }
  }

  /// As above, for a thousand classes up to K = 65535; one expectation, for there are many comparisons.
  @Test
  func aLongCurveIncreasesStrictly() throws {
    let law = LabelLaw(try .uniform(classCount: 1000))
    var curve = CoverageCurve(law: law, sampling: .withReplacement)
    var previous = try curve.coverage(drawCount: 1000).tails(precision: 80)
    var firstDisorder: Int?
    for n in 1001...65_536 {
      let tails = try curve.coverage(drawCount: n).tails(precision: 80)
      let isOrdered =
        tails.probability.upper < Real(0.5)
        ? previous.probability.upper < tails.probability.lower
        : previous.complement.lower > tails.complement.upper
      if !isOrdered { firstDisorder = firstDisorder ?? n }
      previous = tails
    }
    #expect(firstDisorder == nil)
  }
}
