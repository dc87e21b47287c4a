// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

/// Parts of measurements, by the real program.
@Suite struct MergeCommandTests {
  private let folder = TemporaryFolder()

  private static let references = Repository.root + "/Tests/CommandLineToolTests/References/measure"

  private static func path(_ name: String) -> String { "\(references)/\(name).npy" }

  /// Two views of 23 items of three classes.
  private static let views =
    "--features \(path("val-0")),\(path("val-1")) --labels \(path("val-labels")) --name toy"

  /// Three views, and training items.
  private static let training =
    "--features \(path("val-0")),\(path("val-1")),\(path("val-2")) --labels \(path("val-labels")) "
    + "--training-features \(path("train-0")),\(path("train-1")) "
    + "--training-labels \(path("train-labels")) --name toy"

  private static let requests = [
    // 4 divides 8 and not 9; of 23 draws there is one batch a pass.
    "\(training) --draws 4,9,8,23 --seeds 7,11 --passes 3 --temperature 0.2,0.5",
    "\(training) --draws 5 --seeds 7 --passes 1 --class-means validation",
    "\(views) --draws 6,3 --seeds 1,2,3",
    "\(views) --with-replacement --draws 2,16,1000000001 --seeds 7,11 --temperature 0.1,0.5",
    "\(views) --with-replacement --draws 4,9,30 --seeds 7,11 --passes 3",
    "\(training) --with-replacement --draws 4 --passes 2",
  ]

  /// Runs the real program, which must succeed and say nothing.
  @discardableResult
  private func run(_ line: String) -> String {
    let result = Subprocess.upsilon(line)
    #expect(result.end == .exit(0) && result.diagnostics == "", "\(line): \(result.diagnostics)")
    return result.output
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    try FileDescriptor.contents(of: folder.file(name))
  }

  /// Measures all parts; their files are `NAME-1` and so on.
  private func measure(
    _ request: String, count: Int, as name: String, _ options: (_ part: Int) -> String = { _ in "" }
  ) {
    for part in 1...count {
      let file = folder.file("\(name)-\(part)")
      run("measure \(request) --quiet --part \(part)/\(count) --output \(file)\(options(part))")
    }
  }

  @Test(arguments: RandomTests.sample(requests))
  func `one process, two or eight make the same bytes`(request: String) throws {
    run("measure \(request) --quiet --output \(folder.file("one.csv"))")
    let one = try bytes("one.csv")
    for count in [1, 2, 8] {
      measure(request, count: count, as: "part-\(count)", { $0 % 2 == 0 ? " --threads 3" : "" })
      let files = (1...count).reversed().map { folder.file("part-\(count)-\($0)") }
      run("merge \(files.joined(separator: " ")) --output \(folder.file("merged.csv"))")
      #expect(try bytes("merged.csv") == one)
    }
    // More parts than there are classes, batches of most sizes and blocks of rows.
    for part in 1...25 {
      let line = "measure \(request) --quiet --part \(part)/25"
      #expect(upsilon("\(line) --output \(folder.file("many-\(part)"))").status == 0)
    }
    #expect(run("merge \(folder.file("many-*"))") == String(decoding: one, as: UTF8.self))
  }

  @Test(arguments: [
    "\(views) --draws 6,3 --seeds 1,2", "\(views) --with-replacement --draws 4 --temperature 0.5",
  ])
  func `every format is that of one process, and has its notes`(request: String) throws {
    measure(request, count: 2, as: "part")
    let parts = folder.file("part-*")
    for options in ["--format table", "--format json", "--columns draws,contrastive_loss"] {
      let whole = Subprocess.upsilon("measure \(request) \(options)")
      let merged = Subprocess.upsilon("merge \(parts) \(options)")
      #expect(whole.end == .exit(0) && merged.end == .exit(0))
      #expect(merged.output == whole.output && merged.output != "")
      // Of the notes those on the table, which come last.
      #expect(whole.diagnostics.hasSuffix(merged.diagnostics))
      #expect((merged.diagnostics != "") == (options == "--format table"))
    }
    let rows = Subprocess.upsilon("merge \(parts) --format table").output.split(separator: "\n")
    #expect(rows[0].split(separator: " ").prefix(3) == ["draws", "seed", "t"])
    let csv = run("merge \(parts)").split(separator: "\n")
    #expect(rows.count == csv.count)
    // JSON has every field of CSV, in its order.
    let json = run("merge \(parts) --format json")
    let names = csv[0].split(separator: ",").map { "\"\($0)\":" }
    #expect(json.split(separator: "{").count == csv.count && names.allSatisfy(json.contains))
  }

