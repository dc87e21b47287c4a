// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Randomness
import TestSupport
import Testing

@testable import Bounds

/// All bounds against all losses of random finite models, summed exactly over all outcomes.
@Suite struct EnumeratedModelTests {
  @Test("No bound is violated, by either form of the gap", arguments: 0..<20)
  func bounds(batch: Int) throws {
    let seed = RandomTests.seed &+ UInt64(batch)
    var generator = SplitMix64(seed: seed)
    let sampling = SamplingScheme.allCases[batch % 2]
    for index in 0..<RandomTests.count(10) {
      let model = EnumeratedModel(
        isUniform: batch / 2 % 2 == 0, sampling: sampling, generator: &generator)
      let measurement = try model.measurement()
      // The models' means are exact up to three standard errors, so any violation is one.
      let context: Comment = "seed \(seed), model \(index): \(model)"
      for gap in Self.gaps(index) {
        let report = try BoundReport(BoundInputs(measurement, gap: gap))
        #expect(try report.violated() == [], context)
        #expect(report[.phiUpper]?.value != nil, context)
        #expect(report[.priorAdjustedUpper]?.value != nil, context)
        #expect(report.standIns == [], context)
        try check(report, isIndependent: sampling == .withReplacement, context)
      }
    }
  }

  /// Every model with one form of the gap at least.
  private static func gaps(_ index: Int) -> [GapChoice] {
    let first: [GapChoice] = [index % 2 == 0 ? .convex : .exact]
    return first + (index % 5 == 0 ? [.published] : [])
  }

  /// Each of these bounds, 3 % sharper, is violated by some model: none is far from what is true.
  @Test func `bounds that are 3 percent too sharp are caught`() throws {
    var generator = SplitMix64(seed: RandomTests.seed)
    let names = [
      BoundName.spreadLower, .spreadUpper, .priorAdjustedLower, .priorAdjustedUpper, .phiUpper,
    ]
    var caught: [BoundName: Int] = [:]
    for index in 0..<200 where names.contains(where: { caught[$0] ?? 0 < 3 }) {
      let model = EnumeratedModel(
        isUniform: index % 2 == 0, sampling: SamplingScheme.allCases[index / 2 % 2],
        generator: &generator)
      let report = try BoundReport(BoundInputs(model.measurement(), gap: .exact))
      for theorem in Theorems.all.map({ $0.statement }) {
        guard let bound = try double(report[theorem.name]),
          let loss = try theorem.quantity.measured(in: report.inputs)?.value.number.double
        else { continue }
        let isCaught = theorem.side == .upper ? bound * 0.97 < loss : bound * 1.03 > loss
        if isCaught { caught[theorem.name, default: 0] += 1 }
      }
    }
    for name in names {
      #expect(caught[name] ?? 0 >= 3, "\(name): \(caught)")
    }
  }

  /// The order of the bounds that is a theorem, up to what a certified line may lose.
  private func check(_ report: BoundReport, isIndependent: Bool, _ context: Comment) throws {
    let phi = try #require(try double(report[.phiUpper]))
    for name in [
      BoundName.curlCoverageFreeUpper, .couponCoverageFreeUpper, .ashUpper, .phiCapUpper,
    ] {
      guard let other = try double(report[name]) else { continue }
      #expect(phi <= other + 1e-10, "\(name) \(context)")
    }
    if let spread = try double(report[.spreadUpper]) { #expect(spread <= phi + 1e-10, context) }
    if isIndependent {
      let bound = try #require(try double(report[.baoLower]))
      let loss = try #require(try report.inputs[.supervisedLoss]?.value.number.double)
      #expect(bound <= loss + 1e-9, context)
    }
  }
}
