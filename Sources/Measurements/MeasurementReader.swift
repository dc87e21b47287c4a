// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
public import Tables

/// Reads a CSV table of measurements.
///
/// Columns are found by name, in any order and in upper or lower case, and others are ignored. All
/// columns before the means and `contrastive_loss` must be there; of the rest, a column that is
/// missing or a field that is empty says that a mean was not measured.
public struct MeasurementReader: Sendable {
  private var reader: CSVReader
  private let indices: [String: Int]

  /// A reader of the content of a file.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - file: The name of the file, for messages.
  /// - Throws: `TableError` if this is no CSV file, columns are missing or one stands twice.
  public init(_ bytes: [UInt8], file: String) throws(TableError) {
    reader = try CSVReader(bytes, file: file)
    indices = try reader.columns(
      named: ContrastiveMeasurement.columns,
      required: ContrastiveMeasurement.leadingColumns + [MeasuredMean.contrastiveLoss.rawValue])
  }

  /// All measurements that have not been read yet.
  ///
  /// - Throws: `TableError` naming the line and column of the first field that is wrong.
  public mutating func remainingMeasurements() throws(TableError) -> [ContrastiveMeasurement] {
    var measurements: [ContrastiveMeasurement] = []
    while let measurement = try next() { measurements.append(measurement) }
    return measurements
  }

  /// The next measurement, or nil at the end of the file.
  ///
  /// - Throws: `TableError` naming the line and column of the first field that is wrong.
  public mutating func next() throws(TableError) -> ContrastiveMeasurement? {
    guard let row = try reader.nextRow() else { return nil }
    let classes = try integer(row, "classes", atLeast: 1)
    let draws = try integer(row, "draws", atLeast: 1)
    let seedText = try numberText(row, "seed")
    let wholeSeed = (try? WholeNumber.parse(seedText)).flatMap { UInt64(exactly: $0) }
    guard let seed = wholeSeed ?? UInt64(seedText) else {
      throw error(row, "seed", expected: "a whole number of at least 0")
    }
    guard let temperature = try number(row, "temperature"), temperature > 0 else {
      throw error(row, "temperature", expected: "a number greater than 0")
    }
    guard let sampling = SamplingScheme(rawValue: field(row, "sampling")) else {
      let names = SamplingScheme.allCases.map(\.rawValue).joined(separator: " or ")
      throw error(row, "sampling", expected: names)
    }
    guard let sizes = ContrastiveMeasurement.sizes(of: field(row, "class_sizes")) else {
      throw error(row, "class_sizes", expected: "sizes such as 52*10, joined by semicolons")
    }
    guard sizes.classCount == classes else {
      throw error(row, "class_sizes", expected: "sizes of \(classes) classes")
    }
    var means: [MeasuredMean: Estimate] = [:]
    for mean in MeasuredMean.allCases {
      let standardError = try number(row, mean.rawValue + "_se")
      guard standardError ?? 0 >= 0 else {
        throw error(row, mean.rawValue + "_se", expected: "a number of at least 0")
      }
      guard let value = try number(row, mean.rawValue) else { continue }
      means[mean] = Estimate(value: value, standardError: standardError)
    }
    guard means[.contrastiveLoss] != nil else {
      throw error(row, MeasuredMean.contrastiveLoss.rawValue, expected: "a number")
    }
    let origin = field(row, "class_means")
    let classMeans = ClassMeansOrigin(rawValue: origin)
    guard classMeans != nil || origin.isEmpty else {
      let names = ClassMeansOrigin.allCases.map(\.rawValue).joined(separator: " or ")
      throw error(row, "class_means", expected: names)
    }
    let batches = field(row, "batches").isEmpty ? 0 : try integer(row, "batches", atLeast: 0)
    return ContrastiveMeasurement(
      dataset: field(row, "dataset"), draws: draws, seed: seed, temperature: temperature,
      sampling: sampling, classSizes: sizes, means: means, classMeans: classMeans,
      batches: batches, instructionSet: field(row, "instruction_set"))
  }

  /// The text of a field, empty if there is no such column.
  private func field(_ row: CSVRow, _ name: String) -> String {
    indices[name].map { row.fields[$0] } ?? ""
  }

  /// The same as a number is written for programs.
  private func numberText(_ row: CSVRow, _ name: String) throws(TableError) -> String {
    guard let index = indices[name] else { return "" }
    return try reader.number(in: row, column: index)
  }

  private func integer(
    _ row: CSVRow, _ name: String, atLeast minimum: Int
  ) throws(TableError) -> Int {
    let text = try numberText(row, name)
    guard let value = try? WholeNumber.parse(text), value >= minimum else {
      throw error(row, name, expected: "a whole number of at least \(minimum)")
    }
    return value
  }

  /// A finite number, nil if the field is empty.
  private func number(_ row: CSVRow, _ name: String) throws(TableError) -> Double? {
    let text = try numberText(row, name)
    if text.isEmpty { return nil }
    guard let value = Double(text), value.isFinite else {
      throw error(row, name, expected: "a number")
    }
    return value
  }

  private func error(_ row: CSVRow, _ name: String, expected: String) -> TableError {
    TableError(
      file: reader.file, line: row.line, column: indices[name].map { $0 + 1 },
      problem: "expected \(expected), found '\(field(row, name))'")
  }
}
