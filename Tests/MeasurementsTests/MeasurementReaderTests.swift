// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import Tables
import Testing

@Suite struct MeasurementReaderTests {
  private func table(_ measurements: [ContrastiveMeasurement]) throws -> String {
    var text = ""
    var writer = CSVWriter { text += $0 }
    try writer.begin(columns: ContrastiveMeasurement.columns)
    for measurement in measurements { try writer.append(row: measurement.row) }
    try writer.finish()
    return text
  }

  private func read(_ text: String) throws(TableError) -> [ContrastiveMeasurement] {
    var reader = try MeasurementReader(Array(text.utf8), file: "m.csv")
    return try reader.remainingMeasurements()
  }

  @Test func `what was written is read back, to the last bit`() throws {
    let full = Dictionary(
      uniqueKeysWithValues: MeasuredMean.allCases.enumerated().map { index, mean in
        (mean, Estimate(value: 1 / Double(index + 3), standardError: 1e-9 / Double(index + 7)))
      })
    let measurements = try [
      ContrastiveMeasurement.example(), .example(sizes: [1, 5, 5, 9], means: full),
      .example(sizes: [7], classMeans: .training), .example(classMeans: nil),
    ]
    #expect(try read(table(measurements)) == measurements)
    #expect(try read(table([])) == [])
  }

  /// The fewest columns, and a row of them.
  private let header =
    "draws,dataset,classes,seed,temperature,sampling,class_sizes,contrastive_loss"

  @Test func `columns are found by name, and most may be missing`() throws {
    let found = try read(header + ",mine\n32,x,2,7,0.5,with-replacement,9*2,1.5,ignored\n")
    #expect(found.count == 1)
    #expect(found[0].draws == 32 && found[0].sampling == .withReplacement && found[0].batches == 0)
    #expect(found[0].means == [.contrastiveLoss: Estimate(value: 1.5, standardError: nil)])
    #expect(found[0].instructionSet == "" && found[0].classMeans == nil)
  }

  @Test func `tables of other programs are read, whatever they write numbers and names as`() throws
  {
    let names = header.split(separator: ",").map { $0.uppercased() }.joined(separator: ";")
    let row = "1e3; x ;2.0;7;0.5;with-replacement;\"9*1;8*1\";1.5"
    let found = try read(names + "\n" + row + "\n;;;;;;;\n\n")
    #expect(found.count == 1 && found[0].draws == 1000 && found[0].dataset == "x")
    #expect(found[0].seed == 7 && found[0].classSizes.classCount == 2)
    let largest = try read(header + "\n3,x,2,18446744073709551615,1,with-replacement,9*2,1\n")
    #expect(largest[0].seed == .max)
  }

  @Test func `class means are of training or validation items, or of unknown ones`() throws {
    func origin(_ text: String) throws(TableError) -> ClassMeansOrigin? {
      try read(header + ",class_means\n3,x,2,7,1,with-replacement,9*2,1,\(text)\n")[0].classMeans
    }
    #expect(try origin("training") == .training && origin("validation") == .validation)
    #expect(try origin("") == nil)
    #expect(
      throws: TableError(
        file: "m.csv", line: 2, column: 9, problem: "expected training or validation, found 'test'")
    ) { _ = try origin("test") }
  }

  /// A row with its fault, and the message.
  static let faults = [
    (
      "0,x,2,7,0.5,with-replacement,9*2,1",
      "m.csv:2: column 1: expected a whole number of at least 1, found '0'"
    ),
    (
      "3,x,two,7,0.5,with-replacement,9*2,1",
      "m.csv:2: column 3: expected a whole number of at least 1, found 'two'"
    ),
    (
      "3,x,2,-7,0.5,with-replacement,9*2,1",
      "m.csv:2: column 4: expected a whole number of at least 0, found '-7'"
    ),
    (
      "3,x,2,7,0,with-replacement,9*2,1",
      "m.csv:2: column 5: expected a number greater than 0, found '0'"
    ),
    ("3,x,2,7,nan,with-replacement,9*2,1", "m.csv:2: column 5: expected a number, found 'nan'"),
    (
      "3,x,2,7,1,iid,9*2,1",
      "m.csv:2: column 6: expected with-replacement or without-replacement, found 'iid'"
    ),
    (
      "3,x,2,7,1,with-replacement,9,1",
      "m.csv:2: column 7: expected sizes such as 52*10, joined by semicolons, found '9'"
    ),
    (
      "3,x,2,7,1,with-replacement,9*3,1",
      "m.csv:2: column 7: expected sizes of 2 classes, found '9*3'"
    ),
    ("3,x,2,7,1,with-replacement,9*2,", "m.csv:2: column 8: expected a number, found ''"),
    ("3,x,2,7,1,with-replacement,9*2,low", "m.csv:2: column 8: expected a number, found 'low'"),
  ]

  @Test(arguments: faults)
  func `a wrong field is named by line and column`(row: String, message: String) {
    do throws(TableError) {
      _ = try read(header + "\n" + row + "\n")
      Issue.record("accepted")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test func `a standard error is not negative`() {
    #expect(
      throws: TableError(
        file: "m.csv", line: 2, column: 9, problem: "expected a number of at least 0, found '-1'")
    ) {
      try read(header + ",contrastive_loss_se\n3,x,2,7,1,with-replacement,9*2,1,-1\n")
    }
  }

  @Test func `a missing or repeated column is named`() {
    let missing = "'temperature', 'sampling', 'class_sizes', 'contrastive_loss'"
    #expect(
      throws: TableError(file: "m.csv", line: 1, problem: "the columns \(missing) are missing")
    ) { try read("draws,dataset,SEED, classes\n") }
    #expect(
      throws: TableError(
        file: "m.csv", line: 1, column: 2, problem: "the column 'draws' appears twice")
    ) { try read("draws,draws\n") }
  }
}
