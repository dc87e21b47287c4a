// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Occupancy
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct LawOptionsTests {
  private func options(_ line: String, all: Bool = false) throws -> LawOptions {
    let words = line.split(separator: " ").map(String.init)
    let command = specification(
      LawOptions.specifications(all: all), alternatives: [LawOptions.alternatives()])
    return try LawOptions(parse(words, by: command), all: all)
  }

  private func message(_ line: String) -> String {
    let error = #expect(throws: UsageError.self) { _ = try options(line).resolve() }
    return error?.message ?? "no error"
  }

  @Test("Equally likely classes have items only if told how many")
  func uniform() throws {
    let uniform = try #require(try options("--classes 6").resolve().first)
    #expect(uniform.name == "uniform")
    #expect((uniform.law.classCount, uniform.law.itemCount) == (6, nil))
    let balanced = try #require(try options("--classes 6 --per-class 7").resolve().first)
    #expect(balanced.name == "uniform-7")
    #expect((balanced.law.classCount, balanced.law.itemCount) == (6, 42))
  }

  @Test("A built-in law is chosen by name")
  func builtIn() throws {
    let law = try #require(try options("--dataset cifar-100").resolve().first)
    #expect(law.name == "cifar-100")
    #expect((law.law.classCount, law.law.itemCount) == (100, 50_000))
    #expect(try options("--dataset all", all: true).resolve().count == 14)
  }

  @Test("A law from a file has the file's base name")
  func files() throws {
    let folder = TemporaryFolder()
    let counts = try folder.write("label,count\na,1\n", to: "a b.csv")
    let choice = LawOptions.Choice.counts(file: counts)
    let command = specification([LawOptions.counts], alternatives: [LawOptions.alternatives()])
    let options = try LawOptions(parse(["--counts", counts], by: command))
    #expect(options.choice == choice)
    #expect(try options.resolve().first?.name == "a b.csv")
    #expect(LawOptions.baseName("x/y/z.csv") == "z.csv")
    #expect(LawOptions.baseName("z.csv") == "z.csv")
  }

  @Test(
    "Numbers that are no counts are refused", arguments: ["0", "-1", "2.5", "1e3", "ten", "+5"])
  func counts(text: String) {
    let problem = "must be a whole number of at least 1"
    #expect(
      message("--classes \(text)")
        == "The value '\(text)' is invalid for '--classes <classes>': \(problem)")
    #expect(
      message("--classes 5 --per-class \(text)")
        == "The value '\(text)' is invalid for '--per-class <per-class>': \(problem)")
  }

  @Test("Companions need what they belong to")
  func companions() {
    #expect(message("--dataset mnist --per-class 5") == "'--per-class' needs '--classes'")
    #expect(message("--dataset mnist --normalize") == "'--normalize' needs '--probabilities'")
  }

  @Test("Exactly one law is needed")
  func exactlyOne() {
    #expect(
      message("")
        == "Missing one of: '--classes <classes>', '--dataset <dataset>', '--counts <file>', "
        + "'--probabilities <file>'")
    #expect(
      message("--counts a --dataset mnist") == "'--counts' cannot be combined with '--dataset'")
  }

  @Test("A misspelt name is answered with the closest one")
  func misspelt() {
    let start = "The value 'cifar10' is invalid for '--dataset <dataset>': "
    #expect(
      message("--dataset cifar10") == start
        + "there is no such data set. Did you mean 'cifar-10'? 'upsilon datasets' lists them.")
    #expect(
      message("--dataset svhn").hasSuffix(
        "there is no such data set. 'upsilon datasets' lists them."))
    #expect(
      message("--dataset all").hasSuffix("only 'upsilon waiting' takes all data sets at once"))
  }

  @Test("More items than an Int can count are refused")
  func tooLarge() {
    #expect(message("--classes 2 --per-class \(Int.max)").contains("must be at most \(Int.max)"))
  }
}
