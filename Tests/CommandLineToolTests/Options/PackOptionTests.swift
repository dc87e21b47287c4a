// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct PackOptionTests {
  @Test("The binary prints the column pack after sampling")
  func binary() {
    #expect(
      Subprocess.upsilon("waiting --classes 980 --pack 7 --quantiles 0.5 --format csv --digits 25")
        == .init(
          end: .exit(0),
          output: """
            dataset,classes,sampling,pack,mean,standard_deviation,quantile_0.5
            uniform,980,with-replacement,7,1042.363769351486638040574,178.5349122206445774906119,1013

            """,
          diagnostics: ""))
    #expect(
      upsilon("coverage --classes 4 --pack 2 --draws 1,3 --exact --format csv --digits 6").lines
        == [
          "dataset,classes,draws,sampling,pack,coverage_probability,miss_probability,"
            + "log10_coverage_probability,log10_miss_probability,coverage_probability_exact",
          "uniform,4,1,with-replacement,2,0,1,-inf,0,0",
          "uniform,4,3,with-replacement,2,0.527778,0.472222,-0.277549,-0.325854,19/36",
        ])
  }

  @Test(
    "Packs take equal classes, and independent draws, and single copies",
    arguments: [
      "waiting --dataset cifar-10 --pack 2", "waiting --classes 5 --per-class 3 --pack 2",
      "coverage --classes 5 --draws 3 --pack 2 --copies 2",
      "coverage --classes 5 --draws 3 --pack 2 --at-least 2",
      "coverage --classes 5 --negatives 3 --pack 2", "coverage --pack 2 --published",
      "coverage --classes 5 --draws 3 --pack 2 --method contour",
      "waiting --classes 5 --pack 2 --both-samplings",
    ])
  func conflicts(line: String) {
    let outcome = upsilon(line)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.error.hasPrefix("'--pack' cannot be combined with '--"))
  }

  @Test("A pack has at least one class and at most all")
  func sizes() {
    #expect(
      upsilon("waiting --classes 5 --pack 6").error
        == "The value '6' is invalid for '--pack <k>': a pack has at most 5 different classes")
    #expect(upsilon("waiting --classes 5 --pack 0").status == 64)
    #expect(upsilon("waiting --pack 2").error.hasPrefix("Missing one of: '--classes <classes>'"))
  }
}