  @Test(arguments: [requests[0], requests[1], requests[5]])
  func `sums of a first pass change no byte of a part`(request: String) throws {
    measure(request, count: 2, as: "sums", { _ in " --first-pass" })
    measure(request, count: 3, as: "plain")
    measure(request, count: 3, as: "second") { _ in " --sums \(folder.file("sums-*"))" }
    for part in 1...3 { #expect(try bytes("second-\(part)") == bytes("plain-\(part)")) }
    measure(request, count: 2, as: "again", { _ in " --first-pass" })
    #expect(try bytes("again-2") == bytes("sums-2"))
  }

  // MARK: - What is refused

  /// The error of a command that must fail with one line, and print nothing.
  private func error(_ words: String, status: Int32 = 1) -> String {
    let outcome = upsilon(words)
    #expect(outcome.status == status && outcome.output == "", "\(words)")
    if status == 1 { #expect(outcome.diagnostics.split(separator: "\n").count == 1) }
    return outcome.error
  }

  private static let small = "\(views) --draws 6 --seeds 1 --passes 2"

  @Test func `parts that do not belong together are refused by name`() throws {
    measure(Self.small, count: 3, as: "part")
    let (a, b, c) = (folder.file("part-1"), folder.file("part-2"), folder.file("part-3"))
    #expect(
      error("merge \(a) \(c)") == "\(a): it is one of 3 parts, of which 2 is missing")
    #expect(
      error("merge \(b)") == "\(b): it is one of 3 parts, of which 1, 3 are missing")
    #expect(error("merge \(a) \(b) \(c) \(a)") == "\(a): part 1/3 is in '\(a)' already")
    measure(Self.small, count: 2, as: "other")
    let other = folder.file("other-2")
    #expect(
      error("merge \(a) \(b) \(other)") == "\(other): it is one of 2 parts, but '\(a)' is one of 3")
    for (options, words) in [
      (Self.small.replacing("--draws 6", with: "--draws 7"), "draws 7 instead of 6"),
      (Self.small.replacing("--seeds 1", with: "--seeds 2"), "seeds 2 instead of 1"),
      (Self.small.replacing("--passes 2", with: "--passes 3"), "passes 3 instead of 2"),
      ("\(Self.small) --temperature 0.1", "temperature 0.1 instead of 0.5"),
      (Self.small.replacing("toy", with: "boy"), "name boy instead of toy"),
      (
        "\(Self.small) --with-replacement",
        "sampling with-replacement instead of without-replacement"
      ),
    ] {
      run("measure \(options) --quiet --part 3/3 --output \(other)")
      #expect(
        error("merge \(a) \(b) \(other)")
          == "\(other): it comes from other data, options or instructions than '\(a)' (\(words))")
    }
  }

  @Test func `parts of other features are refused`() throws {
    measure(Self.small, count: 2, as: "part")
    // One number of one row of the second view, in a row that is not among the few that are always
    // compared.
    let keys = try FileDescriptor.contents(of: Self.path("val-1"))
    var changed = keys
    changed[changed.count - 2] ^= 8
    let file = try folder.write(changed, to: "changed.npy")
    run(
      "measure \(Self.small.replacing(Self.path("val-1"), with: file)) --quiet --part 2/2 "
        + "--output \(folder.file("part-3"))")
    let text = error("merge \(folder.file("part-1")) \(folder.file("part-3"))")
    #expect(
      text.hasPrefix(
        "\(folder.file("part-3")): it comes from other data, options or instructions than "
          + "'\(folder.file("part-1"))' (sample "))
  }

  @Test func `files that are no parts, or have changed, are refused`() throws {
    measure(Self.small, count: 2, as: "part")
    let a = folder.file("part-1")
    let whole = try bytes("part-2")
    for place in stride(from: 8, to: whole.count, by: max(1, whole.count / 97)) {
      var changed = whole
      changed[place] ^= 0x10
      let file = try folder.write(changed, to: "changed")
      #expect(error("merge \(a) \(file)") == "\(file): the part of a measurement is damaged")
    }
    for length in [0, 7, 8, 23, 24, 100, whole.count - 1] {
      let file = try folder.write(Array(whole.prefix(length)), to: "short")
      #expect(error("merge \(a) \(file)").hasPrefix("\(file): th"))
    }
    let labels = Self.path("val-labels")
    #expect(
      error("merge \(labels)") == "\(labels): this is not a part of a measurement of this version")
    #expect(error("merge \(folder.file("none"))").hasPrefix("\(folder.file("none")): "))
    // Nothing was written in the place of a table that is there.
    let table = try folder.write("old", to: "table.csv")
    _ = error("merge \(a) --output \(table)")
    #expect(try bytes("table.csv") == Array("old".utf8))
  }

  @Test func `sums of other features, and parts in their place, are refused`() throws {
    measure(Self.small, count: 2, as: "sums", { _ in " --first-pass" })
    measure(Self.small, count: 1, as: "part")
    let (sums, part) = (folder.file("sums-1"), folder.file("part-1"))
    let line = "measure \(Self.small) --quiet --part 1/2 --output \(folder.file("new"))"
    #expect(
      error("\(line) --sums \(part)")
        == "\(part): this is not a part of a first pass of this version")
    #expect(
      error("merge \(sums)") == "\(sums): this is not a part of a measurement of this version")
    #expect(
      error("\(line) --sums \(sums)") == "\(sums): it is one of 2 parts, of which 2 is missing")
    #expect(
      error("\(line) --class-means validation --with-replacement --sums \(folder.file("sums-*"))")
        == "\(sums): it comes from other data or options (sampling without-replacement instead "
        + "of with-replacement)")
    let swapped = line.replacing(
      "\(Self.path("val-0")),\(Self.path("val-1"))",
      with: "\(Self.path("val-1")),\(Self.path("val-0"))")
    #expect(
      error("\(swapped) --sums \(folder.file("sums-*"))").hasPrefix(
        "\(sums): it comes from other data or options (sample "))
  }

  @Test func `options that mean nothing together are errors of usage`() {
    func message(_ options: String) -> String {
      error("measure \(Self.small) \(options)", status: 64)
    }
    let file = "--output \(folder.file("part"))"
    for text in ["0/2", "3/2", "1", "1/2/3", "/2", "1/", "a/b", "-1/2", "1/100001", "+1/2"] {
      #expect(
        message("--part=\(text) \(file)")
          == "The value '\(text)' is invalid for '--part <i/n>': must have the form 3/8, for the "
          + "third of eight parts, with at most 100000")
    }
    #expect(message("--part 1/2") == "'--part' needs '--output'")
    #expect(message("--first-pass") == "'--first-pass' needs '--part'")
    #expect(message("--sums x") == "'--sums' needs '--part'")
    #expect(
      message("--part 1/2 --first-pass --sums x \(file)")
        == "'--sums' cannot be combined with '--first-pass'")
    #expect(
      message("--part 1/2 --format csv \(file)") == "'--format' cannot be combined with '--part'")
    #expect(error("merge", status: 64) == "Missing expected argument '<parts>'")
  }

  @Test func `a part that cannot be measured leaves no file`() throws {
    let line = Self.small.replacing("--draws 6", with: "--draws 24")
    #expect(
      error("measure \(line) --quiet --part 1/2 --output \(folder.file("part"))")
        == "toy: 24 draws without replacement exceed the 23 items")
    #expect(Folder.names(in: folder.path) == [])
  }
}
