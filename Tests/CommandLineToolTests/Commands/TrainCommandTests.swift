// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import TestSupport
import Testing

@testable import CommandLineTool

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct TrainCommandTests {
  /// A folder for a file of measurements, and beside it a folder of checkpoints.
  private final class Folder {
    let folder = TemporaryFolder()
    var output: String { folder.file("m.csv") }
  }

  private let options =
    "train --data digits --seeds 7 --epochs 1 --passes 1 --views 1 --encoder mlp:32-16 --quiet"

  @Test func `a table of measurements is written, the same for any number of threads`() throws {
    let (one, two) = (Folder(), Folder())
    for (folder, threads) in [(one, 1), (two, 3)] {
      let outcome = upsilon(
        "\(options) --draws 256 --threads \(threads) --output \(folder.output)")
      #expect(outcome == Outcome(status: 0, output: "", diagnostics: ""))
    }
    let text = try one.folder.text(of: "m.csv")
    #expect(try two.folder.text(of: "m.csv") == text)
    var reader = try MeasurementReader(Array(text.utf8), file: "m.csv")
    let rows = try reader.remainingMeasurements()
    #expect(rows.map(\.draws) == [256] && rows.allSatisfy { $0.dataset == "digits" })
    #expect(rows.allSatisfy { $0.classSizes.groups.map(\.size) == [52] })
    #expect(rows.allSatisfy { $0.means.count == MeasuredMean.allCases.count })
  }

  @Test func `notes say what is trained and measured, and with which draws`() throws {
    let folder = Folder()
    let line = options.replacing(" --quiet", with: "")
    let outcome = upsilon("\(line) --draws 256 --output \(folder.output)")
    #expect(
      outcome.diagnostics == """
        Note: 1 encoder at temperature 0.5, trained on 1277 images, measured on 520 in 1 view
        Note: measured in shuffled batches with class means of the training images, as published; \
        they stand in for those of the bounds, which '--with-replacement' measures

        """)
  }

  @Test func `an imbalance is seen in the classes that are measured`() throws {
    let folder = Folder()
    let outcome = upsilon("\(options) --draws 128 --imbalance 4 --output \(folder.output)")
    #expect(outcome == Outcome(status: 0, output: "", diagnostics: ""))
    var reader = try MeasurementReader(
      Array(try folder.folder.text(of: "m.csv").utf8), file: "m.csv")
    let row = try #require(try reader.next())
    #expect(row.classSizes.largestClass == 52 && row.classSizes.smallestClass == 13)
    #expect(row.dataset == "digits-lt-4")
    let refused = upsilon("train --data digits --imbalance 0.5")
    #expect(refused.status == 64 && refused.error.contains("'--imbalance <factor>'"))
  }

  @Test func `texts are trained on and measured, and a malformed file is refused`() throws {
    let folder = Folder()
    let lines = (0..<1400).map { item in
      "c\(item % 4),title \(item % 4) of \(item % 7),\"word\(item % 9), word\(item % 5)\""
    }
    let path = try folder.folder.write(lines.joined(separator: "\n"), to: "t.csv")
    let line = "train --data text-csv:\(path) --seeds 7 --epochs 1 --passes 1 --views 1 --draws 256"
    let shape = "--encoder bag:100x8+8"
    #expect(upsilon("\(line) \(shape) --output \(folder.output)").status == 0)
    var reader = try MeasurementReader(
      Array(try folder.folder.text(of: "m.csv").utf8), file: "m.csv")
    let row = try #require(try reader.next())
    #expect(row.dataset == "t.csv" && row.classSizes.groups.map(\.size) == [70])
    #expect(row.means.count == MeasuredMean.allCases.count)
    _ = try folder.folder.write("a,b\nc\n", to: "t.csv")
    let refused = upsilon("\(line) \(shape)")
    #expect(refused.status == 1 && refused.error == "\(path):2: expected 2 fields, found 1")
  }

  @Test func `a process killed after its first encoder resumes to the same bytes`() throws {
    let (whole, broken) = (Folder(), Folder())
    // One thread trains one encoder after the other; two would end both at almost the same time.
    let line = "\(options) --draws 128,256 --threads 1 --output"
    let outcome = Subprocess.upsilon("\(line) \(whole.output)")
    #expect(outcome == .init(end: .exit(0), output: "", diagnostics: ""))
    let words = "\(line) \(broken.output)".split(separator: " ").map(String.init)
    let process = Subprocess(Subprocess.upsilonPath, words)
    let first = broken.output + ".checkpoints/draws-128-seed-7-temperature-0.5.measurements"
    // At most a minute, should the process end early.
    for _ in 0..<60_000 where unsafe access(first, F_OK) != 0 { usleep(1000) }
    process.send(SIGKILL)
    #expect(process.finish().end == .signal(SIGKILL))
    #expect(broken.folder.names.contains("m.csv") == false)
    let resumed = Subprocess.upsilon("\(line) \(broken.output) --resume")
    #expect(resumed == .init(end: .exit(0), output: "", diagnostics: ""))
    #expect(try broken.folder.text(of: "m.csv") == whole.folder.text(of: "m.csv"))
    // What the killed process left of its output is gone too.
    #expect(broken.folder.names == ["m.csv", "m.csv.checkpoints"])
  }

  @Test func `what a run of other options left is neither used nor replaced`() throws {
    let (one, two) = (Folder(), Folder())
    for (folder, temperature) in [(one, "0.5"), (two, "0.2")] {
      let line = "\(options) --draws 256 --temperature \(temperature) --output \(folder.output)"
      #expect(upsilon(line).status == 0)
    }
    let (from, to) = ("256-seed-7-temperature-0.5", "256-seed-7-temperature-0.2")
    let bytes = try FileDescriptor.contents(
      of: "\(one.output).checkpoints/draws-\(from).measurements")
    let place = "\(two.output).checkpoints/draws-\(to).measurements"
    _ = try two.folder.write(bytes, to: String(place.dropFirst(two.folder.path.utf8.count + 1)))
    let line = "\(options) --draws 256 --temperature 0.2 --output \(two.output)"
    for ending in ["", " --resume"] {
      #expect(
        upsilon(line + ending).error
          == "\(place): it comes from other data, options or instructions (temperature 0.5 "
          + "instead of 0.2); name another folder with '--checkpoints', or remove it")
    }
  }

  @Test func `output and checkpoints need two places`() {
    let folder = TemporaryFolder()
    let outcome = upsilon(
      "\(options) --output \(folder.file("x")) --checkpoints \(folder.path)/.//x/")
    #expect(outcome.status == 64 && outcome.error.contains("is the file of '--output' already"))
    #expect(folder.names.isEmpty)
  }

  @Test func `what cannot be served is refused in one line, and nothing is written`() throws {
    let folder = Folder()
    func refused(_ line: String, status: Int32 = 1) -> String {
      let outcome = upsilon("train \(line) --output \(folder.output)")
      #expect(outcome.status == status && outcome.output == "")
      #expect(folder.folder.names.isEmpty)
      return outcome.error
    }
    #expect(
      refused("--data digits --draws 521")
        == "digits: 521 draws without replacement exceed the 520 validation images")
    #expect(
      refused("--data digits --draws 1278 --with-replacement")
        == "digits: 1278 draws exceed the 1277 training images")
    for kind in ["mnist", "fashion-mnist", "cifar-10", "cifar-100", "banking77"] {
      #expect(refused("--data \(kind):/nowhere") == "/nowhere: there is no such folder")
    }
    #expect(
      refused("--data idx:/nowhere/a,/nowhere/b") == "/nowhere/a: No such file or directory")
    #expect(
      upsilon("train --data digits --output m.json").error
        == "The value 'm.json' is invalid for '--output <file>': the table is .csv, and not .json")
    #expect(refused("", status: 64) == "Missing expected argument '--data <data>'")
    #expect(
      refused("--data digits --encoder mlp:65536-65536-65536-65536-65536-65536-65536-64")
        .contains("MB of memory, but the machine has"))
  }
}
