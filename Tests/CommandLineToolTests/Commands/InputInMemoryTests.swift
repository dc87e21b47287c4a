// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct InputInMemoryTests {
  private func coverage(of counts: String) -> Outcome {
    let (output, diagnostics) = (MemoryOutput(), MemoryOutput())
    let words = ["coverage", "--counts", "-", "--draws", "4", "--format", "csv", "--digits", "5"]
    let status = UpsilonCommand.run(
      words, input: Array(counts.utf8), output: output, diagnostics: diagnostics)
    return Outcome(status: status, output: output.text, diagnostics: diagnostics.text)
  }

  @Test func `bytes in memory are read where a dash is named`() {
    let outcome = coverage(of: "label,count\na,1\nb,1\n")
    #expect(outcome.status == 0 && outcome.lines.last?.contains(",0.875,0.125,") == true)
  }

  @Test func `each caller has its own`() async {
    await withTaskGroup(of: (Int, Outcome).self) { group in
      for classes in 1...8 {
        let text = "count,classes\n1,\(classes)\n"
        group.addTask { (classes, coverage(of: text)) }
      }
      for await (classes, outcome) in group {
        #expect(outcome.lines.last?.split(separator: ",")[1] == "\(classes)")
      }
    }
  }

  @Test func `errors name it`() {
    #expect(coverage(of: "").error.hasPrefix("standard input"))
  }
}
