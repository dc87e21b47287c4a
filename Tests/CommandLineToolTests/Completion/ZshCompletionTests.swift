// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

/// Drives an interactive zsh through a terminal of its own, so that zsh's own completion is tested.
@Suite(.enabled(if: Subprocess.shell("zsh", "exit 0").end == .exit(0), "zsh is not installed"))
struct ZshCompletionTests {
  /// Types lines and a tab, then a key bound to a widget that prints the line as it has become.
  private static let script = #"""
    zmodload zsh/zpty || exit 2
    zpty shell zsh -f -i
    zpty -w shell 'PS1=; unsetopt beep; autoload -U compinit; compinit -u -D'
    zpty -w shell "path+=(${upsilon:h}); source <(upsilon completion zsh)"
    zpty -w shell 'show() { print -r -- "<$BUFFER>"; BUFFER=; }; zle -N show; bindkey "^X" show'
    zpty -w shell 'echo REA""DY'
    zpty -r shell text '*READY*'
    for line in "$@"; do
      zpty -w -n shell "$line"$'\t\x18'
      zpty -r shell text '*<*>*'
      [[ $text =~ '<([^>]*)>' ]]
      print -r -- "$match[1]"
    done
    zpty -d shell
    """#

  @Test("A tab completes what can only be one thing, and leaves all else")
  func completed() throws {
    let folder = TemporaryFolder()
    let file = try folder.write("", to: "counts.csv")
    let lines = [
      ("upsilon cov", "upsilon coverage "),
      ("upsilon help wai", "upsilon help waiting "),
      ("upsilon --vers", "upsilon --version "),
      ("upsilon completion z", "upsilon completion zsh "),
      ("upsilon coverage --ex", "upsilon coverage --exact "),
      ("upsilon datasets --ex", "upsilon datasets --ex"),
      ("upsilon coverage --dataset mn", "upsilon coverage --dataset mnist "),
      ("upsilon coverage --format=j", "upsilon coverage --format=json "),
      ("upsilon waiting --dataset al", "upsilon waiting --dataset all "),
      ("upsilon coverage --dataset al", "upsilon coverage --dataset al"),
      // One law excludes the others.
      ("upsilon coverage --classes 5 --datas", "upsilon coverage --classes 5 --datas"),
      ("upsilon coverage --counts \(file.dropLast(5))", "upsilon coverage --counts \(file) "),
    ]
    let result = Subprocess.shell("zsh", Self.script, lines.map { $0.0 })
    #expect(result.end == .exit(0))
    #expect(result.output == lines.map { $0.1 + "\n" }.joined())
  }
}
