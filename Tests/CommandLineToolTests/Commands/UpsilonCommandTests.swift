// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct UpsilonCommandTests {
  /// Whether the system has a device that is always full.
  static let hasFullDevice = unsafe access("/dev/full", W_OK) == 0

  @Test("The program prints its result on standard output and nothing else anywhere")
  func success() {
    #expect(
      Subprocess.upsilon("coverage --classes 3 --draws 2 --format csv")
        == .init(
          end: .exit(0),
          output: """
            \(CoverageCommandTests.header)
            uniform,3,2,with-replacement,0,1,-inf,0

            """, diagnostics: ""))
  }

  @Test("A usage error is explained on standard error with code 64")
  func usage() {
    #expect(
      Subprocess.upsilon("coverage --classes 3 --draws")
        == .init(
          end: .exit(64), output: "",
          diagnostics: """
            Error: Missing value for '--draws <list>'
            Help:  --draws <list>  Numbers of draws K+1, anchor included: a list such as 32,64 or \
            1..1024 or 128..1024:+128 or 128..65536:*2.
            Usage: upsilon coverage [<options>] (--classes <classes> | --dataset <dataset>
                   | --counts <file> | --probabilities <file>) (--draws <list>
                   | --negatives <list>)
              See 'upsilon coverage --help' for more information.

            """))
  }

  @Test("Any other failure is one line with code 1")
  func failure() {
    #expect(
      Subprocess.upsilon("coverage --counts /none.csv --draws 5")
        == .init(
          end: .exit(1), output: "",
          diagnostics: "Error: cannot read '/none.csv': No such file or directory\n"))
  }

  @Test("A name with a line feed does not make two lines of an error")
  func oneLine() {
    let outcome = upsilon(words: ["coverage", "--counts", "a\nb", "--draws", "5"])
    #expect(outcome.diagnostics == "Error: cannot read 'a\\nb': No such file or directory\n")
    #expect(upsilon(words: ["a\u{1B}[31m"]).error == #"Unexpected argument 'a\u{1B}[31m'"#)
  }

  @Test("An output that cannot be written is known before anything is computed")
  func unwritable() {
    let outcome = upsilon("coverage --classes 3 --draws 5 --output /none/out.csv")
    let error = "Error: cannot write '/none/out.csv': No such file or directory\n"
    #expect(outcome == Outcome(status: 1, output: "", diagnostics: error))
  }

  @Test("Help is as wide as COLUMNS says, 80 by default")
  func columns() {
    let narrow = Subprocess.upsilon("help coverage", environment: ["COLUMNS": "50"])
    #expect(narrow.output == HelpText(width: 50).command(CoverageCommand.specification))
    let usual = HelpText(width: 80).command(CoverageCommand.specification)
    #expect(Subprocess.upsilon("help coverage").output == usual)
    let senseless = Subprocess.upsilon("help coverage", environment: ["COLUMNS": "wide"])
    #expect(senseless.output == usual)
  }

  @Test("A reader that has seen enough ends the program quietly")
  func brokenPipe() {
    let process = Subprocess(
      Subprocess.upsilonPath, InterruptionTests.long + ["--format", "csv"])
    let result = process.finishAfterFirstOutput()
    #expect(result.end == .signal(SIGPIPE))
    #expect(result.output.hasPrefix(CoverageCommandTests.header))
    #expect(result.diagnostics == "")
  }

  @Test("So it does if the parent ignores the signal")
  func ignoredPipe() {
    let result = Subprocess.shell(
      "sh",
      "trap '' PIPE; ($upsilon coverage --classes 1 --draws 1..10000000 --format csv; echo $? >&2) "
        + "| head -n 1")
    #expect(
      result
        == .init(
          end: .exit(0), output: CoverageCommandTests.header + "\n",
          diagnostics: "\(128 + SIGPIPE)\n"))
  }

  @Test("A full disk is an error", .enabled(if: hasFullDevice))
  func fullDisk() {
    let result = Subprocess(
      Subprocess.upsilonPath, ["datasets"], outputPath: "/dev/full"
    ).finish()
    #expect(
      result
        == .init(
          end: .exit(1), output: "",
          diagnostics: "Error: cannot write 'standard output': No space left on device\n"))
  }

  /// The second has threads before it writes, whose queues are files of the system.
  @Test(
    "A stream that is closed is an error, and no file takes its place",
    arguments: [
      ("datasets >&-", "write 'standard output'"),
      ("bounds --published cifar-10 >&-", "write 'standard output'"),
      ("coverage --counts - --draws 3 <&-", "read 'standard input'"),
    ])
  func closedStream(line: String, failure: String) {
    let result = Subprocess.shell("sh", "$upsilon \(line)")
    #expect(
      result
        == .init(
          end: .exit(1), output: "",
          diagnostics: "Error: cannot \(failure): Bad file descriptor\n"))
  }

  @Test("The same command prints the same bytes")
  func reproducible() {
    let line = "coverage --dataset digits --draws 15..60:+15 --both-samplings --format json"
    #expect(Subprocess.upsilon(line) == Subprocess.upsilon(line))
  }
}
