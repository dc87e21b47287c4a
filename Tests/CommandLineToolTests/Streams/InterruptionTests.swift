// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct InterruptionTests {
  /// More rows than are written in the time of a test.
  static let long = ["coverage", "--classes", "1", "--draws", "1..10000000"]

  @Test(
    "An interrupted command leaves nothing behind", arguments: [SIGINT, SIGQUIT, SIGHUP, SIGTERM])
  func interrupted(signal: CInt) throws {
    let folder = TemporaryFolder()
    let path = try folder.write("old", to: "out.csv")
    let process = Subprocess(Subprocess.upsilonPath, Self.long + ["--output", path])
    for _ in 0..<10_000 where folder.names.count < 2 { usleep(1000) }
    #expect(folder.names.count == 2, "the unfinished file and the old one")
    process.send(signal)
    #expect(process.finish() == .init(end: .signal(signal), output: "", diagnostics: ""))
    #expect(folder.names == ["out.csv"])
    #expect(try folder.text(of: "out.csv") == "old")
  }

  @Test("An interrupted training wipes its bar and says how to go on")
  func training() throws {
    let folder = TemporaryFolder()
    let path = folder.file("m.csv")
    let terminal = Terminal(columns: 100)
    let process = Subprocess(
      Subprocess.upsilonPath,
      ["train", "--data", "digits", "--draws", "64", "--seeds", "7", "--output", path],
      environment: ["TERM": "xterm"], terminal: terminal)
    // The first bar is on the screen.
    let shown = process.read(until: "images/s")
    #expect(shown.contains("Note: 1 encoder at temperature 0.5"))
    terminal.press("\u{3}")
    let result = process.finish()
    #expect(result.end == .signal(SIGINT))
    #expect(
      result.output.hasSuffix(
        "\r\u{1B}[KInterrupted: run the same command with '--resume' to continue from "
          + "'\(path).checkpoints'.\n"))
    #expect(!folder.names.contains("m.csv"))
    CommandLineTool.Folder.remove(path + ".checkpoints")
  }

  @Test("A signal that was ignored at the start stays ignored")
  func ignored() {
    let folder = TemporaryFolder()
    let path = folder.file("out.csv")
    let result = Subprocess.shell(
      "sh",
      "trap '' HUP; { sleep 0.5; printf 'label,count\\na,3\\nb,4\\n'; } | "
        + "$upsilon coverage --counts - --draws 9 --output \(path) & "
        + "sleep 0.2; kill -HUP $!; wait $!; echo $?")
    #expect(result == .init(end: .exit(0), output: "0\n", diagnostics: ""))
    #expect(folder.names == ["out.csv"])
  }

  @Test("A file beyond the limit of sizes ends in a message, and leaves nothing")
  func tooLarge() {
    let folder = TemporaryFolder()
    // Where lines are counted, the counts would be beyond the limit, too.
    let result = Subprocess.shell(
      "bash",
      "ulimit -f 8; LLVM_PROFILE_FILE=/dev/null "
        + "$upsilon coverage --classes 1 --draws 1..8000 --output \(folder.file("o.csv"))")
    #expect(
      result
        == .init(
          end: .exit(1), output: "",
          diagnostics: "Error: cannot write '\(folder.file("o.csv"))': File too large\n"))
    #expect(folder.names == [])
  }

  @Test("A named pipe has a reader's attention, and is no file")
  func pipe() {
    let folder = TemporaryFolder()
    let result = Subprocess.shell(
      "sh",
      "mkfifo \(folder.file("p")); cat \(folder.file("p")) & "
        + "$upsilon coverage --classes 1 --draws 3 --format csv --output \(folder.file("p")); wait")
    #expect(result.end == .exit(0) && result.output.hasPrefix("dataset,classes,draws"))
    #expect(folder.names == ["p"])
  }

  @Test("A name that is not UTF-8 is refused, as no file of that name would be found")
  func notUTF8() {
    let result = Subprocess.shell("bash", "$upsilon coverage --counts $'a\\xFFb' --draws 3")
    #expect(
      result
        == .init(
          end: .exit(1), output: "",
          diagnostics: "Error: cannot use 'a\u{FFFD}b': it is not UTF-8\n"))
  }
}
