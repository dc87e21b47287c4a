// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct GnuplotTests {
  private let tools = StubTools()

  private func failure(_ gnuplot: Gnuplot, _ script: String = "x") -> String {
    do {
      _ = try gnuplot.run(script)
      return "no failure"
    } catch {
      return "\(error)"
    }
  }

  private var stub: Gnuplot { Gnuplot(searchPath: "/nowhere:" + tools.folder.path) }

  @Test func `without gnuplot the package that has it is named`() {
    #expect(
      failure(stub) == "figures are drawn by gnuplot, which is not installed: run "
        + "'apt-get install gnuplot-nox' (Debian, Ubuntu) or 'brew install gnuplot'")
  }

  @Test func `the script goes in and the figure comes out, however long both are`() throws {
    try tools.add("gnuplot", "exec cat")
    let text = String(repeating: "0123456789abcde\n", count: 40_000)
    #expect(try stub.run(text) == Array(text.utf8))
  }

  @Test func `what gnuplot complains of is said in one line`() throws {
    try tools.add(
      "gnuplot",
      """
      cat >/dev/null
      printf 'gnuplot> x\\n         ^\\n         line 3: no such command\\n' >&2
      printf '         line 0: warning: a locale\\n\\n' >&2
      exit 1
      """)
    #expect(failure(stub) == "gnuplot failed: gnuplot> x; line 3: no such command")
    let library =
      "gnuplot: error while loading shared libraries: libcairo.so.2: cannot open shared "
    try tools.add(
      "gnuplot", "echo '\(library)object file: No such file or directory' >&2; exit 127")
    #expect(
      failure(stub) == "gnuplot failed: \(library)object file: No such file or directory")
    // One that ends without reading does not end this process.
    try tools.add("gnuplot", "exit 3")
    let text = String(repeating: "x", count: 1 << 20)
    #expect(failure(stub, text) == "gnuplot failed: it ended with status 3")
    try tools.add("gnuplot", "exit 0")
    #expect(failure(stub) == "gnuplot failed: it ended with status 0")
    try tools.add("gnuplot", "kill -9 $$")
    #expect(failure(stub) == "gnuplot failed: it ended with status 137")
  }

  @Test func `libraries and programs are found where the user has them`() throws {
    try tools.add("gnuplot", #"echo "$LD_LIBRARY_PATH:$GNUPLOT_LIB:$SECRET:$PATH""#)
    let table = Repository.root + "/tables/coverage-cifar-10.csv"
    let result = Subprocess.upsilon(
      "plot \(table)",
      environment: [
        "PATH": tools.folder.path + ":/bin", "LD_LIBRARY_PATH": "/l", "GNUPLOT_LIB": "/g",
        "SECRET": "s",
      ])
    #expect(result.output == "/l:/g::\(tools.folder.path):/bin:/usr/bin:/bin\n")
  }

  @Test func `without cairo PNG is drawn by another terminal, and PDF refused with what to do`()
    throws
  {
    try tools.add(
      "gnuplot",
      """
      script=$(cat)
      case "$script" in
        *cairo*)
          echo "line 0: unknown or ambiguous terminal type; type just 'set terminal' for a list" >&2
          exit 1 ;;
      esac
      echo "$script"
      """)
    var notes: [String] = []
    let png = try stub.run("set terminal pngcairo size 1,1\nplot 1") { notes.append($0) }
    #expect(String(decoding: png, as: UTF8.self) == "set terminal png size 1,1\nplot 1\n")
    #expect(
      notes == [
        "this gnuplot was built without pngcairo, so its png terminal drew the "
          + "figure"
      ])
    #expect(
      failure(stub, "set terminal pdfcairo size 1,1")
        == "this gnuplot was built without cairo, which draws PDF and PNG: choose '--format svg', or "
        + "install gnuplot-nox. It says: line 0: unknown or ambiguous terminal type; type just 'set "
        + "terminal' for a list")
  }

  @Test(arguments: [
    "exec sleep 600", "cat >/dev/null; exec sleep 600", "exec >&- 2>&-; exec sleep 600", "exec yes",
    // What it has started keeps the pipes open.
    "cat >/dev/null; sleep 10",
  ])
  func `one that does not end is stopped, with what to ask for`(script: String) throws {
    try tools.add("gnuplot", script)
    let table = Repository.root + "/tables/coverage-cifar-10.csv"
    let file = tools.folder.file("x.svg")
    let result = Subprocess.upsilon(
      "plot \(table) --time-limit 1 --output \(file)",
      environment: ["PATH": tools.folder.path + ":/usr/bin:/bin"])
    #expect(
      result
        == .init(
          end: .exit(1), output: "",
          diagnostics:
            "Error: gnuplot was stopped: it had not ended after 1 second ('--time-limit')\n"))
    #expect(tools.folder.names == ["gnuplot"])
  }

  @Test func `a figure in SVG has the end of a CDATA section in no text`() {
    func wellFormed(_ text: String) -> String {
      String(decoding: Gnuplot.wellFormed(Array(text.utf8)), as: UTF8.self)
    }
    #expect(wellFormed("<?xml?><a>]]></a>]]]>") == "<?xml?><a>]]&gt;</a>]]]&gt;")
    #expect(wellFormed("<?xml?>]>]]") == "<?xml?>]>]]")
    #expect(wellFormed("%PDF]]>") == "%PDF]]>")
  }

  @Test func `a PDF has no date of its own`() {
    let pdf = Array("%PDF-1.5 /CreationDate (D:20261124190857Z) x".utf8)
    #expect(
      String(decoding: Gnuplot.undated(pdf), as: UTF8.self)
        == "%PDF-1.5 /CreationDate (D:20000101000000Z) x")
    let other = Array("x /CreationDate (D:20261124190857Z)".utf8)
    #expect(Gnuplot.undated(other) == other)
    #expect(Gnuplot.undated(Array("%PDF".utf8)) == Array("%PDF".utf8))
  }
}
