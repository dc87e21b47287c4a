// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct ArgumentSpecificationTests {
  @Test("A flag is written with dashes and no value")
  func flag() {
    let flag = ArgumentSpecification.flag("exact", "Add a column.")
    #expect(flag.dashedName == "--exact")
    #expect(flag.synopsis == "--exact")
    #expect(flag.helpLine == "--exact  Add a column.")
  }

  @Test("An option's value is named after the option unless it has a name of its own")
  func option() {
    #expect(ArgumentSpecification.option("classes", "N.").synopsis == "--classes <classes>")
    #expect(
      ArgumentSpecification.option("counts", value: "file", "F.").synopsis == "--counts <file>")
  }

  @Test("A positional argument is written in angle brackets")
  func positional() {
    let shell = ArgumentSpecification.positional("shell", values: .any, "The shell.")
    #expect(shell.dashedName == "<shell>")
    #expect(shell.helpLine == "<shell>  The shell.")
  }
}
