// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct CompletionCommandTests {
  @Test("Each shell has its script")
  func scripts() {
    let bash = upsilon("completion bash")
    #expect(bash.status == 0)
    #expect(bash.output.hasPrefix("# bash completion for upsilon"))
    let zsh = upsilon("completion zsh")
    #expect(zsh.status == 0)
    #expect(zsh.output.hasPrefix("#compdef upsilon\n"))
  }

  @Test("Another shell, or none, is a usage error")
  func refused() {
    let fish = upsilon("completion fish")
    #expect(fish.status == 64)
    #expect(
      fish.diagnostics == """
        Error: The value 'fish' is invalid for '<shell>'. Please provide one of 'bash' and 'zsh'.
        Help:  <shell>  The shell: bash or zsh.
        Usage: upsilon completion <shell>
          See 'upsilon completion --help' for more information.

        """)
    #expect(upsilon("completion").error == "Missing expected argument '<shell>'")
  }
}
