// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

/// What people and programs are given to read, by the program itself.
@Suite struct OutputFormsTests {
  private let folder = TemporaryFolder()
  private static let references = Repository.root + "/Tests/CommandLineToolTests/References/measure"
  private static let views =
    "--features \(references)/val-0.npy,\(references)/val-1.npy --labels \(references)/val-labels.npy"

  private func run(_ line: String) -> Subprocess.Result {
    let result = Subprocess.upsilon(line)
    #expect(result.end == .exit(0), "\(line): \(result.diagnostics)")
    return result
  }

  /// The fields of the only row, as the text of JSON has them.
  private func row(_ line: String) -> String {
    let lines = run(line + " --format json").output.split(separator: "\n")
    #expect(lines.count == 3 && lines.first == "[" && lines.last == "]")
    return lines.count == 3 ? String(lines[1]) : ""
  }

  @Test func `numbers in JSON are literals, infinities texts, and null what does not apply`() {
    #expect(
      row(
        "coverage --classes 3 --draws 2 --columns draws,coverage_probability,"
          + "log10_coverage_probability") == """
          {"draws":2,"coverage_probability":0,"log10_coverage_probability":"-inf"}
          """)
    #expect(
      row(
        "coverage --classes 3 --draws 4 --digits 40 --exact --columns coverage_probability,"
          + "coverage_probability_exact") == """
          {"coverage_probability":0.4444444444444444444444444444444444444444,\
          "coverage_probability_exact":"4/9"}
          """)
    let theory = "bounds --theory --classes 10 --temperature 0.5 --draws 2"
    #expect(
      row("\(theory) --columns seed,temperature,curl_upper,violated") == """
        {"seed":null,"temperature":0.5,"curl_upper":"inf","violated":"none"}
        """)
    let measured = row("measure \(Self.views) --draws 4 --seeds 18446744073709551 --quiet")
    #expect(measured.contains("\"seed\":18446744073709551,\"temperature\":0.5,"))
    #expect(measured.contains(#/"contrastive_loss":\d\.\d{10,}/#))
  }

  @Test func `what is assumed is said, and which draws are left out`() throws {
    let measure = run("measure \(Self.views) --passes 1")
    for note in [
      "no temperature was given, so 0.5 is used: pass the one you trained with as '--temperature'",
      "batches are shuffled, as published; ", "there are only 23 items, so 23 draws are measured",
      "view 0 provides the anchors, view 1 the keys",
      "class means are taken over the 23 items measured", "class means leave out view 0: ",
    ] {
      #expect(measure.diagnostics.contains("Note: \(note)"))
    }
    #expect(run("measure \(Self.views) --passes 1 --quiet").diagnostics == "")
    let texts = (0..<80).map { "c\($0 % 2),word\($0 % 9) of \($0 % 7)\n" }.joined()
    let path = try folder.write(texts, to: "t.csv")
    let train = run(
      "train --data text-csv:\(path) --seeds 7 --epochs 1 --passes 1 --views 1 "
        + "--encoder bag:50x4+4 --output - --checkpoints \(folder.file("c"))")
    for note in [
      "there are only 16 items, so the default draws of 32, 64, 128, 256, 512 are left out",
      "1 encoder at temperature 0.5, trained on 64 texts, measured on 16 in 1 view",
      "measured in shuffled batches with class means",
    ] {
      #expect(train.diagnostics.contains("Note: \(note)"), "\(train.diagnostics)")
    }
  }

  @Test func `tables of several temperatures are drawn one at a time`() {
    let table = Repository.root + "/tables/bounds-temperature-exact.csv"
    let refused = Subprocess.upsilon("plot \(table) --script")
    #expect(refused.end == .exit(1) && refused.output == "")
    #expect(refused.diagnostics.hasSuffix(": choose one with '--temperature'\n"))
    #expect(run("plot \(table) --script --temperature 0.1").output.contains("t = 0.1"))
  }

  @Test(arguments: [
    ("coverage --dataset CIFAR-10 --draws 20", "coverage --dataset cifar-10 --draws 20"),
    ("bounds --published CIFAR-10", "bounds --published cifar-10"),
    ("datasets --format JSON", "datasets --format json"),
  ])
  func `names are found in any case`(line: String, usual: String) {
    #expect(run(line) == run(usual))
  }

  @Test func `the version names the program, its libraries and its instructions`() {
    let lines = run("--version").output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first?.wholeMatch(of: #/upsilon 0\.1\.0( \([0-9a-f]{7,}(-modified)?\))?/#) != nil)
    #expect(lines.dropFirst().first?.contains(#/^GMP [\d.]+, MPFR [\d.]+$/#) == true)
  }

  @Test func `columns are chosen of every table`() {
    for command in UpsilonCommand.commands.map({ $0.specification }) {
      let names = Set(command.options.map(\.name))
      let isTable = names.contains("format") && !names.contains("script")
      #expect(names.contains("columns") == isTable, "\(command.name)")
    }
    let table = Repository.root + "/tables/coverage-cifar-10.csv"
    #expect(run("verify \(table) --columns wrong,rows").output == "wrong,rows\n0,238\n")
    #expect(run("datasets --columns name").output.hasPrefix("name\nbinary\n"))
  }
}
