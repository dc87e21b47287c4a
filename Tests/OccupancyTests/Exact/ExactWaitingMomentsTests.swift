// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

@Suite struct ExactWaitingMomentsTests {
  @Test func `moments of random laws are those of the definition`() throws {
    try WaitingCase.forEach(40, salt: 101) { example, _ in
      let (mean, square) = example.moments
      let exact = try #require(
        try ExactWaitingMoments(
          example.law.requirement(), sampling: example.sampling, termLimit: 40))
      #expect(exact.mean == mean, "\(example)")
      #expect(exact.variance == square - mean * mean, "\(example)")
    }
  }

  @Test(arguments: [1, 2, 6, 30])
  func `equal classes take C times a harmonic number of draws`(classCount: Int) throws {
    let law = LabelLaw(try .uniform(classCount: classCount))
    let exact = try #require(
      try ExactWaitingMoments(law.requirement(), sampling: .withReplacement, termLimit: 40))
    var (mean, variance): (Rational, Rational) = (0, 0)
    for i in 1...classCount {
      let p = Rational(i, classCount)
      mean += 1 / p
      variance += (1 - p) / (p * p)
    }
    #expect(exact.mean == mean)
    #expect(exact.variance == variance)
  }

  /// Sets are counted by the classes that have enough, for one of nine, or by those that have not.
  @Test(arguments: [1, 4, 5, 6, 9])
  func `sets of items without replacement have the moments that an integral has`(needed: Int)
    throws
  {
    let law = LabelLaw(try LabelDistribution(counts: [30, 31, 31, 40, 40, 40, 45, 50, 60]))
    let requirement = try law.requirement(CoverageGoal(copies: 25, atLeast: needed))
    let exact = try #require(
      ExactWaitingMoments(requirement, sampling: .withoutReplacement, termLimit: 1))
    let moments = try WaitingQuadrature(requirement: requirement, sampling: .withoutReplacement)
      .moments(bits: 300)
    #expect(moments.mean.contains(exact.mean))
    #expect(moments.rising.contains(exact.rising))
    #expect(
      ExactWaitingMoments(requirement, sampling: .withoutReplacement, termLimit: 1, within: 1e-4)
        == nil)
  }

  @Test func `too many terms give nothing`() throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2, 4, 8, 16]))
    let all = try law.requirement()
    #expect(ExactWaitingMoments(all, sampling: .withReplacement, termLimit: 32) != nil)
    #expect(ExactWaitingMoments(all, sampling: .withReplacement, termLimit: 31) == nil)
  }
}
