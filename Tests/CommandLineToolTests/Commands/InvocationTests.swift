// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct InvocationTests {
  @Test(
    "Help is asked for in many ways",
    arguments: ["", "help", "-h", "--help", "help help", "help --help", "--help coverage"])
  func toolHelp(line: String) {
    let outcome = upsilon(line)
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("OVERVIEW: How many negative samples"))
    #expect(outcome.diagnostics == "")
  }

  @Test(
    "So is the help of a subcommand",
    arguments: [
      "help coverage", "coverage --help", "coverage -h", "coverage --nonsense --help",
      "help -h coverage", "coverage --draws 5 -h",
    ])
  func commandHelp(line: String) {
    let outcome = upsilon(line)
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("OVERVIEW: How likely n draws are to show every class."))
    #expect(outcome.diagnostics == "")
  }

  @Test(
    "The version names the program, its libraries and its instructions",
    arguments: ["--version", "coverage --version"])
  func version(line: String) {
    let outcome = upsilon(line)
    #expect(outcome.status == 0 && outcome.diagnostics == "")
    let lines = outcome.lines
    #expect(lines.count == 3)
    #expect(lines[0].wholeMatch(of: #/upsilon 0\.1\.0( \([0-9a-f]{7,}(-modified)?\))?/#) != nil)
    #expect(lines[1].wholeMatch(of: #/GMP \d+\.\d+\.\d+, MPFR \d+\.\d+\.\d+/#) != nil)
    #expect(["x86-64", "x86-64-v3", "arm64"].contains(lines[2]))
  }

  @Test("A subcommand that does not exist is answered with the closest one")
  func unknown() {
    #expect(
      upsilon("coverge")
        == Outcome(
          status: 64, output: "",
          diagnostics: """
            Error: Unexpected argument 'coverge'. Did you mean 'coverage'?
            Usage: upsilon <subcommand>
              See 'upsilon --help' for more information.

            """))
    #expect(upsilon("help nonsense").error == "Unexpected argument 'nonsense'")
    #expect(upsilon("help nonsense").status == 64)
  }

  @Test("An option that does not exist is refused without its value")
  func unknownOption() {
    #expect(upsilon("--verison").error == "Unknown option '--verison'. Did you mean '--version'?")
    #expect(upsilon("--draws=5").error == "Unknown option '--draws'")
    #expect(upsilon("-v").error == "Unknown option '-v'")
  }
}
