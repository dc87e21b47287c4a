// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct CoverageCommandTests {
  static let header =
    "dataset,classes,draws,sampling,coverage_probability,miss_probability,"
    + "log10_coverage_probability,log10_miss_probability"

  @Test("The columns are those of the contract, and the values those of the reference")
  func csv() {
    let outcome = upsilon("coverage --dataset cifar-100 --draws 128,512 --format csv --digits 15")
    #expect(outcome.status == 0)
    #expect(outcome.diagnostics == "")
    #expect(
      outcome.output == """
        \(Self.header)
        cifar-100,100,128,with-replacement,1.50362050781978e-22,1.00000000000000,\
        -21.8228617595928,-6.53014089422696e-23
        cifar-100,100,512,with-replacement,0.552681043728519,0.447318956271481,\
        -0.257525430922629,-0.349382697110910

        """)
  }

  @Test("The exact fraction is a column at the end")
  func exact() {
    let outcome = upsilon("coverage --classes 6 --draws 5,8 --exact --format csv --digits 3")
    #expect(
      outcome.output == """
        \(Self.header),coverage_probability_exact
        uniform,6,5,with-replacement,0,1,-inf,0,0
        uniform,6,8,with-replacement,0.114,0.886,-0.943,-0.0526,665/5832

        """)
  }

  @Test("JSON has decimals as numbers, fractions and infinities as strings")
  func json() {
    let outcome = upsilon("coverage --classes 2 --draws 1,2 --exact --format json --digits 4")
    #expect(
      outcome.output == """
        [
        {"dataset":"uniform","classes":2,"draws":1,"sampling":"with-replacement",\
        "coverage_probability":0,"miss_probability":1,"log10_coverage_probability":"-inf",\
        "log10_miss_probability":0,"coverage_probability_exact":"0"},
        {"dataset":"uniform","classes":2,"draws":2,"sampling":"with-replacement",\
        "coverage_probability":0.5,"miss_probability":0.5,\
        "log10_coverage_probability":-0.3010,"log10_miss_probability":-0.3010,\
        "coverage_probability_exact":"1/2"}
        ]

        """)
  }

  @Test("On a terminal the output is an aligned table of 8 digits")
  func table() {
    let outcome = upsilon("coverage --classes 1 --negatives 0,99", isTerminal: true)
    #expect(
      outcome.lines == [
        "dataset  classes  draws  sampling          coverage_probability  miss_probability  "
          + "log10_coverage_probability  log10_miss_probability",
        "uniform        1      1  with-replacement                     1                 0  "
          + "                         0                    -inf",
        "uniform        1    100  with-replacement                     1                 0  "
          + "                         0                    -inf",
      ])
  }

  @Test("Both samplings stand below each other for every number of draws")
  func bothSamplings() {
    let outcome = upsilon(
      "coverage --classes 2 --per-class 1 --draws 1..2 --both-samplings --exact --format csv")
    #expect(
      outcome.lines.dropFirst() == [
        "uniform-1,2,1,with-replacement,0,1,-inf,0,0",
        "uniform-1,2,1,without-replacement,0,1,-inf,0,0",
        "uniform-1,2,2,with-replacement,0.5,0.5,-0.30102999566398120,-0.30102999566398120,1/2",
        "uniform-1,2,2,without-replacement,1,0,0,-inf,1",
      ])
  }

  @Test("Every method prints the same", arguments: ["inclusion-exclusion", "stirling"])
  func methods(method: String) {
    let line = "coverage --dataset cifar-10 --draws 12,40 --both-samplings --format csv --digits 30"
    let outcome = upsilon("\(line) --method \(method)")
    #expect(outcome.status == 0)
    #expect(outcome.lines.count == 5)
    #expect(outcome == upsilon("\(line) --method contour"))
  }

  @Test("What no method can do is refused in one line, and nothing is printed")
  func refusal() {
    let outcome = upsilon(
      "coverage --classes 1000000 --draws 20000000 --method stirling --format csv")
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(outcome.diagnostics.hasPrefix("Error: the recurrence for 1000000 classes and 20000000"))
    #expect(outcome.diagnostics.split(separator: "\n").count == 1)
  }

  @Test("More draws than can be served are refused by their option")
  func drawLimit() {
    for option in ["draws", "negatives"] {
      let outcome = upsilon("coverage --classes 3 --\(option) 2000000000000000")
      let draws = option == "draws" ? 2_000_000_000_000_000 : 2_000_000_000_000_001
      #expect(outcome.status == 64 && outcome.output == "")
      #expect(
        outcome.error
          == "The value '2000000000000000' is invalid for '--\(option) <list>': \(draws) draws are "
          + "more than 1000000000000000, the most that are supported")
    }
  }

  @Test("The published values stand beside the exact ones with their errors")
  func published() {
    let outcome = upsilon("coverage --published --format csv --digits 5")
    #expect(outcome.status == 0)
    #expect(
      outcome.lines.first == "dataset,classes,draws,published_coverage_probability,"
        + "coverage_probability,absolute_error,relative_error,source")
    #expect(
      outcome.lines.contains(
        "cifar-100,100,512,0.5531328,0.55268,0.00045176,0.00081739,notebook"))
    #expect(outcome.lines.contains("cifar-100,100,1024,1.00,0.99661,0.0033867,0.0033983,table"))
  }

  @Test(
    "With the published values no other question can be asked",
    arguments: [
      "--draws 5", "--classes 5", "--exact", "--method contour", "--both-samplings", "--normalize",
    ])
  func publishedAlone(option: String) {
    let outcome = upsilon("coverage --published \(option)")
    let name = option.split(separator: " ")[0]
    #expect(outcome.status == 64)
    #expect(outcome.error == "'\(name)' cannot be combined with '--published'")
  }
}
