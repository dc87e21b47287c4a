// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct ApproximateProbabilityTests {
  @Test
  func numbersBelowTheRangeOfDoubleKeepSignificandAndLogarithm() throws {
    let v = try CoverageProbability(
      law: LabelLaw(.uniform(classCount: 21_841)), sampling: .withReplacement, drawCount: 60_000)
    let result = try v.approximation()
    #expect(result.value == 0)
    #expect(try v.value.decimal(significantDigits: 2) == "4.0e-702")
    // ln(10) log10(v), rounded.
    let log = try v.log10.enclosure(precision: 60).lower.double() * 2.302_585_092_994_045_7
    #expect(abs(result.logarithm - log) <= result.logarithmError + abs(log) * 0x1p-51)
    #expect(result.logarithmError < 1e-11)
    let miss = try v.approximateComplement()
    #expect(miss.value == 1 && miss.relativeError > 0)
  }

  @Test
  func certainAndImpossibleCoverageIsExact() throws {
    func tails(_ classes: Int, _ draws: Int) throws -> [ApproximateProbability] {
      let v = try CoverageProbability(
        law: LabelLaw(.uniform(classCount: classes)), sampling: .withReplacement, drawCount: draws)
      return [try v.approximation(), try v.approximateComplement()]
    }
    #expect(try tails(3, 2).map(\.value) == [0, 1])
    #expect(try tails(1, 2).map(\.value) == [1, 0])
    #expect(try tails(3, 2).allSatisfy { $0.relativeError == 0 })
    #expect(try tails(3, 2)[0].logarithm == -.infinity)
  }

  @Test
  func unequalClassesAreWithinTheirStatedErrors() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(40) {
      let counts = (0..<Int.random(in: 2...60, using: &random)).map { _ in
        Int(exp2(Double.random(in: 0...8, using: &random)))
      }
      let n = counts.count + Int(exp2(Double.random(in: 0...12, using: &random)))
      let v = try CoverageProbability(
        law: LabelLaw(try LabelDistribution(counts: counts)), sampling: .withReplacement,
        drawCount: n)
      let tails = try v.tails(precision: 100)
      for (result, truth) in [
        (try v.approximation(), tails.probability),
        (try v.approximateComplement(), tails.complement),
      ] {
        #expect(
          UniformApproximationTests.relativeError(result, truth) <= result.relativeError,
          "seed \(RandomTests.seed), \(counts), n = \(n)")
        #expect(result.relativeError < 0x1p-40)
      }
    }
  }

  /// No replacement, forced methods: enclosures, rounded.
  @Test
  func otherLawsRoundTheirEnclosures() throws {
    let unequal = LabelLaw(try LabelDistribution(counts: [1, 2, 3]))
    let cases = [
      try CoverageProbability(
        law: unequal, sampling: .withReplacement, drawCount: 7, method: .inclusionExclusion),
      try CoverageProbability(law: unequal, sampling: .withoutReplacement, drawCount: 4),
      try CoverageProbability(
        law: LabelLaw(.uniform(classCount: 6)), sampling: .withReplacement, drawCount: 8,
        method: .contour),
    ]
    for v in cases {
      let exact = try v.exactValue()
      for (result, truth) in [
        (try v.approximation(), exact), (try v.approximateComplement(), 1 - exact),
      ] {
        let enclosure = Enclosure(truth, precision: 200)
        #expect(
          UniformApproximationTests.relativeError(result, enclosure) <= result.relativeError)
        #expect(result.relativeError < 3e-16)
      }
    }
  }
}
