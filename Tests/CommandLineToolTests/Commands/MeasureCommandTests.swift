// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Measurements
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct MeasureCommandTests {
  private let folder = TemporaryFolder()

  /// The files that References/make-measure-references.py has written.
  private static let references = Repository.root + "/Tests/CommandLineToolTests/References/measure"

  private func path(_ name: String) -> String { "\(Self.references)/\(name).npy" }

  private func read(_ text: String) throws -> [ContrastiveMeasurement] {
    var reader = try MeasurementReader(Array(text.utf8), file: "found")
    return try reader.remainingMeasurements()
  }

  /// Compares what a command prints with the numbers of the independent script.
  private func compare(_ line: String, with name: String) throws {
    let outcome = upsilon("measure \(line) --draws 4,9,23 --seeds 7,11 --format csv --quiet")
    #expect(outcome.status == 0 && outcome.diagnostics == "")
    let found = try read(outcome.output)
    let bytes = try FileDescriptor.contents(of: "\(Self.references)/expected-\(name).csv")
    let expected = try read(String(decoding: bytes, as: UTF8.self))
    #expect(found.count == 6 && expected.count == 6)
    for (a, b) in zip(found, expected) {
      #expect(a.dataset == b.dataset && a.draws == b.draws && a.seed == b.seed)
      #expect(a.temperature == b.temperature && a.sampling == b.sampling)
      #expect(a.classSizes == b.classSizes && a.batches == b.batches)
      #expect(a.classMeans == b.classMeans)
      for mean in MeasuredMean.allCases {
        let place = "\(mean.rawValue), \(a.draws) draws, seed \(a.seed)"
        #expect((a[mean] == nil) == (b[mean] == nil), "\(place)")
        guard let (x, y) = a[mean].flatMap({ x in b[mean].map { (x, $0) } }) else { continue }
        #expect(abs(x.value - y.value) < 1e-6, "\(place): \(x.value) and \(y.value)")
        #expect((x.standardError == nil) == (y.standardError == nil), "\(place)")
        #expect(abs((x.standardError ?? 0) - (y.standardError ?? 0)) < 1e-6, "\(place)")
      }
    }
  }

  @Test func `shuffled batches with class means of training items are those of the script`() throws
  {
    try compare(
      "--features \(path("val-0")),\(path("val-1")),\(path("val-2")) --labels \(path("val-labels")) "
        + "--training-features \(path("train-0")),\(path("train-1")) "
        + "--training-labels \(path("train-labels")) --name toy --passes 2",
      with: "shuffled")
  }

  @Test func `independent draws of one law are those of the script`() throws {
    try compare(
      "--features \(path("val-0")),\(path("val-1")),\(path("val-2")) --labels \(path("val-labels")) "
        + "--with-replacement --temperature 0.2 --passes 3",
      with: "independent")
  }

  @Test func `independent draws are exact for any number, and passes add terms of sets`() throws {
    let line =
      "measure --features \(path("val-0")),\(path("val-1")) --labels \(path("val-labels")) "
      + "--with-replacement --quiet"
    let outcome = Subprocess.upsilon("\(line) --draws 2,1000000001 --seeds 7,8 --format csv")
    #expect(outcome.end == .exit(0) && outcome.diagnostics == "")
    let rows = try read(outcome.output)
    #expect(rows.map(\.draws) == [2, 2, 1_000_000_001, 1_000_000_001])
    for row in rows {
      #expect(row.batches == 0 && row.classMeans == .validation)
      #expect(row[.contrastiveLoss]?.standardError == 0 && row[.coverageRate] == nil)
    }
    // Nothing depends on the seed.
    #expect(rows[0].means == rows[1].means && rows[2].means == rows[3].means)
    // ln(10^9 + 1) - 2/t at least, and at most 4/t above.
    let loss = try #require(rows[2][.contrastiveLoss]).value
    #expect(loss > 16 && loss < 25)
    let batches = try read(upsilon("\(line) --draws 2 --passes 1 --format csv").output)[0]
    #expect(batches.batches == 11 && batches[.coverageRate]?.value == 0)
    #expect(batches[.uncoveredSubsetTerm]?.standardError ?? 0 > 0)
    for (mean, estimate) in rows[0].means { #expect(batches[mean] == estimate) }
    let cold = try read(
      upsilon("\(line) --draws 3,4 --temperature 0.05,0.5 --format csv").output)
    #expect(cold.map(\.temperature) == [0.05, 0.05, 0.5, 0.5])
    #expect(cold.map(\.draws) == [3, 4, 3, 4])
    for row in cold {
      func value(_ mean: MeasuredMean) throws -> Double { try #require(row[mean]).value }
      #expect(try value(.gap) <= value(.gapConvex) + 1e-5)
      #expect(try value(.gapConvex) <= value(.exactGap) + 1e-5)
    }
  }

  @Test(arguments: [("", "published"), (" --class-means validation", "validation")])
  func `files with the published names are those of the script`(options: String, name: String)
    throws
  {
    try compare("--dump \(Self.references)/epoch_3-toy.pt\(options)", with: name)
  }

  @Test func `notes say what is taken for what, and what it takes`() throws {
    func notes(_ line: String) -> String {
      let outcome = upsilon("measure \(line) --draws 4 --passes 1 --format csv")
      #expect(outcome.status == 0)
      return outcome.diagnostics
    }
    #expect(
      notes("--features \(path("val-0")) --labels \(path("val-labels"))")
        .replacing(#/\d+ MB of memory.*/#, with: "...") == """
          Note: no temperature was given, so 0.5 is used: pass the one you trained with as \
          '--temperature'
          Note: batches are shuffled, as published; '--with-replacement' measures independent \
          draws, which the bounds are theorems about
          Note: there is only one view, so every positive is its own anchor, which makes the \
          contrastive loss too small
          Note: class means are taken over the 23 items measured, as there are no training \
          features: everything is of one law
          Note: 1 row of 23 items in 1 view: at most ...

          """)
    #expect(
      notes("--dump \(Self.references)/epoch_3-toy.pt --temperature 0.5").split(separator: "\n")
        .dropFirst().prefix(2) == [
          "Note: view 0 provides the anchors, view 1 the keys",
          "Note: class means are taken over the training features and stand in for those of the "
            + "features measured",
        ])
    let views = "--features \(path("val-0")),\(path("val-1")) --labels \(path("val-labels"))"
    #expect(
      notes(views).contains(
        "\nNote: class means leave out view 0: supervised_loss scores its features by the means "
          + "of the other views\n"))
    #expect(!notes("\(views) --with-replacement").contains("view 0"))
    #expect(
      notes("--dump \(Self.references)/epoch_3-toy.pt --with-replacement --temperature 1")
        .hasPrefix("Note: class means are taken over the 23 items measured: everything is"))
    #expect(
      notes("--features \(path("val-0")) --labels \(path("val-labels"))").contains(
        " read for batches, "))
    #expect(
      notes("--dump \(Self.references)/epoch_3-toy.pt --with-replacement").contains(
        " read for pairs, "))
  }

  @Test func `people are shown what the losses prove, programs what was measured`() throws {
    let line =
      "measure --features \(path("val-0")),\(path("val-1")) --labels \(path("val-labels")) "
      + "--with-replacement --draws 8,64"
    let table = upsilon("\(line) --format table")
    #expect(table.status == 0)
    let rows = table.lines.map { $0.split(separator: " ").map(String.init) }
    #expect(
      rows.first == [
        "draws", "seed", "t", "L_sup", "lower", "upper", "ln", "C", "L_adj", "lower", "upper",
        "H(rho)", "verdict",
      ])
    #expect(rows.dropFirst().map { $0.prefix(3) } == [["8", "7", "0.5"], ["64", "7", "0.5"]])
    // The same numbers as from the table for programs, by way of a file.
    let file = folder.file("m.csv")
    #expect(upsilon("\(line) --quiet --output \(file)").status == 0)
    let bounds = upsilon("bounds --measurements \(file) --format table")
    #expect(bounds.output == table.output)
    #expect(
      bounds.diagnostics.hasSuffix("Note: '--columns all' shows all 56 columns\n"))
    #expect(
      table.diagnostics.hasSuffix(
        "Note: '--format csv' prints the measurements themselves, for 'upsilon bounds'\n"))
    let some = upsilon("\(line) --quiet --columns draws,contrastive_loss,batches --format table")
    #expect(some.lines.first == "draws  contrastive_loss  batches")
    #expect(some.lines.dropFirst().allSatisfy { $0.contains(#/ +\d\.\d{4} +0$/#) })
    #expect(upsilon("\(line) --columns verdict").status == 64)
  }

  @Test func `numbers of draws by default are those that there are items for`() throws {
    let line = "measure --features \(path("val-0")) --labels \(path("val-labels")) --format csv"
    let outcome = upsilon(line)
    #expect(try read(outcome.output).map(\.draws) == [23])
    #expect(
      outcome.diagnostics.contains(
        "Note: there are only 23 items, so 23 draws are measured instead of the default 32, 64, "
          + "128, 256, 512\n"))
    #expect(try read(upsilon("\(line) --with-replacement").output).map(\.draws).last == 512)
  }

  @Test func `a file is written whole, the same for any number of threads`() throws {
    let line = "measure --dump \(Self.references)/epoch_3-toy.pt --draws 4..6 --quiet --output"
    for (threads, name) in [(1, "a.csv"), (3, "b.csv")] {
      let outcome = upsilon("\(line) \(folder.file(name)) --threads \(threads)")
      #expect(outcome == Outcome(status: 0, output: "", diagnostics: ""))
    }
    let text = try folder.text(of: "a.csv")
    #expect(try folder.text(of: "b.csv") == text && read(text).map(\.draws) == [4, 5, 6])
    #expect(folder.names == ["a.csv", "b.csv"])
  }

  @Test func `bad files get one line of the binary, and nothing is written`() throws {
    let output = folder.file("out.csv")
    func refused(_ line: String) -> String {
      let result = Subprocess.upsilon("measure \(line) --output \(output) --quiet")
      #expect(result.end == .exit(1) && result.output == "")
      #expect(!folder.names.contains("out.csv"))
      return result.diagnostics.replacing(Self.references + "/", with: "")
        .replacing(folder.path + "/", with: "")
    }
    let labels = "--labels \(path("val-labels"))"
    // The labels as features, the features as labels.
    #expect(
      refused("--features \(path("val-labels")) \(labels)")
        == "Error: val-labels.npy: its elements must be floating-point numbers of 16, 32 or 64 bits, "
        + "but have the type '<i8'\n")
    #expect(
      refused("--features \(path("val-0")) --labels \(path("val-0"))")
        == "Error: val-0.npy: labels are a vector, but this one has the shape (23, 5); if its rows "
        + "are one-hot, save x.argmax(axis=1)\n")
    #expect(
      refused("--features \(path("val-0")),\(path("train-0")) \(labels)")
        == "Error: val-labels.npy: it has 23 labels, but 'train-0.npy' has 31 items\n")
    let whole = try FileDescriptor.contents(of: path("val-0"))
    let cut = try folder.write(Array(whole.dropLast(7)), to: "cut.npy")
    #expect(
      refused("--features \(cut) \(labels)")
        == "Error: cut.npy: the header promises 23 items, but the file ends after 22\n")
    let long = try folder.write(whole + [0, 0], to: "long.npy")
    #expect(
      refused("--features \(long) \(labels)")
        == "Error: long.npy: 2 bytes follow the 23 items of the header\n")
    // The last element of row 21 becomes NaN.
    let start = whole.count - 24
    let nan = try folder.write(
      Array(whole[..<start]) + [0, 0, 0xC0, 0x7F] + whole[(start + 4)...], to: "nan.npy")
    #expect(
      refused("--features \(path("val-0")),\(nan) \(labels) --draws 4")
        == "Error: nan.npy: row 21 has an element that is not finite\n")
    #expect(
      refused("--dump \(folder.file("key"))")
        == "Error: key.label.val.npy: there is no such file\n")
    #expect(
      refused("--features \(path("val-0")) \(labels) --draws 24")
        == "Error: val-0: 24 draws without replacement exceed the 23 items\n")
  }

  @Test func `amounts are rounded up`() {
    #expect(MeasureCommand.amount(1) == "1 MB" && MeasureCommand.amount(999.2e6) == "1000 MB")
    #expect(MeasureCommand.amount(1.01e9) == "2 GB" && MeasureCommand.amount(3e12) == "3 TB")
    #expect(MeasureCommand.amount(2.5e18) == "3e6 TB")
    #expect(MeasureCommand.scientific(9.2e5) == "1e6" && MeasureCommand.scientific(0) == "1e0")
  }
}
