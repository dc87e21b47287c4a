// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct DuplicatesCommandTests {
  /// Of the 15 ways to take 4 of 6 items in 3 pairs, 3 leave a pair out; the others hold two single
  /// items.
  @Test("Both ways of drawing have a row")
  func rows() {
    let outcome = upsilon(
      "duplicates --classes 3 --per-class 2 --draws 2,4 --both-samplings --format csv --digits 6")
    #expect(
      outcome.lines == [
        "dataset,classes,draws,sampling,duplicate_probability,distinct_probability,"
          + "singleton_probability",
        "uniform-2,3,2,with-replacement,0.333333,0.666667,0.666667",
        "uniform-2,3,2,without-replacement,0.2,0.8,0.8",
        "uniform-2,3,4,with-replacement,1,0,0.740741",
        "uniform-2,3,4,without-replacement,1,0,0.8",
      ])
    #expect(outcome.status == 0)
  }

  @Test("The binary prints what large spaces and long-tailed sets give")
  func binary() {
    let header =
      "dataset,classes,draws,sampling,duplicate_probability,distinct_probability,"
      + "singleton_probability\n"
    #expect(
      Subprocess.upsilon(
        "duplicates --classes 839299365868340224 --draws 5000000 --format csv --digits 12")
        == .init(
          end: .exit(0),
          output: header + "uniform,839299365868340224,5000000,with-replacement,"
            + "0.0000148932608855,0.999985106739,1.00000000000\n",
          diagnostics: ""))
    #expect(
      Subprocess.upsilon("duplicates --dataset cifar-10 --quantiles 0.5,0.9 --both-samplings")
        .output.split(separator: "\n") == [
          "dataset,classes,sampling,quantile_0.5,quantile_0.9",
          "cifar-10,10,with-replacement,5,7", "cifar-10,10,without-replacement,5,7",
        ])
  }

  @Test("Draws and quantiles exclude each other, and one of them is needed")
  func alternatives() {
    let both = upsilon("duplicates --classes 6 --draws 3 --quantiles 0.5")
    #expect(both.status == 64)
    #expect(both.error == "'--quantiles' cannot be combined with '--draws'")
    #expect(upsilon("duplicates --classes 6").error.hasPrefix("Missing one of: '--draws <list>'"))
  }

  @Test("What never happens has no quantile")
  func unreachable() {
    let outcome = upsilon(
      "duplicates --classes 6 --per-class 1 --quantiles 0.5 --without-replacement")
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(outcome.error.hasPrefix("largest class must have at least 2 items"))
  }
}
