// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy
import Testing

@testable import CommandLineTool

@Suite struct PublishedCoverageTests {
  @Test("Every published value is a probability of a built-in law and a number")
  func values() throws {
    for item in PublishedCoverage.all {
      #expect(BuiltInLaw.named(item.dataset) != nil)
      let value = try Rational(parsing: item.value)
      #expect(value >= 0 && value <= 1)
    }
  }

  @Test("What was printed to two decimals is right to two decimals but for CIFAR-100 at 512 draws")
  func rounded() throws {
    for item in PublishedCoverage.all where item.source == .table {
      let law = NamedLaw(try #require(BuiltInLaw.named(item.dataset)))
      let exact = try CoverageProbability(
        law: law.law, sampling: .withReplacement, drawCount: item.drawCount
      ).exactValue()
      let error = (try Rational(parsing: item.value) - exact).magnitude
      let isSimulated = item.dataset == "cifar-100" && item.drawCount == 512
      #expect((error <= Rational(1, 200)) == !isSimulated, "\(item)")
    }
  }
}
