// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct UsageErrorTests {
  @Test("Two choices are joined by a conjunction, as argument-parser joins them")
  func twoChoices() {
    let shell = ArgumentSpecification.positional(
      "shell", values: .choices(["bash", "zsh"]), "The shell.")
    #expect(
      UsageError.invalidChoice("fish", for: shell).message
        == "The value 'fish' is invalid for '<shell>'. Please provide one of 'bash' and 'zsh'.")
  }

  @Test("A companion option says what it needs")
  func needless() {
    let a = ArgumentSpecification.flag("a", "A.")
    let others = [ArgumentSpecification.flag("b", "B."), .flag("c", "C.")]
    #expect(UsageError.needless(a, without: others).message == "'--a' needs '--b' or '--c'")
  }

  @Test("The description is the message")
  func description() {
    #expect("\(UsageError("What is wrong", help: "--help  Me."))" == "What is wrong")
  }
}
