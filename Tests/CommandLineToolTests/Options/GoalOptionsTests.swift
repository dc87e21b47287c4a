// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct GoalOptionsTests {
  private func options(_ words: [String]) throws -> GoalOptions {
    try GoalOptions(parse(words, by: specification(GoalOptions.specifications)))
  }

  @Test("Without the options there are no columns")
  func absent() throws {
    #expect(try options([]).columns(for: []).isEmpty)
  }

  @Test(
    "Either option brings both columns, even with its default",
    arguments: [
      ["--copies", "1"], ["--at-least", "3"],
    ])
  func columns(words: [String]) throws {
    #expect(try options(words).columns(for: []) == ["copies", "at_least"])
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

  @Test("Required classes and a column of copies bring the number that must come")
  func requiredClasses() throws {
    let lines = upsilon("waiting --classes 10 --required 3 --format csv --digits 6").lines
    #expect(
      lines == [
        "dataset,classes,sampling,required,copies,at_least,mean,standard_deviation,quantile_0.5,"
          + "quantile_0.9,quantile_0.99",
        "uniform,10,with-replacement,3,1,3,18.3333,10.8525,16,33,55",
      ])
    let folder = TemporaryFolder()
    let file = try folder.write("label,count,copies\na,3,1\nb,5,0\nc,2,2\n", to: "c.csv")
    let both = upsilon(
      "coverage --counts \(file) --draws 5 --both-samplings --exact --format csv --digits 3"
    ).lines
    // Enumerated: two draws of c and one of a at least.
    #expect(both[1].hasPrefix("c.csv,3,5,with-replacement,2,1;2,2,0.188,"))
    #expect(both[1].hasSuffix(",471/2500"))
    #expect(both[2].hasPrefix("c.csv,3,5,without-replacement,2,1;2,2,0.183,"))
    #expect(both[2].hasSuffix(",23/126"))
    let table = upsilon("table --counts \(file) --draws 5 --format csv --digits 3").lines
    #expect(table[1].hasPrefix("c.csv,3,4,5,with-replacement,2,1;2,2,0.188,0.812,"))
    let conflict = upsilon("coverage --counts \(file) --draws 5 --copies 2")
    #expect(conflict.status == 64)
    #expect(
      conflict.error.contains("'--copies' cannot be combined with the column copies of c.csv"))
  }

  @Test("Three rare items and blanks: what must come is waited for, and the mean is exact")
  func blanks() throws {
    let folder = TemporaryFolder()
    let file = try folder.write(
      "label,probability\na,0.007\nb,0.007\nc,0.007\n", to: "gacha.csv")
    let waiting = upsilon("waiting --probabilities \(file) --blank --format csv --digits 25").lines
    #expect(waiting[1].hasPrefix("gacha.csv,3,with-replacement,261.9047619047619047619048,165.879"))
    #expect(waiting[1].hasSuffix(",226,480,812"))
    let coverage = upsilon(
      "coverage --probabilities \(file) --blank --draws 500 --format csv --digits 25"
    ).lines
    #expect(
      coverage[1].hasPrefix("gacha.csv,3,500,with-replacement,0.9130949801336487261013697,"))
    let refused = upsilon("waiting --probabilities \(file)")
    #expect(refused.status == 1 && refused.output.isEmpty)
    #expect(refused.error.contains("--blank") && refused.error.contains("--normalize"))
    #expect(upsilon("table --probabilities \(file) --blank --draws 5").status == 64)
  }

  @Test("A quantile out of reach is left empty with a note, and the mean stays")
  func outOfReach() throws {
    let folder = TemporaryFolder()
    let file = try folder.write(
      "label,probability\na,1\nb,0.00000000000000000277\n", to: "rare.csv")
    let outcome = upsilon("waiting --probabilities \(file) --normalize --format csv")
    #expect(outcome.status == 0)
    #expect(
      outcome.lines.last
        == "rare.csv,2,with-replacement,361010830324909750,361010830324909750,,,")
    #expect(
      outcome.diagnostics.contains(
        "Note: quantile_0.9 of rare.csv, with-replacement, is left empty: it would be over "
          + "1000000000000000 draws"))
  }

  @Test(
    "What is no such number is refused",
    arguments: [
      ("--copies 0", "must be a whole number from 1 to 100"),
      ("--copies 101", "must be a whole number from 1 to 100"),
      ("--copies two", "must be a whole number from 1 to 100"),
      ("--at-least 0", "must be a whole number of at least 1"),
      ("--at-least 7", "uniform has 6 classes"),
      ("--required 7", "uniform has 6 classes"),
      ("--required 0", "must be a whole number of at least 1"),
      ("--required 3 --at-least 4", "uniform has 3 classes that must come"),
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

  @Test("The waiting time takes a goal, and its columns stand after sampling")
  func waiting() {
    let lines = upsilon("waiting --classes 2 --copies 2 --at-least 1 --format csv").lines
    #expect(
      lines == [
        "dataset,classes,sampling,copies,at_least,mean,standard_deviation,quantile_0.5,"
          + "quantile_0.9,quantile_0.99",
        "uniform,2,with-replacement,2,1,2.5,0.5,2,3,3",
      ])
  }

  @Test("A table takes a goal, and without collisions no class of the anchor comes twice")
  func table() {
    let lines = upsilon(
      "table --classes 3 --per-class 4 --draws 8 --copies 2 --both-samplings --format csv --digits 4"
    ).lines
    #expect(
      lines[0]
        == "dataset,classes,negatives,draws,sampling,copies,at_least,coverage_probability,"
        + "miss_probability,collision_probability,expected_collisions,expected_log_collisions,"
        + "covered_collision_free_probability,expected_distinct")
    #expect(lines.count == 3)
    #expect(lines[1].split(separator: ",")[5...6] == ["2", "3"])
    #expect(lines[1].split(separator: ",")[12] == "0")
  }

  @Test("A class too small for the copies is refused without replacement, or left out with a note")
  func unreachable() {
    let one = upsilon("waiting --classes 3 --per-class 4 --without-replacement --copies 5")
    #expect(one.status == 64)
    #expect(one.error.hasSuffix("fewer than 3 classes of uniform-4 have 5 items"))
  }
}
