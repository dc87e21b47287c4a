// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct SurvivalTests {
  /// 1 - P(t) by interval arithmetic, at so many bits that whatever cancels does not matter.
  private func missing(
    _ requirement: Requirement, _ sampling: SamplingScheme, time: Rational
  ) -> Enclosure {
    let bits = 2000
    func exponential(_ x: Rational) -> Enclosure {
      Enclosure(x, precision: bits).exponential(precision: bits)
    }
    let first = requirement.parts[0].weight
    let odds = exponential(time / Rational(first)).subtracting(Enclosure(1), precision: bits)
    // Chances of d = 0, 1, ... classes.
    var law = [Enclosure(1)] + Array(repeating: Enclosure(0), count: requirement.classCount)
    for part in requirement.parts {
      let y = Rational(part.weight, first) * time
      var (sum, term) = (Enclosure(0), Enclosure(1))
      for k in 0..<part.copies {
        if k > 0 {
          term =
            sampling == .withReplacement
            ? term.scaled(by: y / Rational(k), precision: bits)
            : term.multiplied(by: odds, precision: bits)
              .scaled(by: Rational(max(part.items - k + 1, 0), k), precision: bits)
        }
        sum = sum.adding(term, precision: bits)
      }
      let short = sum.multiplied(by: exponential(-y), precision: bits)
      let reached = short.complement(precision: bits).nonnegative
      for _ in 0..<part.classCount {
        for d in law.indices.reversed() {
          let more = d > 0 ? law[d - 1].multiplied(by: reached, precision: bits) : Enclosure(0)
          law[d] = law[d].multiplied(by: short, precision: bits).adding(more, precision: bits)
        }
      }
    }
    return law[..<requirement.needed].reduce(Enclosure(0)) { $0.adding($1, precision: bits) }
  }

  @Test(arguments: SamplingScheme.allCases)
  func chancesAreEnclosed(sampling: SamplingScheme) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      let isEven = Int.random(in: 0..<3, using: &random) == 0
      let count = Int.random(in: 1...7, using: &random)
      let size = Int.random(in: 1...30, using: &random)
      let sizes = (0..<count).map { _ in
        isEven ? size : Int.random(in: 1...30, using: &random)
      }
      let copies = sizes.map {
        isEven ? min(size, 2) : Int.random(in: 0...min($0, 3), using: &random)
      }
      guard let most = copies.max(), most > 0 else { continue }
      let required = copies.count { $0 > 0 }
      let goal = try CoverageGoal(
        copiesOfEach: copies, atLeast: Int.random(in: 1...required, using: &random))
      let requirement = try goal.requirement(for: try LabelLaw.counts(sizes))
      let precision = Int.random(in: 64...200, using: &random)
      let survival = Survival(requirement, sampling, precision: precision)
      for time in [Rational(1, 1000), Rational(1, 3), 2, 9, 60, 500] {
        var missing = Accumulator(precision: precision)
        survival.begin(at: RealBall(time, precision: precision))
        let error = survival.evaluate(into: &missing)
        let value = Enclosure(center: missing, radius: error)
        let note = "seed \(RandomTests.seed), \(sizes), \(copies), \(goal), \(time)"
        #expect(value.overlaps(self.missing(requirement, sampling, time: time)), "\(note)")
        #expect(error.approximateLog2 < Double(30 - precision), "\(note)")
      }
    }
  }
}
