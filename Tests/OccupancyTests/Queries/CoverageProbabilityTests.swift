// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy
import Randomness
import TestSupport
import Testing

struct CoverageProbabilityTests {
  /// Values made with exact rationals elsewhere; digits as printed there.
  struct Known: Sendable {
    let classes: Int
    let draws: Int
    let value: String
    let complement: String?

    static let all = [
      Known(10, 32, "0.690975632446819624274950419840", "0.30902436755318037573"),
      Known(10, 128, "0.999986099172493186529722253455", "1.3900827506813470278e-5"),
      Known(10, 512, "0.999999999999999999999962660815", "3.7339184874102004353e-23"),
      Known(100, 128, "1.50362050781977995151177991975e-22", nil),
      Known(100, 256, "1.23291229559129760573918410034e-4", nil),
      Known(100, 512, "0.552681043728518635432478863755", nil),
      Known(100, 1024, "0.996613254734467395154451542417", "3.3867452655326048455e-3"),
      Known(1000, 7709, "0.638959894285267258190358264079", nil),
    ]

    init(_ classes: Int, _ draws: Int, _ value: String, _ complement: String?) {
      (self.classes, self.draws, self.value, self.complement) = (classes, draws, value, complement)
    }

    var significantDigits: (Int, Int) {
      func count(_ text: String) -> Int {
        let digits = text.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }
        return digits.count
      }
      return (count(value), complement.map(count) ?? 0)
    }
  }

  @Test(arguments: Known.all, OccupancyMethod.allCases)
  func everyMethodPrintsTheKnownDigits(known: Known, method: OccupancyMethod) throws {
    // The recurrence takes 7.7 million updates here, seconds without optimization.
    if method == .stirling && known.classes == 1000 { return }
    let law = LabelLaw(try .uniform(classCount: known.classes))
    let v = try CoverageProbability(
      law: law, sampling: .withReplacement, drawCount: known.draws, method: method)
    let (digits, complementDigits) = known.significantDigits
    let printed = try Rational(parsing: v.value.decimal(significantDigits: digits))
    #expect(try printed == Rational(parsing: known.value))
    if let complement = known.complement {
      let printed = try Rational(
        parsing: v.complement.decimal(significantDigits: complementDigits))
      #expect(try printed == Rational(parsing: complement))
    }
  }

  @Test
  func theEnclosuresOfAllMethodsContainTheEnumeratedProbability() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(2000) {
      let item = SmallCase(&random)
      let exact = item.outcomes.probability { counts in counts.allSatisfy { $0 > 0 } }
      let precision = Int.random(in: 8...200, using: &random)
      for method in OccupancyMethod.allCases {
        let v = try CoverageProbability(
          law: LabelLaw(item.distribution), sampling: item.sampling, drawCount: item.drawCount,
          method: method)
        let tails = try v.tails(precision: precision)
        let note = "seed \(RandomTests.seed), \(item), \(method), \(precision) bits"
        #expect(tails.probability.contains(exact), "\(note)")
        #expect(tails.complement.contains(1 - exact), "\(note)")
        #expect(tails.probability.isWithin(relativePrecision: precision), "\(note)")
        #expect(tails.complement.isWithin(relativePrecision: precision), "\(note)")
        #expect(try v.exactValue() == exact, "\(note)")
      }
    }
  }

  @Test
  func aLawOfProbabilitiesIsTheLawOfItsProportionalSizes() throws {
    let law = try LabelLaw(probabilities: [Rational(1, 2), Rational(1, 3), Rational(1, 6)])
    let sizes = LabelLaw(try LabelDistribution(counts: [3, 2, 1]))
    for n in 3...20 {
      let a = try CoverageProbability(law: law, sampling: .withReplacement, drawCount: n)
      let b = try CoverageProbability(law: sizes, sampling: .withReplacement, drawCount: n)
      #expect(try a.exactValue() == b.exactValue())
      #expect(try a.tails(precision: 100).probability.contains(b.exactValue()))
    }
  }

  @Test
  func probabilitiesWithLongDenominatorsTakeExponentials() throws {
    // 89 bits of denominator: no ladder of powers.
    let big = Integer(3).power(56)
    let p = Rational(Integer(3).power(55) + 1, big)
    let q = Rational(Integer(3).power(54) - 7, big)
    let law = try LabelLaw(probabilities: [p, q, 1 - p - q])
    let v = try CoverageProbability(
      law: law, sampling: .withReplacement, drawCount: 9, method: .contour)
    #expect(try v.tails(precision: 120).probability.contains(v.exactValue()))
  }

  @Test
  func fewerDrawsThanClassesNeverCover() throws {
    let law = LabelLaw(try .uniform(classCount: 10))
    let v = try CoverageProbability(law: law, sampling: .withReplacement, drawCount: 9)
    #expect(try v.value.decimal(significantDigits: 5) == "0")
    #expect(try v.complement.decimal(significantDigits: 5) == "1")
    #expect(v.log10.isNegativeInfinity)
    #expect(try v.log10Complement.decimal(significantDigits: 5) == "0")
  }

  @Test
  func oneClassIsAlwaysCovered() throws {
    let law = LabelLaw(try .uniform(classCount: 1))
    let v = try CoverageProbability(law: law, sampling: .withReplacement, drawCount: 1)
    #expect(try v.value.decimal(significantDigits: 5) == "1")
    #expect(v.log10Complement.isNegativeInfinity)
  }

  @Test
  func withoutReplacementCoverageIsCertainOnceTheOtherClassesCannotHoldTheDraws() throws {
    let law = LabelLaw(try LabelDistribution(counts: [3, 4, 5]))
    for (n, certain) in [(8, false), (9, false), (10, true), (12, true)] {
      let v = try CoverageProbability(law: law, sampling: .withoutReplacement, drawCount: n)
      #expect(try (v.value.decimal(significantDigits: 3) == "1") == certain)
    }
    let last = try CoverageProbability(law: law, sampling: .withoutReplacement, drawCount: 9)
    #expect(try last.exactValue() == 1 - Rational(1, 220))
  }

  @Test
  func theSmallestNumberOfDrawsThatCanCoverHasAClosedForm() throws {
    for method in OccupancyMethod.allCases {
      let v = try CoverageProbability(
        law: LabelLaw(try LabelDistribution(counts: [1, 2, 3])), sampling: .withReplacement,
        drawCount: 3, method: method)
      // 3! (1 2 3) / 6^3
      #expect(try v.value.exact ?? v.exactValue() == Rational(1, 6))
      #expect(try v.value.decimal(significantDigits: 20) == "0.16666666666666666667")
    }
  }

  @Test
  func logarithmsKeepTheirDigitsAtBothEnds() throws {
    let law = LabelLaw(try .uniform(classCount: 1000))
    let rare = try CoverageProbability(law: law, sampling: .withReplacement, drawCount: 1100)
    let log = try rare.log10.decimal(significantDigits: 30)
    let more = try rare.log10.decimal(significantDigits: 60)
    #expect(more.hasPrefix(log.dropLast(2)))
    let sure = try CoverageProbability(law: law, sampling: .withReplacement, drawCount: 200_000)
    #expect(try sure.value.decimal(significantDigits: 10) == "1.000000000")
    // T_1 = 1000 (0.999)^200000, T_2 < T_1^2: below 10^-84 of it.
    #expect(
      try sure.complement.decimal(significantDigits: 40)
        == "1.252117820117318581526168005789467913833e-84")
    #expect(
      try sure.log10Complement.decimal(significantDigits: 20) == "-83.902354803538261293")
  }

  @Test
  func moreDigitsExtendTheOldOnes() throws {
    let law = LabelLaw(try LabelDistribution(counts: [5, 7, 7, 9, 30]))
    for sampling in SamplingScheme.allCases {
      for method in [OccupancyMethod.contour, .inclusionExclusion] {
        let v = try CoverageProbability(
          law: law, sampling: sampling, drawCount: 20, method: method)
        let short = try v.value.decimal(significantDigits: 100)
        let long = try v.value.decimal(significantDigits: 1000)
        #expect(long.hasPrefix(short.dropLast(3)))
      }
    }
  }

  @Test
  func argumentsOutOfRangeAreNamed() throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2]))
    #expect(throws: DomainError.self) {
      try CoverageProbability(law: law, sampling: .withReplacement, drawCount: 0)
    }
    #expect(throws: DomainError.self) {
      try CoverageProbability(law: law, sampling: .withoutReplacement, drawCount: 4)
    }
    let infinite = LabelLaw(try .uniform(classCount: 2))
    let error = #expect(throws: DomainError.self) {
      try CoverageProbability(law: infinite, sampling: .withoutReplacement, drawCount: 1)
    }
    #expect(error?.parameter == "sampling")
  }
}
