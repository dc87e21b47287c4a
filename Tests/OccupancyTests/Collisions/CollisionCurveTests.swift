// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

@Suite struct CollisionCurveTests {
  private func texts(_ law: CollisionLaw, _ digits: Int) throws -> [String] {
    try [
      law.probability, law.freeProbability, law.mean, law.expectedLog,
      law.expectedLogGivenCollision ?? ComputableReal(0),
    ].map { try $0.decimal(significantDigits: digits) }
  }

  /// The digits of a list are those of every law alone. Returns how many numbers of negatives a
  /// series served.
  @discardableResult
  private func expectSame(
    _ law: LabelLaw, _ sampling: SamplingScheme, _ negativeCounts: some Sequence<Int>,
    digits: Int = 17, every: Int = 1
  ) throws -> Int {
    var curve = CollisionCurve(law: law, sampling: sampling, significantDigits: digits)
    var served = 0
    for (i, k) in negativeCounts.enumerated() {
      let shared = try curve.collisions(negativeCount: k)
      if curve.series?.negativeCounts.contains(k) == true { served += 1 }
      guard i % every == 0 else { continue }
      let alone = try CollisionLaw(law: law, sampling: sampling, negativeCount: k)
      let (a, b) = (try texts(shared, digits), try texts(alone, digits))
      #expect(a == b, "K = \(k), \(sampling)")
    }
    return served
  }

  @Test(arguments: SamplingScheme.allCases)
  func `rows of a list have the digits of each alone`(sampling: SamplingScheme) throws {
    let imageNet = try #require(LabelLaw.named("imagenet-1k"))
    #expect(try expectSame(imageNet, sampling, 0...4200, every: 600) > 4000)
    let counts = stride(from: 1000, through: 40_000, by: 250)
    #expect(try expectSame(imageNet, sampling, counts, every: 60) > 150)
    let unequal = LabelLaw(try LabelDistribution(counts: [1, 7, 7, 30, 55, 400]))
    #expect(try expectSame(unequal, sampling, 0...400, every: 11) > 100)
    let even = LabelLaw(try .balanced(classCount: 100, itemsPerClass: 100))
    #expect(try expectSame(even, sampling, 0...2000, every: 200) > 1900)
  }

  @Test func `exact decimals keep their form`() throws {
    let ten = try LabelLaw.uniform(classCount: 10)
    #expect(try expectSame(ten, .withReplacement, 0...60) > 50)
    let million = try LabelLaw.uniform(classCount: 1_000_000)
    #expect(try expectSame(million, .withReplacement, 1...40) > 30)
    #expect(try expectSame(ten, .withReplacement, [1, 2, 900, 30, 31], digits: 8) > 0)
  }

  @Test func `digits beyond words are served alone`() throws {
    let law = try LabelLaw.uniform(classCount: 100)
    #expect(try expectSame(law, .withReplacement, 1...12, digits: 30) == 0)
  }

  @Test func `long lists of large numbers begin series in their middle`() throws {
    let law = try LabelLaw.uniform(classCount: 1000)
    let counts = stride(from: 100_000, through: 130_000, by: 100)
    #expect(try expectSame(law, .withReplacement, counts, every: 100) > 250)
    // From the second on, too few of which are in the first half of a series from 0.
    let imageNet = try #require(LabelLaw.named("imagenet-1k"))
    let coarse = stride(from: 2000, through: 60_000, by: 2000)
    #expect(try expectSame(imageNet, .withReplacement, coarse, every: 10) == 29)
    let rare = try LabelLaw.uniform(classCount: 1_000_000_000)
    #expect(try expectSame(rare, .withReplacement, 1...100, every: 9) > 90)
  }

  @Test func `what cannot be drawn is refused by name`() throws {
    var curve = CollisionCurve(
      law: LabelLaw(try LabelDistribution(counts: [2, 3])), sampling: .withoutReplacement)
    #expect(throws: DomainError.self) { try curve.collisions(negativeCount: 5) }
    #expect(throws: DomainError.self) { try curve.collisions(negativeCount: -1) }
  }
}
