// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Occupancy
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct ProbabilitiesFileTests {
  let folder = TemporaryFolder()

  private func law(
    _ text: String, _ rest: ProbabilitiesFile.Rest = .refused(blankExists: false)
  ) throws -> LabelLaw {
    let path = try folder.write("label,probability\n" + text, to: "p.csv")
    return try ProbabilitiesFile.law(of: path, name: "p", rest: rest).law
  }

  private func problem(
    _ text: String, _ rest: ProbabilitiesFile.Rest = .refused(blankExists: false)
  ) -> String {
    let error = #expect(throws: (any Error).self) { try law(text, rest) }
    return error.map { "\($0)" }?.withoutPrefix(folder.path + "/") ?? "no error"
  }

  @Test("Decimals and fractions are read exactly")
  func exact() throws {
    let law = try law("a,0.1\nb,3/10\nc,6e-1\n")
    #expect(law.classCount == 3)
    #expect(law.itemCount == nil)
    #expect(!law.isUniform)
    #expect(try self.law("a,1/3\nb,1/3\nc,1/3\n").isUniform)
  }

  @Test("Probabilities that do not sum to 1 are refused with their sum")
  func sum() {
    let advice = ", not to 1; --normalize divides them by their sum"
    #expect(problem("a,1/2\nb,1/3\n") == "p.csv: the probabilities sum to 5/6" + advice)
    #expect(problem("a,0.9\nb,0.2\n") == "p.csv: the probabilities sum to 11/10" + advice)
    #expect(
      problem("a,5/6\nb,0.1666666666666666\n")
        == "p.csv: the probabilities sum to 14999999999999999/15000000000000000" + advice)
  }

  @Test("A sum below 1 is answered with both ways to mean it, one above 1 with one")
  func bothWays() {
    let offered = ProbabilitiesFile.Rest.refused(blankExists: true)
    let normalize = "--normalize divides them by their sum"
    #expect(
      problem("a,0.007\nb,0.007\nc,0.007\n", offered)
        == "p.csv: the probabilities sum to 21/1000, not to 1; --blank takes the rest as draws that "
        + "show no class, and " + normalize)
    #expect(
      problem("a,1\nb,1/4\n", offered) == "p.csv: the probabilities sum to 5/4, not to 1; "
        + normalize)
    #expect(
      problem("a,1\nb,1/4\n", .blank)
        == "p.csv: the probabilities sum to 5/4, which leaves nothing for --blank; " + normalize)
  }

  @Test("What the sum lacks of 1 is blank if that is meant")
  func blank() throws {
    #expect(try law("a,1/2\nb,1/4\n", .blank).hasBlank)
    #expect(try !law("a,1/2\nb,1/2\n", .blank).hasBlank)
    #expect(try law("a,1/2\nb,1/4\n", .blank).classCount == 2)
  }

  @Test("Columns may be in any order, and a class that is never drawn is left out with a note")
  func forms() throws {
    let path = try folder.write(
      "Probability;x; LABEL\n0.0;1;a\n1/2;2; b \n0.5;3;c\n\n", to: "p.csv")
    let law = try ProbabilitiesFile.law(of: path, name: "p", rest: .refused(blankExists: false))
    #expect(law.law.classCount == 2)
    #expect(law.notes == ["\(path): 1 class with a probability of 0 left out: 'a'"])
  }

  @Test("A column says how often classes must come")
  func copies() throws {
    let path = try folder.write("label,probability,copies\na,1/3,3\nb,2/3,0\n", to: "p.csv")
    let law = try ProbabilitiesFile.law(of: path, name: "p", rest: .blank)
    #expect(law.copies?.map(\.copies) == [3, 0])
  }

  @Test("A long sum is shown by what distinguishes it from 1")
  func longSum() {
    let tiny = "0." + String(repeating: "0", count: 59) + "1"
    #expect(problem("a,1\nb,\(tiny)\n").contains("sum to 1 + 1e-60, not to 1"))
    #expect(problem("a,1/3\nb,2/3\nc,\(tiny)\n").contains("sum to 1 + 1e-60, not to 1"))
    let short = "0." + String(repeating: "9", count: 60)
    #expect(problem("a,\(short)\n").contains("sum to 1 - 1e-60, not to 1"))
    #expect(problem("a,1/2\nb,\(tiny)\n").contains("sum to about 0.50000000000000000, not to 1"))
  }

  @Test("Normalizing divides by the sum")
  func normalized() throws {
    #expect(try law("a,1/2\nb,1/2\n", .normalized).isUniform)
    #expect(try law("a,2\nb,2\nc,2\n", .normalized).isUniform)
    #expect(try law("a,1\nb,2\n", .normalized).classCount == 2)
  }

  @Test(
    "A bad probability is refused with its line and column",
    arguments: [
      ("a,1\nb,-1/2\n", "p.csv:3: column 2: a probability must be at least 0, found -1/2"),
      ("a,0\n", "p.csv: no class is ever drawn"),
      (
        "a,\"0,5\"\n",
        "p.csv:2: column 2: expected a number, found '0,5': write a point before decimals, and commas "
          + "between groups of three digits only"
      ),
      (
        "a,half\n",
        "p.csv:2: column 2: number must be an integer, a decimal such as 1.25e-3 or a fraction such "
          + "as 2/7, but is 'half'"
      ),
      ("a,1/0\n", "p.csv:2: column 2: number must have a denominator other than 0, but is '1/0'"),
      ("a,1/2\na,1/2\n", "p.csv:3: column 1: the label 'a' is on line 2 already"),
      ("", "p.csv: there are no classes below the header"),
    ])
  func refused(text: String, expected: String) {
    #expect(problem(text) == expected)
    #expect(problem(text, .normalized) == expected)
  }
}
