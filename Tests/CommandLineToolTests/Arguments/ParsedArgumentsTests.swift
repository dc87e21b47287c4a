// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct ParsedArgumentsTests {
  static let number = ArgumentSpecification.option("number", "A number.")
  static let list = ArgumentSpecification.option("list", "A list.")

  func arguments(_ specification: ArgumentSpecification, _ text: String) -> ParsedArguments {
    var arguments = ParsedArguments()
    arguments.set(specification, to: text)
    return arguments
  }

  @Test("An absent option has no value of any type")
  func absent() throws {
    let none = ParsedArguments()
    #expect(!none.has(Self.number))
    #expect(none.text(Self.number) == nil)
    #expect(try none.integer(Self.number, in: 1...9) == nil)
    #expect(try none.list(Self.list, minimum: 0) == nil)
    #expect(try none.choice(Self.number, as: CompletionCommand.Reader.self) == nil)
  }

  @Test("An integer in range is read", arguments: [("1", 1), ("007", 7), ("1000", 1000)])
  func integer(text: String, expected: Int) throws {
    #expect(try arguments(Self.number, text).integer(Self.number, in: 1...1000) == expected)
  }

  @Test(
    "Anything else is refused with the range",
    arguments: [
      "", "0", "1001", "-1", "+1", "1.0", "1e2", "ten", " 5", "٣", "99999999999999999999",
    ])
  func refused(text: String) {
    let message = "The value '\(text)' is invalid for '--number <number>': must be a whole number "
    #expect(throws: UsageError(message + "from 1 to 1000", help: "--number <number>  A number.")) {
      try arguments(Self.number, text).integer(Self.number, in: 1...1000)
    }
  }

  @Test("Without an upper limit the message names only the lower one")
  func unlimited() {
    let error = #expect(throws: UsageError.self) {
      try arguments(Self.number, "0").integer(Self.number, in: 1...Int.max)
    }
    #expect(error?.message.hasSuffix("must be a whole number of at least 1") == true)
    let overflow = #expect(throws: UsageError.self) {
      try arguments(Self.number, "9223372036854775808").integer(Self.number, in: 1...Int.max)
    }
    #expect(overflow?.message.hasSuffix("must be at most 9223372036854775807") == true)
  }

  @Test("A list's mistake is a usage error about its option")
  func list() throws {
    #expect(try arguments(Self.list, "1,2").list(Self.list, minimum: 1).map(Array.init) == [1, 2])
    #expect(
      throws: UsageError(
        "The value '1,x' is invalid for '--list <list>': 'x' is not a whole number",
        help: "--list <list>  A list.")
    ) {
      try arguments(Self.list, "1,x").list(Self.list, minimum: 1)
    }
  }
}
