// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct CompletionCommandTests {
  @Test("Each shell has its script, and man its page")
  func scripts() {
    let bash = upsilon("completion bash")
    #expect(bash.status == 0)
    #expect(bash.output.hasPrefix("# bash completion for upsilon"))
    let zsh = upsilon("completion zsh")
    #expect(zsh.status == 0)
    #expect(zsh.output.hasPrefix("#compdef upsilon\n"))
    #expect(upsilon("completion man").output.contains("\n.TH UPSILON 1 "))
  }

  @Test("Another shell, or none, is a usage error")
  func refused() {
    let fish = upsilon("completion fish")
    #expect(fish.status == 64)
    #expect(
      fish.diagnostics == """
        Error: The value 'fish' is invalid for '<reader>'. Please provide one of 'bash', 'zsh' or 'man'.
        Help:  <reader>  The shell, bash or zsh, or man for the manual page.
        Usage: upsilon completion <reader>
          See 'upsilon completion --help' for more information.

        """)
    #expect(upsilon("completion").error == "Missing expected argument '<reader>'")
  }
}
