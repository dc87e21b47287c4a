// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct DistinctCommandTests {
  /// Of the 15 ways to take 4 of 6 items in 3 pairs, 3 leave a pair out.
  @Test("Every number of labels that has a chance has a row")
  func rows() {
    let outcome = upsilon(
      "distinct --classes 3 --per-class 2 --draws 4 --both-samplings --format csv --digits 6")
    #expect(
      outcome.lines == [
        "dataset,classes,draws,sampling,distinct,probability,cumulative_probability",
        "uniform-2,3,4,with-replacement,1,0.0370370,0.0370370",
        "uniform-2,3,4,with-replacement,2,0.518519,0.555556",
        "uniform-2,3,4,with-replacement,3,0.444444,1",
        "uniform-2,3,4,without-replacement,2,0.2,0.2",
        "uniform-2,3,4,without-replacement,3,0.8,1",
      ])
    #expect(outcome.status == 0)
  }

  /// Of the 15 ways to take 4 of 6 items in 3 pairs, 12 show all pairs: mean 2.8, variance 0.16.
  @Test("A summary is one row a number of draws")
  func summary() {
    let outcome = upsilon(
      "distinct --classes 3 --per-class 2 --draws 1,4 --without-replacement --summary --format csv")
    #expect(
      outcome.lines == [
        "dataset,classes,draws,sampling,mean,standard_deviation",
        "uniform-2,3,1,without-replacement,1,0", "uniform-2,3,4,without-replacement,2.8,0.4",
      ])
    #expect(upsilon("distinct --classes \(Int.max) --draws 10000000 --summary").status == 0)
  }

  @Test("Rows are counted before they are computed")
  func rowLimit() {
    let outcome = upsilon("distinct --classes 1000000 --draws 1..1000000")
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(
      outcome.error == "The value '1..1000000' is invalid for '--draws <list>': the table would "
        + "have more than 10000000 rows")
    #expect(
      upsilon("distinct --classes \(Int.max) --negatives 10000000").error.hasSuffix("rows"))
  }

  @Test("More draws than items are refused")
  func items() {
    let outcome = upsilon("distinct --classes 3 --per-class 2 --draws 7 --without-replacement")
    #expect(outcome.status == 64)
    #expect(outcome.error.hasSuffix("7 draws without replacement exceed the 6 items of uniform-2"))
  }

  @Test("It has no exact column")
  func exact() {
    #expect(upsilon("distinct --classes 3 --draws 2 --exact").error == "Unknown option '--exact'")
  }
}
