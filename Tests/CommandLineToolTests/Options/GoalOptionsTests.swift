// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct GoalOptionsTests {
  private func options(_ words: [String]) throws -> GoalOptions {
    try GoalOptions(parse(words, by: specification(GoalOptions.specifications)))
  }

  @Test("Without the options there are no columns")
  func absent() throws {
    let goal = try options([])
    #expect(!goal.isGiven)
    #expect(goal.columns.isEmpty)
  }

  @Test(
    "Either option brings both columns, even with its default",
    arguments: [
      ["--copies", "1"], ["--at-least", "3"],
    ])
  func columns(words: [String]) throws {
    #expect(try options(words).columns == ["copies", "at_least"])
  }

  @Test("The columns follow sampling and hold m and j")
  func fields() {
    let lines = upsilon("coverage --classes 6 --draws 9 --copies 2 --format csv --digits 3").lines
    #expect(
      lines[0].hasPrefix("dataset,classes,draws,sampling,copies,at_least,coverage_probability,"))
    #expect(lines[1].hasPrefix("uniform,6,9,with-replacement,2,6,0,1,"))
    let some = upsilon("coverage --classes 6 --draws 9 --at-least 1 --format csv --digits 3").lines
    #expect(some[1].hasPrefix("uniform,6,9,with-replacement,1,1,1,0,0,-inf"))
  }

  @Test(
    "What is no such number is refused",
    arguments: [
      ("--copies 0", "must be a whole number from 1 to 100"),
      ("--copies 101", "must be a whole number from 1 to 100"),
      ("--copies two", "must be a whole number from 1 to 100"),
      ("--at-least 0", "must be a whole number of at least 1"),
      ("--at-least 7", "uniform has 6 classes"),
      ("--copies 3 --method inclusion-exclusion", "choose auto, contour or stirling"),
    ])
  func refused(words: String, problem: String) {
    let outcome = upsilon("coverage --classes 6 --draws 9 \(words)")
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.error.hasSuffix(problem))
  }

  @Test("One class at a time is what the command prints without the options")
  func plain() {
    let plain = upsilon("coverage --dataset cifar-10 --draws 9..40 --format csv").lines
    let goal = upsilon("coverage --dataset cifar-10 --draws 9..40 --at-least 10 --format csv").lines
    #expect(goal.map { $0.replacing(",1,10,", with: ",") }.dropFirst() == plain.dropFirst())
  }
}
