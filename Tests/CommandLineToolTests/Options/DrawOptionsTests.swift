// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct DrawOptionsTests {
  private func options(_ line: String) throws -> DrawOptions {
    let words = line.split(separator: " ").map(String.init)
    let command = specification(
      DrawOptions.specifications, alternatives: [DrawOptions.alternatives()])
    return try DrawOptions(parse(words, by: command))
  }

  @Test("Draws are taken as they are, negatives with the anchor added")
  func both() throws {
    #expect(try Array(options("--draws 5,1..3").drawCounts) == [5, 1, 2, 3])
    #expect(try Array(options("--negatives 0,31,2..8:*2").drawCounts) == [1, 32, 3, 5, 9])
  }

  @Test("There is at least one draw, but there may be no negative")
  func minimum() throws {
    #expect(throws: UsageError.self) { try options("--draws 0") }
    #expect(try Array(options("--negatives 0").drawCounts) == [1])
    #expect(throws: UsageError.self) { try options("--negatives \(Int.max)") }
  }

  @Test("Exactly one of the two is needed")
  func exactlyOne() {
    #expect(throws: UsageError("Missing one of: '--draws <list>', '--negatives <list>'")) {
      try options("")
    }
    #expect(throws: UsageError("'--negatives' cannot be combined with '--draws'")) {
      try options("--draws 1 --negatives 1")
    }
  }

  @Test("More draws than items are refused in terms of the option that was given")
  func items() throws {
    try options("--draws 3..6").check(itemCount: 6, law: "x")
    let draws = #expect(throws: UsageError.self) {
      try options("--draws 3..7").check(itemCount: 6, law: "x")
    }
    #expect(
      draws?.message == "The value '3..7' is invalid for '--draws <list>': 7 draws without "
        + "replacement exceed the 6 items of x")
    let negatives = #expect(throws: UsageError.self) {
      try options("--negatives 6").check(itemCount: 6, law: "x")
    }
    #expect(negatives?.message.contains("'--negatives <list>': 7 draws") == true)
  }

  @Test("A short list is tried out in full, a long one at the ends of its ranges")
  func probes() throws {
    #expect(try options("--draws 1..1000").probes == Array(1...1000))
    #expect(try options("--draws 1..1001").probes == [1, 1001])
    #expect(try options("--negatives 1..10000000").probes == [2, 10_000_001])
  }
}
