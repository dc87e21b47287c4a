// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Testing

@testable import Bounds

@Suite struct BoundVerdictTests {
  private func report(
    _ setting: ContrastiveSetting, loss: Rational, _ others: [MeasuredMean: Rational] = [:],
    gap: GapChoice = .published, classMeans: ClassMeansOrigin? = nil
  ) throws -> BoundReport {
    var means: [MeasuredMean: MeasuredQuantity] = [
      .contrastiveLoss: MeasuredQuantity(LinearForm(loss)),
      .gap: MeasuredQuantity(LinearForm(0)),
    ]
    for (mean, value) in others { means[mean] = MeasuredQuantity(LinearForm(value)) }
    return try BoundReport(BoundInputs(setting, means: means, gap: gap, classMeans: classMeans))
  }

  @Test func `the best upper bound is compared with guessing and with the cap`() throws {
    let setting = try uniform(10, 31)
    #expect(try report(setting, loss: Rational(24, 10)).verdict() == .belowChance)
    #expect(try report(setting, loss: Rational(34, 10)).verdict() == .aboveChance)
    #expect(try report(setting, loss: 20).verdict() == .aboveCap)
    #expect(try text(report(setting, loss: 20).chance, 8) == "2.3025851")
  }

  @Test func `of unequal classes the adjusted loss is compared with their entropy`() throws {
    let setting = try finite([1, 9, 90], 200, .withReplacement)
    // ln K - H(rho) + 0.2: L_adj is at most some 0.3, while the bound of L_sup is above ln 3.
    let report = try report(setting, loss: Rational(52, 10))
    let adjusted = try #require(try double(report[.priorAdjustedUpper]))
    #expect(adjusted < (try setting.labelEntropy.double))
    #expect(try value(report[.phiUpper] ?? .infinite) > log3)
    #expect(try report.verdict() == .belowChance)
  }

  private let log3 = 1.0986122886681098

  @Test func `class means of another split stand in, unless the gap is exact`() throws {
    let setting = try finite([5, 5, 5], 8)
    let spread: [MeasuredMean: Rational] = [
      .classSeparation: Rational(1, 2), .betweenClassVariance: Rational(1, 2),
    ]
    let own = try report(setting, loss: 2, spread, classMeans: .validation)
    #expect(own.standIns == [])
    let other = try report(setting, loss: 2, spread)
    #expect(other.standIns.contains(.phiUpper) && other.standIns.contains(.spreadUpper))
    #expect(!other.standIns.contains(.spreadLower) && !other.standIns.contains(.trivialCap))
    let without = try report(setting, loss: 2)
    #expect(without.standIns.contains(.spreadLower))
    let exact = try report(
      setting, loss: 2, spread.merging([.exactGap: 0]) { $1 }, gap: .exact)
    #expect(exact.standIns == [])
  }

  @Test func `a measured loss is between that of no information and the least`() throws {
    let known = try report(uniform(10, 31), loss: Rational(24, 10))
    #expect(try text(known.uninformedContrastiveLoss, 10) == "3.465735903")
    let least = try #require(known.optimalContrastiveLoss)
    #expect(try text(least, 15) == "1.94166781902483")
    #expect(try report(finite([5, 5, 5], 8), loss: 2).optimalContrastiveLoss == nil)
  }
}
