// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

@Suite struct PackCoverageProbabilityTests {
  @Test("A thousand small cases against all outcomes")
  func enumerated() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(1000) {
      let packs = Packs(&random)
      let b = Int.random(in: 1...8, using: &random)
      let exact = packs.coverage(packCount: b)
      let coverage = try PackCoverageProbability(
        classCount: packs.classCount, packSize: packs.packSize, packCount: b,
        requiredCount: packs.requiredCount)
      let precision = Int.random(in: 10...120, using: &random)
      let tails = try coverage.tails(precision: precision)
      let note = "seed \(RandomTests.seed), \(packs), b = \(b)"
      #expect(tails.probability.contains(exact), "\(note)")
      #expect(tails.complement.contains(1 - exact), "\(note)")
      #expect(tails.isWithin(relativePrecision: precision), "\(note)")
      #expect(try coverage.exactValue() == exact, "\(note)")
      #expect(try coverage.value.isExactly(exact) && coverage.complement.isExactly(1 - exact))
    }
  }

  @Test(
    "Published and independent values",
    arguments: [
      (100, 8, 60, "0.5035355754558210829136011"), (980, 7, 1042, "0.5711364488929918951293546"),
    ])
  func values(classCount: Int, packSize: Int, packCount: Int, digits: String) throws {
    let coverage = try PackCoverageProbability(
      classCount: classCount, packSize: packSize, packCount: packCount)
    #expect(try coverage.value.decimal(significantDigits: 25) == digits)
  }

  @Test("Enclosures hold the fraction, where coverage is rare, likely and nearly certain")
  func fractions() throws {
    for (c, k, b) in [
      (60, 4, 15), (60, 4, 20), (60, 4, 60), (60, 4, 400), (60, 59, 3), (300, 3, 110),
    ] {
      let coverage = try PackCoverageProbability(classCount: c, packSize: k, packCount: b)
      let exact = try coverage.exactValue()
      for precision in [8, 60, 300] {
        let tails = try coverage.tails(precision: precision)
        #expect(tails.probability.contains(exact) && tails.complement.contains(1 - exact))
        #expect(tails.isWithin(relativePrecision: precision))
      }
    }
  }

  @Test("Packs of one class are single draws")
  func single() throws {
    for n in [12, 40, 200] {
      let packs = try PackCoverageProbability(classCount: 12, packSize: 1, packCount: n)
      let draws = try CoverageProbability(
        law: LabelLaw(.uniform(classCount: 12)), sampling: .withReplacement, drawCount: n)
      #expect(try packs.exactValue() == draws.exactValue())
    }
  }

  @Test("What cannot be is refused")
  func refused() {
    for (c, k, r, b) in [
      (0, 1, 1, 1), (3, 4, 3, 1), (3, 0, 3, 1), (3, 2, 4, 1), (3, 2, 0, 1), (3, 2, 3, 0),
    ] {
      #expect(throws: DomainError.self) {
        try PackCoverageProbability(classCount: c, packSize: k, packCount: b, requiredCount: r)
      }
    }
    #expect(throws: CapacityError.self) {
      try PackCoverageProbability(classCount: 1_000_000, packSize: 2, packCount: 500_000)
        .tails(precision: 60)
    }
  }
}
