// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct ManualPageTests {
  private let page = upsilon("completion man").output

  @Test func `every subcommand and option has its place`() {
    for command in UpsilonCommand.commands.map({ $0.specification }) {
      #expect(page.contains("\n.SS upsilon \(command.name)\n"))
      for option in command.options {
        #expect(page.contains("\n\\fB\(ManualPage.escaped(option.dashedName))\\fR"))
      }
    }
  }

  @Test func `nothing in a text is a request or an escape`() {
    #expect(ManualPage.escaped("a-b \\n") == "a\\-b \\en")
    #expect(ManualPage.escaped(".x\n'y\n.") == "\\&.x\n\\&'y\n\\&.")
  }

  @Test(.enabled(if: Subprocess.shell("sh", "command -v groff").end == .exit(0), "no groff"))
  func `groff sets it without a warning`() {
    let result = Subprocess.shell("sh", "$upsilon completion man | groff -man -ww -Tascii")
    #expect(result.end == .exit(0) && result.diagnostics == "")
    #expect(result.output.contains("coverage"))
  }
}
