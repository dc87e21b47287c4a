// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Occupancy
import Testing

@testable import CommandLineTool

@Suite struct ProbabilitiesFileTests {
  let folder = TemporaryFolder()

  private func law(_ text: String, isNormalized: Bool = false) throws -> LabelLaw {
    let path = try folder.write("label,probability\n" + text, to: "p.csv")
    return try ProbabilitiesFile.law(of: path, isNormalized: isNormalized)
  }

  private func problem(_ text: String, isNormalized: Bool = false) -> String {
    let error = #expect(throws: (any Error).self) { try law(text, isNormalized: isNormalized) }
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
    #expect(try law("a,1/2\nb,1/2\n", isNormalized: true).isUniform)
    #expect(try law("a,2\nb,2\nc,2\n", isNormalized: true).isUniform)
    #expect(try law("a,1\nb,2\n", isNormalized: true).classCount == 2)
  }

  @Test(
    "A bad probability is refused with its line and column",
    arguments: [
      ("a,0\nb,1\n", "p.csv:2: column 2: a probability must be greater than 0, found 0"),
      ("a,1\nb,-1/2\n", "p.csv:3: column 2: a probability must be greater than 0, found -1/2"),
      (
        "a,half\n",
        "p.csv:2: column 2: number must be an integer, a decimal such as 1.25e-3 or a fraction such "
          + "as 2/7, but is 'half'"
      ),
      ("a,1/0\n", "p.csv:2: column 2: number must have a denominator other than 0, but is '1/0'"),
      ("a,1/2\na,1/2\n", "p.csv:3: column 1: the label 'a' stands on line 2 already"),
      ("", "p.csv: there are no classes below the header"),
    ])
  func refused(text: String, expected: String) {
    #expect(problem(text) == expected)
    #expect(problem(text, isNormalized: true) == expected)
  }
}
