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
    let law = try LabelLaw.uniform(classCount: 3)
    let all = try law.requirement()
    #expect(all.isSingle && all.isComplete && all.isFull && all.isEven)
    let three = try law.requirement(CoverageGoal(atLeast: 3))
    #expect(three.isSingle && three.isComplete)
    let two = try law.requirement(CoverageGoal(atLeast: 2))
    #expect(two.isSingle && !two.isComplete)
    let twice = try law.requirement(CoverageGoal(copies: 2))
    #expect(!twice.isSingle && twice.isComplete)
  }

  @Test(arguments: [0, -1, CoverageGoal.copiesLimit + 1])
  func copiesOutOfRangeAreRefused(copies: Int) {
    #expect(throws: DomainError.self) { try CoverageGoal(copies: copies) }
  }

  @Test(arguments: [100_000_001, 1_000_000_000_000_000_000])
  func copiesOfMoreClassesThanCanBeCountedAreRefused(classes: Int) throws {
    let law = LabelLaw(try .uniform(classCount: classes))
    for goal in [try CoverageGoal(copies: 100), try CoverageGoal(atLeast: 5)] {
      #expect(throws: DomainError.self) {
        try WaitingTime(law: law, sampling: .withReplacement, goal: goal)
      }
    }
    #expect(throws: Never.self) { try WaitingTime(law: law, sampling: .withReplacement) }
  }

  @Test
  func aNumberOfClassesIsPositiveAndAtMostThatOfTheLaw() throws {
    #expect(throws: DomainError.self) { try CoverageGoal(atLeast: 0) }
    let law = LabelLaw(try .uniform(classCount: 3))
    let goal = try CoverageGoal(atLeast: 4)
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

  @Test
  func numbersOfCopiesForEachClassAreInRangeAndNotAllZero() throws {
    for copies in [[], [0], [0, 0, 0], [1, -1], [101, 1], [-1]] {
      let error = #expect(throws: DomainError.self) { try CoverageGoal(copiesOfEach: copies) }
      #expect(error?.parameter == "copies", "\(copies)")
    }
    #expect(throws: DomainError.self) { try CoverageGoal(copiesOfEach: [1, 0], atLeast: 0) }
    #expect(throws: Never.self) { try CoverageGoal(copiesOfEach: [0, 100]) }
  }

  @Test
  func requiredClassesAreOneAtLeastAndComeOnceAtLeast() {
    for required in [0, -1] {
      let error = #expect(throws: DomainError.self) { try CoverageGoal(required: required) }
      #expect(error?.parameter == "required")
    }
    for copies in [0, 101] {
      let error = #expect(throws: DomainError.self) {
        try CoverageGoal(required: 2, copies: copies)
      }
      #expect(error?.parameter == "copies")
    }
  }

  @Test
  func aGoalOutOfReachIsRefusedWithoutReplacement() throws {
    let law = try LabelLaw.counts([1, 2, 5])
    let goal = try CoverageGoal(copiesOfEach: [2, 0, 1])
    #expect(throws: DomainError.self) { try goal.checkReach(law, .withoutReplacement) }
    #expect(throws: Never.self) { try goal.checkReach(law, .withReplacement) }
    let one = try CoverageGoal(copiesOfEach: [2, 0, 1], atLeast: 1)
    #expect(throws: Never.self) { try one.checkReach(law, .withoutReplacement) }
  }
}
