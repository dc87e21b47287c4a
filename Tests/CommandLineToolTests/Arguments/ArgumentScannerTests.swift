// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct ArgumentScannerTests {
  static let value = ArgumentSpecification.option("value", "A value.")
  static let flag = ArgumentSpecification.flag("flag", "A flag.")
  static let choice = ArgumentSpecification.option(
    "choice", values: .choices(["one", "two", "three"]), "A choice.")
  static let list = ArgumentSpecification.option("list", isList: true, "A list.")
  static let files = ArgumentSpecification.option(
    "files", values: .file, isList: true, "A list of files.")
  static let words = ArgumentSpecification.positional(
    "words", values: .file, isList: true, "Some words.")
  static let word = ArgumentSpecification.positional("word", values: .any, "A word.")
  let command = specification([value, flag, choice])
  let wordCommand = specification([value, word])

  @Test(
    "An option takes its value from the next word or after an equals sign",
    arguments: [
      (["--value", "5"], "5"), (["--value=5"], "5"), (["--value="], ""), (["--value=a=b"], "a=b"),
      (["--value", "a=b"], "a=b"), (["--value=--flag"], "--flag"), (["--value", "-"], "-"),
      (["--value", "-1"], "-1"), (["--value", "-.5"], "-.5"), (["--value", ""], ""),
    ])
  func values(words: [String], expected: String) throws {
    let arguments = try parse(words, by: command)
    #expect(arguments.text(Self.value) == expected)
    #expect(!arguments.has(Self.flag))
  }

  @Test("An option or a flag given twice is a mistake, a list given twice is one list")
  func twice() throws {
    let mistake = #expect(throws: UsageError.self) {
      try parse(["--value", "1", "--value=2"], by: command)
    }
    #expect(mistake?.message == "'--value' is given twice, with '1' and '2'")
    #expect(mistake?.help == "--value <value>  A value.")
    let flag = #expect(throws: UsageError.self) { try parse(["--flag", "--flag"], by: command) }
    #expect(flag?.message == "'--flag' is given twice")
    let lists = specification([Self.list, Self.files])
    #expect(try parse(["--list", "1", "--list=2,3"], by: lists).text(Self.list) == "1,2,3")
    #expect(try parse(["--files=a", "--files", "b"], by: lists).text(Self.files) == "a,b")
  }

  @Test("Several files after an option or without one are a list, as a shell writes a pattern")
  func patterns() throws {
    let lists = specification([Self.list, Self.files])
    let words = ["--files", "a", "b", "c", "--list", "1"]
    let found = try parse(words, by: lists)
    #expect(found.text(Self.files) == "a,b,c" && found.text(Self.list) == "1")
    #expect(throws: UsageError("Unexpected argument '2'")) {
      try parse(["--list", "1", "2"], by: lists)
    }
    let command = specification([Self.value, Self.words])
    #expect(try parse(["a", "--value", "1", "b", "c"], by: command).text(Self.words) == "a,b,c")
    #expect(throws: UsageError.self) { try parse([], by: command) }
  }

  @Test("Flags may stand before and after options")
  func flags() throws {
    for words in [["--flag", "--value", "1"], ["--value", "1", "--flag"]] {
      let arguments = try parse(words, by: command)
      #expect(arguments.has(Self.flag))
      #expect(arguments.text(Self.value) == "1")
    }
  }

  @Test(
    "A mistake is reported in argument-parser's words",
    arguments: [
      (["--value"], "Missing value for '--value <value>'"),
      (["--value", "--flag"], "Missing value for '--value <value>'"),
      (["--value", "--", "5"], "Missing value for '--value <value>'"),
      (["--valve", "5"], "Unknown option '--valve'. Did you mean '--value'?"),
      (["--valve=5"], "Unknown option '--valve'. Did you mean '--value'?"),
      (["--versoin"], "Unknown option '--versoin'. Did you mean '--version'?"),
      (["--something-else"], "Unknown option '--something-else'"),
      (["-x"], "Unknown option '-x'"),
      (["-value"], "Unknown option '-value'"),
      (["--flag=yes"], "The option '--flag' does not take any value, but 'yes' was specified."),
      (["--flag="], "The option '--flag' does not take any value, but '' was specified."),
      (["stray"], "Unexpected argument 'stray'"),
      (["-5"], "Unexpected argument '-5'"),
      (["a", "--flag", "b"], "2 unexpected arguments: 'a', 'b'"),
      (["--", "--flag"], "Unexpected argument '--flag'"),
      (["--", "--help"], "Unexpected argument '--help'"),
      (
        ["--choice", "four"],
        "The value 'four' is invalid for '--choice <choice>'. Please provide one of 'one', 'two' or "
          + "'three'."
      ),
    ])
  func mistakes(words: [String], message: String) {
    let error = #expect(throws: UsageError.self) { try parse(words, by: command) }
    #expect(error?.message == message)
  }

  @Test("An option's mistake comes with the option's help")
  func help() {
    let error = #expect(throws: UsageError.self) { try parse(["--value"], by: command) }
    #expect(error?.help == "--value <value>  A value.")
  }

  @Test(
    "Help is given wherever it is asked for, in spite of mistakes",
    arguments: [
      ["--help"], ["-h"], ["--flag", "-h"], ["--unknown", "--help"], ["--value", "-h"],
    ])
  func helpAnywhere(words: [String]) throws {
    guard case .help = try ArgumentScanner(specification: command).parse(words) else {
      Issue.record("\(words) asks for help")
      return
    }
  }

  @Test(
    "The version is given wherever it is asked for",
    arguments: [["--version"], ["a", "--version"]])
  func versionAnywhere(words: [String]) throws {
    guard case .version = try ArgumentScanner(specification: command).parse(words) else {
      Issue.record("\(words) asks for the version")
      return
    }
  }

  @Test("A positional argument may stand anywhere, after dashes also with dashes of its own")
  func positional() throws {
    #expect(try parse(["a", "--value", "1"], by: wordCommand).text(Self.word) == "a")
    #expect(try parse(["--value", "1", "a"], by: wordCommand).text(Self.word) == "a")
    #expect(try parse(["--", "--value"], by: wordCommand).text(Self.word) == "--value")
  }

  @Test("A positional argument is required and alone")
  func positionalCount() {
    #expect(throws: UsageError("Missing expected argument '<word>'", help: "<word>  A word.")) {
      try parse([], by: wordCommand)
    }
    for words in [["a", "b"], ["a", "--", "b"]] {
      #expect(throws: UsageError("Unexpected argument 'b'")) { try parse(words, by: wordCommand) }
    }
  }
}
