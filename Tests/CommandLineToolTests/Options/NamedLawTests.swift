// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy
import Testing

@testable import CommandLineTool

@Suite struct NamedLawTests {
  @Test("A law of probabilities has no class sizes")
  func probabilities() throws {
    let law = NamedLaw(
      name: "p", law: try LabelLaw(probabilities: [Rational(1, 2), Rational(1, 2)]))
    #expect((law.law.classCount, law.law.itemCount) == (2, nil))
  }

  @Test("A built-in law keeps its name and sizes", arguments: BuiltInLaw.all)
  func builtIn(law: BuiltInLaw) {
    let named = NamedLaw(law)
    #expect(named.name == law.name)
    #expect(named.law.classCount == law.classes)
    #expect(named.law.itemCount == law.items)
  }
}
