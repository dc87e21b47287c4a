// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite(.enabled(if: Subprocess.shell("bash", "exit 0").end == .exit(0), "bash is not installed"))
struct BashCompletionTests {
  /// What bash offers at the end of a line; its words are split as bash splits them, at `=` too.
  private func completions(_ line: String, in folder: String = "/") -> [String] {
    let result = Subprocess.shell(
      "bash",
      """
      source <($upsilon completion bash) && cd \(folder) || exit 1
      [[ $(complete -p upsilon) == 'complete -F _upsilon upsilon' ]] || exit 2
      COMP_WORDS=(\(line)) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      _upsilon
      printf '%s\\n' "${COMPREPLY[@]}"
      """)
    #expect(result.end == .exit(0))
    #expect(result.diagnostics == "")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test("The first word is a subcommand or an option of the tool")
  func subcommands() {
    #expect(
      completions("upsilon ''") == [
        "coverage", "collision", "distinct", "duplicates", "waiting", "table", "bounds", "train",
        "measure", "merge", "verify", "plot", "reproduce", "datasets", "completion", "help",
        "--version", "--help",
      ])
    #expect(completions("upsilon co") == ["coverage", "collision", "completion"])
    #expect(completions("upsilon --h") == ["--help"])
    #expect(completions("upsilon help d") == ["distinct", "duplicates", "datasets"])
  }

  @Test("After a subcommand come its options")
  func options() {
    #expect(completions("upsilon coverage --ex") == ["--exact"])
    #expect(completions("upsilon datasets --ex") == [])
    #expect(
      completions("upsilon coverage --classes 5 --d") == ["--dataset", "--draws", "--digits"])
    #expect(completions("upsilon completion z") == ["zsh"])
  }

  @Test("An option that takes a value is followed by its values")
  func values() {
    #expect(completions("upsilon coverage --format ''") == ["csv", "json", "table"])
    #expect(completions("upsilon coverage --format = j") == ["json"])
    #expect(completions("upsilon coverage --format =") == ["csv", "json", "table"])
    #expect(
      completions("upsilon coverage --dataset cifar-100") == ["cifar-100", "cifar-100-lt-100"])
    #expect(completions("upsilon waiting --dataset al") == ["all"])
    #expect(completions("upsilon coverage --dataset al") == [])
    #expect(completions("upsilon coverage --draws ''") == [])
  }

  @Test("An option that takes a file is followed by the names of files")
  func files() throws {
    let folder = TemporaryFolder()
    _ = try folder.write("", to: "counts one.csv")
    _ = try folder.write("", to: "counts.csv")
    _ = try folder.write("", to: "other")
    let found = completions("upsilon coverage --counts co", in: folder.path).sorted()
    #expect(found == ["counts one.csv", "counts.csv"])
    #expect(
      completions("upsilon plot other,x/y.csv,ot", in: folder.path) == ["other,x/y.csv,other"])
    for command in ["plot", "verify", "merge"] {
      #expect(completions("upsilon \(command) ot", in: folder.path) == ["other"])
      #expect(completions("upsilon \(command) ''", in: folder.path).count == 3)
    }
    #expect(completions("upsilon plot ot --scr", in: folder.path) == ["--script"])
    #expect(
      completions("upsilon measure --features other,x/y.csv,ot", in: folder.path)
        == ["other,x/y.csv,other"])
  }
}
