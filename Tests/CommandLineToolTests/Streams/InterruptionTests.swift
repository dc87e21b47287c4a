// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

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

  @Test("An interrupted command leaves nothing behind", arguments: [SIGINT, SIGHUP, SIGTERM])
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

  @Test("A signal that was ignored at the start stays ignored")
  func ignored() {
    let folder = TemporaryFolder()
    let path = folder.file("out.csv")
    let result = Subprocess.shell(
      "sh",
      "trap '' HUP; $upsilon coverage --classes 1 --draws 1..8000 --output \(path) & "
        + "sleep 0.1; kill -HUP $!; wait $!; echo $?")
    #expect(result == .init(end: .exit(0), output: "0\n", diagnostics: ""))
    #expect(folder.names == ["out.csv"])
  }
}
