// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct AlternativesTests {
  static let a = ArgumentSpecification.option("aa", "A.")
  static let b = ArgumentSpecification.flag("bb", "B.")
  static let c = ArgumentSpecification.flag("cc", "C.")
  let command = specification(
    [a, b, c], alternatives: [Alternatives([a, b], unless: c)])

  @Test("Exactly one of the members passes")
  func one() throws {
    #expect(try parse(["--aa", "1"], by: command).text(Self.a) == "1")
    #expect(try parse(["--bb"], by: command).has(Self.b))
  }

  @Test("None of the members is an error that names them all")
  func none() {
    #expect(throws: UsageError("Missing one of: '--aa <aa>', '--bb'")) {
      try parse([], by: command)
    }
  }

  @Test("A lone member that is missing is an expected argument")
  func loneMember() {
    let command = specification([Self.a], alternatives: [Alternatives([Self.a])])
    #expect(throws: UsageError("Missing expected argument '--aa <aa>'", help: "--aa <aa>  A.")) {
      try parse([], by: command)
    }
  }

  @Test("Two members are an error whatever their order")
  func two() {
    for words in [["--aa", "1", "--bb"], ["--bb", "--aa", "1"]] {
      #expect(throws: UsageError("'--bb' cannot be combined with '--aa'")) {
        try parse(words, by: command)
      }
    }
  }

  @Test("With the overriding flag no member is needed, and none allowed")
  func unless() throws {
    #expect(try parse(["--cc"], by: command).has(Self.c))
    #expect(throws: UsageError("'--bb' cannot be combined with '--cc'")) {
      try parse(["--bb", "--cc"], by: command)
    }
  }

  @Test("The usage line shows members with bars between them")
  func synopsis() {
    #expect(Alternatives([Self.a, Self.b]).synopsis == ["(--aa <aa>", "| --bb)"])
    #expect(Alternatives([Self.a]).synopsis == ["--aa <aa>"])
  }
}
