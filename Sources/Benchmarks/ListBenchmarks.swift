// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import CommandLineTool

/// Whole commands over long lists, from their arguments to the last byte of CSV with 17 digits, in
/// memory, and beside some of them the same rows asked for one by one: what a list would take if
/// its rows shared nothing.
enum ListBenchmarks {
  static func all() -> [Benchmark] {
    whole.map { arguments in Benchmark("list", arguments) { try print(arguments) } }
      + oneByOne.map { arguments, rows in
        Benchmark("list/one by one", arguments) {
          try rows.map { try print(arguments + " --draws \($0)") }.joined(separator: " ")
        }
      }
  }

  private static let whole = [
    "coverage --classes 1000 --draws 1..65536",
    "coverage --classes 1000 --draws 7001..8000",
    "coverage --dataset inaturalist-2018 --draws 100000..1000000:+10000",
    "table --dataset imagenet-1k --draws 1024..65536:+1024",
    "table --classes 1000 --draws 1000..2000",
    "distinct --classes 1000 --draws 500",
    "distinct --classes 1000000 --draws 500",
    "waiting --dataset imagenet-1k --copies 5",
    "duplicates --dataset imagenet-1k --draws 1..8000",
  ]

  private static let oneByOne = [
    ("coverage --classes 1000", Array(7001...8000)),
    (
      "coverage --dataset inaturalist-2018", Array(stride(from: 100_000, to: 1_000_001, by: 10_000))
    ),
    ("table --classes 1000", Array(1000...2000)),
    ("duplicates --dataset imagenet-1k", Array(401...600)),
  ]

  /// Runs a command, and counts the bytes that it prints.
  private static func print(_ arguments: String) throws -> String {
    let (output, diagnostics) = (MemoryOutput(), MemoryOutput())
    let words = (arguments + " --format csv").split(separator: " ").map(String.init)
    let status = UpsilonCommand.run(words, output: output, diagnostics: diagnostics)
    precondition(status == 0, "upsilon \(arguments): \(diagnostics.text)")
    return "\(output.text.utf8.count)"
  }
}
