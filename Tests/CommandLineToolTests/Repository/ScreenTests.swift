// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

/// What people see on a terminal.
@Suite struct ScreenTests {
  @Test(arguments: [80, 100])
  func `bounds fit on a line`(columns: UInt16) {
    for name in ["cifar-10", "cifar-100", "ag-news"] {
      let result = Subprocess.onTerminal("bounds --published \(name)", columns: columns)
      #expect(result.end == .exit(0))
      let lines = result.output.split(separator: "\n").filter { !$0.hasPrefix("Note: ") }
      #expect(lines.count > 4 && lines.allSatisfy { $0.count <= columns }, "\(name)")
      #expect(
        lines[0].split(separator: " ") == [
          "draws", "t", "L_sup", "lower", "upper", "bound", "chance", "verdict",
        ])
    }
  }

  @Test func `the loss with priors of unequal classes takes a hundred columns`() {
    let folder = Repository.root + "/Tests/CommandLineToolTests/References/measure"
    let result = Subprocess.onTerminal(
      "measure --features \(folder)/val-0.npy,\(folder)/val-1.npy --labels "
        + "\(folder)/val-labels.npy --with-replacement --draws 8,65536 --quiet", columns: 100)
    // Whatever the bar has drawn before is wiped.
    let lines = result.output.split(separator: "\n").map { line in
      line.split(separator: "\u{1B}[K", omittingEmptySubsequences: false).last ?? ""
    }
    #expect(lines.count == 3 && lines.allSatisfy { $0.count <= 100 })
    #expect(lines[0].contains("  H(rho)  verdict") && lines[2].contains("65536  "))
  }

  @Test func `published losses of CIFAR-10 are seen at a glance`() {
    let result = Subprocess.onTerminal("bounds --published cifar-10", columns: 80)
    #expect(
      result.output.hasPrefix(
        """
        draws    t  L_sup    lower   upper  bound         chance  verdict
           32  0.5   1.83  0.68073  2.1114  spread_upper  2.3026  below-chance
           64  0.5   1.82  0.68073  1.9925  spread_upper  2.3026  below-chance

        """))
  }
}
