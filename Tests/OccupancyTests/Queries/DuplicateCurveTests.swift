// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

@Suite struct DuplicateCurveTests {
  /// How many numbers of draws circles have served.
  private struct Shared {
    var duplicates = 0
    var singletons = 0

    mutating func count(_ duplicate: DuplicateProbability, _ singleton: SingletonProbability) {
      if duplicate.isNoted { duplicates += 1 }
      if singleton.isNoted { singletons += 1 }
    }
  }

  @Test(arguments: SamplingScheme.allCases)
  func `values of random laws hold the fractions`(sampling: SamplingScheme) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    var shared = Shared()
    for _ in 0..<RandomTests.count(25) {
      let state = random.state
      let sizes = (0..<Int.random(in: 9...16, using: &random)).map { _ in
        Int.random(in: 1...7, using: &random)
      }
      let (law, step) = (try LabelLaw.counts(sizes), Int.random(in: 1...2, using: &random))
      let last = sampling == .withReplacement ? 50 : sizes.reduce(0, +)
      var curve = DuplicateCurve(law: law, sampling: sampling)
      for n in stride(from: 1, through: last, by: step) {
        let duplicate = try curve.duplicate(drawCount: n)
        let singleton = try curve.singleton(drawCount: n)
        shared.count(duplicate, singleton)
        for event in [duplicate, singleton] as [any CertifiedProbability] {
          let (tails, exact) = (try event.tails(precision: 81), try event.exactValue())
          let isHeld = tails.probability.contains(exact) && tails.complement.contains(1 - exact)
          #expect(
            isHeld && tails.isWithin(relativePrecision: 81),
            "\(type(of: event)) of \(sizes), \(sampling), n = \(n), TEST_SEED=\(state)")
        }
      }
    }
    #expect(RandomTests.givenSeed != nil || shared.duplicates > RandomTests.count(15))
    #expect(RandomTests.givenSeed != nil || shared.singletons > RandomTests.count(150))
  }

  /// Counts how many of the numbers were shared.
  private func expectSame(
    _ law: LabelLaw, _ sampling: SamplingScheme, _ drawCounts: some Sequence<Int>,
    digits: Int = 17, every: Int
  ) throws -> Shared {
    var curve = DuplicateCurve(law: law, sampling: sampling, significantDigits: digits)
    var shared = Shared()
    for (i, n) in drawCounts.enumerated() {
      let duplicate = try curve.duplicate(drawCount: n)
      let singleton = try curve.singleton(drawCount: n)
      shared.count(duplicate, singleton)
      guard i % every == 0 else { continue }
      let alone = (
        try DuplicateProbability(law: law, sampling: sampling, drawCount: n),
        try SingletonProbability(law: law, sampling: sampling, drawCount: n)
      )
      func texts(_ values: [ComputableReal]) throws -> [String] {
        try values.map { try $0.decimal(significantDigits: digits) }
      }
      #expect(
        try texts([duplicate.value, duplicate.complement, singleton.value])
          == texts([alone.0.value, alone.0.complement, alone.1.value]), "\(sampling), n = \(n)")
    }
    return shared
  }

  @Test(arguments: SamplingScheme.allCases)
  func `rows of a list have the digits of each alone`(sampling: SamplingScheme) throws {
    let imageNet = try #require(LabelLaw.named("imagenet-1k"))
    let shared = try expectSame(imageNet, sampling, 1...2000, every: 90)
    #expect(shared.duplicates > 900 && shared.singletons > 1900)
    let coarse = try expectSame(imageNet, sampling, stride(from: 10, to: 900, by: 9), every: 13)
    #expect(coarse.duplicates > 80 && coarse.singletons > 80)
  }

  @Test func `rare singletons, equal classes and many digits are computed alone`() throws {
    let four = try LabelLaw.counts([3, 4, 5, 6])
    let rare = try expectSame(four, .withReplacement, 500...540, every: 10)
    #expect(rare.singletons == 0)
    let even = try LabelLaw.uniform(classCount: 50)
    let closed = try expectSame(even, .withReplacement, 1...60, every: 20)
    #expect(closed.duplicates == 0 && closed.singletons > 40)
    let imageNet = try #require(LabelLaw.named("imagenet-1k"))
    let long = try expectSame(imageNet, .withReplacement, 100...110, digits: 30, every: 5)
    #expect(long.duplicates == 0 && long.singletons == 0)
    // Classes of two items leave only even numbers without a singleton.
    let pairs = try LabelLaw.counts([2, 2, 2, 1, 1, 2])
    let few = try expectSame(pairs, .withoutReplacement, 1...10, every: 1)
    #expect(few.singletons == 0)
  }
}
