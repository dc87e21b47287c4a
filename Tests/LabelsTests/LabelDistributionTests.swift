// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

private typealias Group = LabelDistribution.ClassGroup

@Suite struct LabelDistributionTests {
  @Test func `a uniform law has equally likely classes and no items`() throws {
    let law = try LabelDistribution.uniform(classCount: 7)
    #expect(law.groups == [Group(size: 1, classCount: 7)])
    #expect(law.classCount == 7)
    #expect(law.itemCount == nil)
    #expect(law.isUniform)
    #expect(law.smallestClass == nil)
    #expect(law.largestClass == nil)
  }

  @Test func `a uniform law may have as many classes as an integer can count`() throws {
    #expect(try LabelDistribution.uniform(classCount: .max).classCount == .max)
  }

  @Test func `a balanced law has the same number of items in each class`() throws {
    let law = try LabelDistribution.balanced(classCount: 10, itemsPerClass: 5_000)
    #expect(law.groups == [Group(size: 5_000, classCount: 10)])
    #expect(law.itemCount == 50_000)
    #expect(law.isUniform)
    #expect(law.smallestClass == 5_000)
    #expect(law.largestClass == 5_000)
  }

  @Test func `one item a class is a finite law, not the uniform one`() throws {
    let finite = try LabelDistribution.balanced(classCount: 3, itemsPerClass: 1)
    #expect(try finite != .uniform(classCount: 3))
    #expect(try finite == LabelDistribution(counts: [1, 1, 1]))
  }

  @Test func `counts are grouped by size in ascending order`() throws {
    let law = try LabelDistribution(counts: [5, 2, 9, 5, 2, 5])
    #expect(
      law.groups == [
        Group(size: 2, classCount: 2), Group(size: 5, classCount: 3), Group(size: 9, classCount: 1),
      ])
    #expect(law.classCount == 6)
    #expect(law.itemCount == 28)
    #expect(!law.isUniform)
    #expect(law.smallestClass == 2)
    #expect(law.largestClass == 9)
  }

  @Test func `groups are sorted, and those of the same size merged`() throws {
    let law = try LabelDistribution(groups: [
      Group(size: 5, classCount: 1), Group(size: 2, classCount: 2), Group(size: 5, classCount: 2),
    ])
    #expect(try law == LabelDistribution(counts: [2, 2, 5, 5, 5]))
    #expect(Set([law, try LabelDistribution(counts: [5, 5, 2, 5, 2])]).count == 1)
  }

  @Test func `one class is a law`() throws {
    let law = try LabelDistribution(counts: [3])
    #expect(law.classCount == 1)
    #expect(law.isUniform)
  }

  @Test func `the largest integer is a possible number of items`() throws {
    #expect(try LabelDistribution(counts: [.max - 1, 1]).itemCount == .max)
    #expect(try LabelDistribution.balanced(classCount: .max, itemsPerClass: 1).itemCount == .max)
  }

  @Test(arguments: [0, -1, Int.min])
  func `a number of classes or items below 1 is refused`(value: Int) {
    expect("classCount must be at least 1, but is \(value)") { () throws(LabelError) in
      try .uniform(classCount: value)
    }
    expect("classCount must be at least 1, but is \(value)") { () throws(LabelError) in
      try .balanced(classCount: value, itemsPerClass: 0)
    }
    expect("itemsPerClass must be at least 1, but is \(value)") { () throws(LabelError) in
      try .balanced(classCount: 2, itemsPerClass: value)
    }
    expect("counts[2] must be at least 1, but is \(value)") { () throws(LabelError) in
      try LabelDistribution(counts: [4, 1, value, value])
    }
    expect("groups[1].size must be at least 1, but is \(value)") { () throws(LabelError) in
      try LabelDistribution(groups: [
        Group(size: 1, classCount: 1), Group(size: value, classCount: value),
      ])
    }
    expect("groups[0].classCount must be at least 1, but is \(value)") { () throws(LabelError) in
      try LabelDistribution(groups: [Group(size: 1, classCount: value)])
    }
  }

  @Test func `a law without classes is refused`() {
    expect("counts must have at least one class, but is empty") { () throws(LabelError) in
      try LabelDistribution(counts: [])
    }
    expect("groups must have at least one class, but is empty") { () throws(LabelError) in
      try LabelDistribution(groups: [])
    }
  }

  @Test(arguments: [
    ("itemCount", [Group(size: .max, classCount: 2)]),
    ("itemCount", [Group(size: .max, classCount: 1), Group(size: 1, classCount: 1)]),
    ("itemCount", [Group(size: 2, classCount: .max)]),
    ("classCount", [Group(size: 1, classCount: .max), Group(size: 1, classCount: 1)]),
  ])
  private func `totals beyond the largest integer are refused`(
    parameter: String, groups: [Group]
  ) {
    expect("\(parameter) must be at most \(Int.max), but is larger") { () throws(LabelError) in
      try LabelDistribution(groups: groups)
    }
  }

  /// Checks that `make` throws an error with the given message.
  private func expect(
    _ message: String, from make: () throws(LabelError) -> LabelDistribution
  ) {
    let error = #expect(throws: LabelError.self) { _ = try make() }
    #expect(error?.description == message)
  }
}
