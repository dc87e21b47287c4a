// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

struct CoverageGoalTests {
  @Test
  func theDefaultIsEveryClassOnce() throws {
    #expect(try CoverageGoal() == .everyClassOnce)
    let law = LabelLaw(try .uniform(classCount: 3))
    #expect(CoverageGoal.everyClassOnce.isPlain(for: law))
    #expect(try CoverageGoal(classCount: 3).isPlain(for: law))
    #expect(try !CoverageGoal(classCount: 2).isPlain(for: law))
    #expect(try !CoverageGoal(copies: 2).isPlain(for: law))
    #expect(try CoverageGoal(copies: 2).isComplete(for: law))
  }

  @Test(arguments: [0, -1, CoverageGoal.copiesLimit + 1])
  func copiesOutOfRangeAreRefused(copies: Int) {
    #expect(throws: DomainError.self) { try CoverageGoal(copies: copies) }
  }

  @Test(arguments: [100_000_001, 1_000_000_000_000_000_000])
  func copiesOfMoreClassesThanCanBeCountedAreRefused(classes: Int) throws {
    let law = LabelLaw(try .uniform(classCount: classes))
    for goal in [try CoverageGoal(copies: 100), try CoverageGoal(classCount: 5)] {
      #expect(throws: DomainError.self) {
        try WaitingTime(law: law, sampling: .withReplacement, goal: goal)
      }
    }
    #expect(throws: Never.self) { try WaitingTime(law: law, sampling: .withReplacement) }
  }

  @Test
  func aNumberOfClassesIsPositiveAndAtMostThatOfTheLaw() throws {
    #expect(throws: DomainError.self) { try CoverageGoal(classCount: 0) }
    let law = LabelLaw(try .uniform(classCount: 3))
    let goal = try CoverageGoal(classCount: 4)
    #expect(throws: DomainError.self) {
      try CoverageProbability(law: law, sampling: .withReplacement, drawCount: 5, goal: goal)
    }
  }

  @Test
  func inclusionExclusionServesSingleCopiesOnly() throws {
    let law = LabelLaw(try .uniform(classCount: 3))
    #expect(throws: DomainError.self) {
      try CoverageProbability(
        law: law, sampling: .withReplacement, drawCount: 5, method: .inclusionExclusion,
        goal: CoverageGoal(copies: 2))
    }
  }
}
