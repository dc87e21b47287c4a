// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct PlotCommandTests {
  private let folder = TemporaryFolder()
  private static let coverage = Repository.root + "/tables/coverage-cifar-10.csv"
  /// Continuous integration installs it (`make test`); elsewhere its tests are left out.
  private static let hasGnuplot = Gnuplot().program != nil

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `figures of all formats are written whole, twice the same`() throws {
    let bounds = try folder.write(FiguresTests.bounds, to: "bounds.csv")
    let theory = try folder.write(FiguresTests.theory, to: "theory.csv")
    for (format, beginning) in [("svg", "<?xml"), ("png", "\u{89}PNG"), ("pdf", "%PDF-")] {
      for (number, table) in [Self.coverage, bounds, theory].enumerated() {
        let paths = ["a", "b"].map { folder.file("\($0)-\(number).\(format)") }
        for path in paths {
          let outcome = upsilon("plot \(table) --output \(path)")
          #expect(outcome.status == 0 && outcome.output == "")
        }
        let bytes = try paths.map { try FileDescriptor.contents(of: $0) }
        let latin = beginning.unicodeScalars.map { UInt8($0.value) }
        #expect(bytes[0].starts(with: latin) && bytes[0].count > 1000)
        #expect(bytes[0] == bytes[1], "\(format)")
      }
    }
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `without a file, SVG with all names as they are goes to standard output`() throws {
    let text = "dataset,draws,coverage_probability\n\"a<b&c's \"\"{x}_1^2\",1,0.5\nz,2,0.75\n"
    let path = try folder.write(text, to: "names.csv")
    let result = Subprocess.upsilon("plot \(path)", environment: ["PATH": "/usr/bin:/bin"])
    #expect(result.end == .exit(0) && result.diagnostics == "")
    #expect(result.output.contains("a&lt;b&amp;c's \"{x}_1^2"))
    #expect(result.output.hasSuffix("</svg>\n\n"))
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `quotes in a row and what XML has as its own are texts like others`() throws {
    let names = [
      "'tis", "a''b", "a'''b", "c'", "''", "]]>", "]]]>", "`ls`", #"\"x\"#, "@x$y", "q'\u{301}",
      "<![CDATA[", "\u{FFFF}",
    ]
    let rows = names.map { name in
      let quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
      return "\(quoted),1,0.5\n\(quoted),2,0.75\n"
    }
    let path = try folder.write(
      "dataset,draws,coverage_probability\n" + rows.joined(), to: "names.csv")
    let environment = ["PATH": "/usr/bin:/bin"]
    let figure = Subprocess.upsilon("plot \(path)", environment: environment)
    #expect(figure.end == .exit(0) && figure.diagnostics == "")
    for name in names.dropLast() + ["\\u{FFFF}"] {
      let text = name.replacing("<", with: "&lt;").replacing("]]>", with: "]]&gt;")
      #expect(figure.output.contains("<text>\(text)</text>"), "\(name)")
    }
    #expect(!figure.output.contains("]]>"))
    // The script draws the same, with gnuplot's own way of writing `>`.
    let script = Subprocess.upsilon("plot \(path) --script")
    let file = try folder.write(script.output, to: "figure.gp")
    let drawn = Subprocess(
      "/usr/bin/env", ["LC_ALL=C.UTF-8", "gnuplot", "-d", file], environment: environment
    ).finish()
    #expect(drawn.end == .exit(0) && drawn.diagnostics == "")
    #expect(drawn.output.replacing("]]>", with: "]]&gt;") == figure.output)
  }

  @Test func `of very many data sets it is said that they are too many`() throws {
    // A time that grew as the square of their number would be minutes.
    let rows = (0..<20_000).map { "set\($0),\(1 + $0 % 9),0.5\n" }
    let path = try folder.write(
      "dataset,draws,coverage_probability\n" + rows.joined(), to: "many.csv")
    let result = Subprocess.upsilon("plot \(path) --script")
    #expect(result.end == .exit(1) && result.output == "")
    #expect(
      result.diagnostics == "Error: \(path):1: its rows are 20000 curves, and a figure has at most "
        + "1000: choose rows with '--dataset' or '--sampling'\n")
    let one = Subprocess.upsilon("plot \(path) --script --dataset set19999")
    #expect(one.end == .exit(0) && one.output.contains("\n2.0 0.5 0.5 0.5\n"))
    let thousand = try folder.write(
      "dataset,draws,coverage_probability\n" + rows.prefix(1000).joined(), to: "thousand.csv")
    #expect(Subprocess.upsilon("plot \(thousand) --script").end == .exit(0))
  }

  @Test func `without gnuplot there is one line and no file`() {
    let path = folder.file("x.svg")
    let result = Subprocess.upsilon(
      "plot \(Self.coverage) --output \(path)", environment: ["PATH": "/nowhere"])
    #expect(
      result
        == .init(
          end: .exit(1), output: "",
          diagnostics: "Error: figures are drawn by gnuplot, which is not installed: run "
            + "'apt-get install gnuplot-nox' (Debian, Ubuntu) or 'brew install gnuplot'\n"))
    #expect(folder.names.isEmpty)
  }

  @Test func `of several temperatures one is drawn`() throws {
    let table = Repository.root + "/tables/bounds-temperature-convex.csv"
    let refused = upsilon("plot \(table) --script")
    #expect(refused.status == 1)
    #expect(
      refused.error.hasSuffix(
        "differ in temperature ('0.05', '0.1', '0.2', '0.5'): choose one with '--temperature'"))
    let outcome = upsilon("plot \(table) --script --temperature 5e-2")
    #expect(outcome.status == 0 && outcome.output.contains("t = 0.05"))
    let missing = upsilon("plot \(table) --script --temperature 0.3")
    #expect(missing.status == 64 && missing.error.contains("the table has '0.05', '0.1'"))
  }

  @Test func `the script can be had instead`() throws {
    let outcome = upsilon("plot \(Self.coverage) --script --sampling with-replacement")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("set terminal svg"))
    #expect(outcome.output.contains("\n128.0 0.99998609917249"))
    #expect(outcome.output.hasSuffix("unset output\n"))
    let png = upsilon("plot \(Self.coverage) --script --format png")
    #expect(png.output.hasPrefix("set terminal pngcairo"))
  }

  @Test func `what cannot be drawn is said in one line`() throws {
    func error(_ line: String, status: Int32 = 1) -> String {
      let outcome = upsilon("plot \(line) --script")
      #expect(outcome.status == status && outcome.output == "")
      return outcome.error.replacing(folder.path + "/", with: "")
    }
    let two = try folder.write(
      FiguresTests.bounds
        + "toy2,10,32,7,0.5,without-replacement,-1,1.8,60,6.5,1.9,6.3\n", to: "two.csv")
    #expect(
      error(two)
        == "two.csv:1: the rows differ in dataset ('toy', 'toy2'): choose one with '--dataset'")
    #expect(upsilon("plot \(two) --dataset toy2 --script").status == 0)
    #expect(
      error("\(two) --dataset x", status: 64)
        == "The value 'x' is invalid for '--dataset <dataset>': the table has 'toy', 'toy2'")
    #expect(
      error("\(Self.coverage) --kind bounds").hasSuffix(
        ":1: the columns 'curl_upper', 'coupon_upper', 'supervised_loss' are missing, which "
          + "'bounds' needs"))
    #expect(error("/nowhere") == "cannot read '/nowhere': No such file or directory")
    let empty = try folder.write("dataset,draws,coverage_probability\na,1,\n", to: "empty.csv")
    #expect(error(empty) == "empty.csv:1: there is nothing in its columns that can be drawn")
    #expect(
      error("a,,b", status: 64)
        == "The value 'a,,b' is invalid for '<tables>': must be files joined by commas")
    #expect(
      upsilon("plot \(Self.coverage) --format png", isTerminal: true).error
        == "'--format png' needs '--output' or a standard output that is not a terminal")
    let aligned = try folder.write("dataset  draws\na            1\n", to: "a.txt")
    #expect(
      error(aligned).hasSuffix(
        ": the first line has one name with spaces; an aligned table is written as CSV by "
          + "'--format csv'"))
  }

  @Test func `the name of a file says what format it has, or is refused`() {
    func error(_ options: String) -> String {
      let result = Subprocess.upsilon("plot \(Self.coverage) \(options)")
      #expect(result.end == .exit(64) && result.output == "" && folder.names.isEmpty)
      let line = result.diagnostics.split(separator: "\n").first.map(String.init) ?? ""
      return line.replacing(folder.path + "/", with: "")
    }
    let known = "figures are .svg, .png or .pdf, and not"
    #expect(
      error("--output \(folder.file("z.jpg"))")
        == "Error: The value 'z.jpg' is invalid for '--output <file>': \(known) .jpg; '--format' "
        + "names one of these for any other file name")
    #expect(error("--output \(folder.file("z.svg.gz"))").contains("\(known) .gz;"))
    #expect(
      error("--output \(folder.file("z.png")) --format pdf")
        == "Error: The value 'z.png' is invalid for '--output <file>': its extension is that of "
        + "png, but '--format' is pdf")
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `a dash is the standard stream, in and out, for every format`() throws {
    let environment = ["PATH": "/usr/bin:/bin"]
    for (format, beginning) in [("svg", "<?xml"), ("pdf", "%PDF-"), ("png", "\u{FFFD}PNG")] {
      let result = Subprocess.upsilon(
        "plot - --output - --format \(format)", environment: environment,
        inputPath: Self.coverage)
      #expect(result.end == .exit(0) && result.output.hasPrefix(beginning))
    }
    let file = folder.file("z.jpg")
    let named = Subprocess.upsilon(
      "plot \(Self.coverage) --output \(file) --format svg", environment: environment)
    #expect(named.end == .exit(0) && folder.names == ["z.jpg"])
    let twice = Subprocess.upsilon("plot - -", environment: environment, inputPath: Self.coverage)
    #expect(twice.end == .exit(1))
    #expect(twice.diagnostics == "Error: cannot read 'standard input': only one file can be '-'\n")
  }

  @Test func `numbers beyond doubles are noted`() {
    let table = Repository.root + "/tables/coverage-imagenet-1k.csv"
    let outcome = upsilon("plot \(table) --script")
    #expect(
      outcome.diagnostics
        == "Note: 8 numbers outside 1e-150 to 1e150 drawn at the end of that range\n")
    #expect(upsilon("plot \(table) --log --script").diagnostics == "")
  }
}
