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
    for index in 0..<RandomTests.count(50) {
      let model = EnumeratedModel(
        isUniform: batch / 2 % 2 == 0, sampling: sampling, generator: &generator)
      let measurement = try model.measurement()
      // The models' means are exact up to three standard errors, so any violation is one.
      let report = try BoundReport(BoundInputs(measurement, gap: .convex))
      let context: Comment = "seed \(seed), model \(index): \(model)"
      #expect(try report.violated() == [], context)
      #expect(report[.phiUpper]?.value != nil, context)
      try check(report, isIndependent: sampling == .withReplacement, context)
      if index % 5 == 0 {
        let published = try BoundReport(BoundInputs(measurement, gap: .published))
        #expect(try published.violated() == [], context)
      }
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
    if isIndependent {
      let bound = try #require(try double(report[.baoLower]))
      let loss = try #require(try report.inputs[.supervisedLoss]?.value.number.double)
      #expect(bound <= loss + 1e-9, context)
    }
  }
}
