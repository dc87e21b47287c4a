// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct RequirementTests {
  /// What goals say of a class, by the order in which the law was given.
  @Test
  func countsKeepTheOrderThatGoalsReferTo() throws {
    let law = try LabelLaw.counts([5, 2, 9, 2])
    let requirement = try law.requirement(CoverageGoal(copiesOfEach: [1, 2, 0, 3]))
    let parts = requirement.parts.map { [$0.weight.int ?? 0, $0.copies, $0.classCount] }
    #expect(parts == [[2, 2, 1], [2, 3, 1], [5, 1, 1]])
    #expect(requirement.free.map(\.weight.int) == [9])
    #expect(requirement.freeWeight == 9 && requirement.totalCopies == 6)
    let first = try law.requirement(CoverageGoal(required: 2))
    #expect(first.parts.map(\.weight.int) == [2, 5])
    #expect(first.freeWeight == 11 && first.classCount == 2)
  }

  @Test
  func groupsOfCountsKeepTheirOrderToo() throws {
    let law = try LabelLaw.counts([
      .init(size: 7, classCount: 2), .init(size: 3, classCount: 3), .init(size: 7, classCount: 1),
    ])
    #expect(law.groups.map(\.classCount) == [3, 3])
    // Two of seven and one of three.
    let requirement = try law.requirement(CoverageGoal(required: 3))
    #expect(requirement.parts.map(\.weight.int) == [3, 7])
    #expect(requirement.parts.map(\.classCount) == [1, 2])
    #expect(requirement.free.map(\.classCount) == [2, 1])
  }

  @Test
  func probabilitiesKeepTheirOrderAndTheBlankItsWeight() throws {
    let law = try LabelLaw(
      probabilities: [Rational(1, 2), Rational(1, 6), Rational(1, 12)], blank: true)
    #expect(law.hasBlank && law.blankWeight == 3 && law.total == 12 && !law.isUniform)
    let requirement = try law.requirement(CoverageGoal(required: 1))
    #expect(requirement.parts.map(\.weight.int) == [6])
    #expect(requirement.freeWeight == 6)
    #expect(try !LabelLaw(probabilities: [Rational(1, 2), Rational(1, 2)], blank: true).hasBlank)
    for wrong in [[Rational(1, 2), Rational(2, 3)], []] {
      #expect(throws: DomainError.self) { try LabelLaw(probabilities: wrong, blank: true) }
    }
    #expect(throws: DomainError.self) { try LabelLaw(probabilities: [Rational(1, 2)]) }
  }

  /// The same goal and law in two orders.
  @Test
  func theOrderOfTheClassesDoesNotMatterToTheProbability() throws {
    let values = try [([5, 2, 9, 2], [1, 2, 0, 3]), ([2, 9, 2, 5], [3, 0, 2, 1])].map {
      try CoverageProbability(
        law: .counts($0), sampling: .withReplacement, drawCount: 11,
        goal: CoverageGoal(copiesOfEach: $1)
      ).exactValue()
    }
    #expect(values[0] == values[1])
    let other = try CoverageProbability(
      law: .counts([5, 2, 9, 2]), sampling: .withReplacement, drawCount: 11,
      goal: CoverageGoal(copiesOfEach: [2, 1, 0, 3])
    ).exactValue()
    #expect(other != values[0])
  }

  @Test
  func theFewestAndTheMostDrawsFollowFromTheCopies() throws {
    let law = try LabelLaw.counts([5, 2, 9, 2])
    let goal = try CoverageGoal(copiesOfEach: [4, 2, 0, 3], atLeast: 1)
    let requirement = try law.requirement(goal)
    // Two items never come three times without replacement.
    #expect(requirement.reachableCount(.withoutReplacement) == 2)
    #expect(requirement.leastDraws(.withoutReplacement) == 2)
    // All of 9 and of the third two, one of two, three of five.
    #expect(requirement.failureLimit(.withoutReplacement) == 9 + 2 + 1 + 3)
    #expect(requirement.failureLimit(.withReplacement) == nil)
    #expect(requirement.certainty(drawCount: 16, .withoutReplacement) == true)
    #expect(requirement.certainty(drawCount: 15, .withoutReplacement) == nil)
    #expect(requirement.certainty(drawCount: 1, .withoutReplacement) == false)
  }

  private func parameter(_ law: LabelLaw, _ goal: CoverageGoal) throws -> String? {
    let error = #expect(throws: DomainError.self) { try law.requirement(goal) }
    return error?.parameter
  }

  @Test
  func aGoalThatDoesNotFitTheLawIsRefusedByName() throws {
    let law = try LabelLaw.counts([5, 2, 9])
    #expect(try parameter(law, CoverageGoal(required: 4)) == "required")
    for copies in [[1, 1], [1, 2, 1, 1], [1, 1, 1, 0]] {
      #expect(try parameter(law, CoverageGoal(copiesOfEach: copies)) == "copiesOfEach")
    }
    #expect(try parameter(law, CoverageGoal(atLeast: 4)) == "atLeast")
    #expect(try parameter(law, CoverageGoal(required: 2, atLeast: 3)) == "atLeast")
    #expect(try parameter(law, CoverageGoal(copiesOfEach: [1, 0, 1], atLeast: 3)) == "atLeast")
  }

  @Test
  func oneNumberOfCopiesForManyClassesIsRefused() throws {
    let law = try LabelLaw.counts([5, 2, 9])
    #expect(try parameter(law, CoverageGoal(copiesOfEach: [2])) == "copiesOfEach")
    #expect(try LabelLaw.counts([5]).requirement(CoverageGoal(copiesOfEach: [2])).totalCopies == 2)
  }

  /// The value that a message names is that of the parameter.
  @Test
  func refusalsNameTheNumberThatWasGiven() throws {
    let law = try LabelLaw.counts([5, 2, 9])
    let many = #expect(throws: DomainError.self) {
      try law.requirement(CoverageGoal(copiesOfEach: [1, 1, 1, 1, 1]))
    }
    #expect(many?.value == "5")
    let few = #expect(throws: DomainError.self) {
      try law.requirement(CoverageGoal(copiesOfEach: [1, 1]))
    }
    #expect(few?.value == "2")
  }
}
