// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct CoefficientsCommandTests {
  @Test("More draws than items are refused, the anchor counted")
  func items() {
    let outcome = upsilon(
      "table --classes 3 --per-class 2 --negatives 6 --without-replacement")
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(
      outcome.error == "The value '6' is invalid for '--negatives <list>': 7 draws without "
        + "replacement exceed the 6 items of uniform-2")
  }

  @Test("A law and numbers of draws are needed")
  func needed() {
    #expect(upsilon("table --classes 3").error.hasPrefix("Missing one of: '--draws <list>'"))
    #expect(upsilon("table --draws 3").error.hasPrefix("Missing one of: '--classes <classes>'"))
  }

  @Test("Both samplings double the rows, of which there is a limit")
  func rowLimit() {
    let outcome = upsilon(
      "table --classes 9 --per-class 1000000 --draws 1..5000001 --both-samplings")
    #expect(outcome.status == 64)
    #expect(outcome.error.hasSuffix("the table would have more than 10000000 rows"))
  }
}
