// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements
internal import Tables

/// The files of a run in the folder of checkpoints: its state, and in the end its measurements.
struct RunFiles {
  let folder: String
  let configuration: TrainingConfiguration
  /// What the run is a function of.
  let fingerprint: String

  private var name: String {
    "\(folder)/draws-\(configuration.draws)-seed-\(configuration.seed)"
      + "-temperature-\(configuration.temperature)"
  }

  /// The file of the state.
  var checkpointPath: String { name + ".checkpoint" }

  /// The file of the measurements, a table with a row for each.
  var measurementPath: String { name + ".csv" }

  /// The state that the run was left in; nil if there is none.
  ///
  /// - Throws: `DataError` if the file is damaged or of another run.
  func checkpoint() throws(DataError) -> Checkpoint? {
    guard BinaryFile.exists(checkpointPath) else { return nil }
    let checkpoint = try Checkpoint(BinaryFile.read(checkpointPath), source: checkpointPath)
    guard checkpoint.fingerprint == fingerprint else {
      throw DataError(
        source: checkpointPath,
        problem: "it is of other data, options or instructions ("
          + Self.firstDifference(checkpoint.fingerprint, fingerprint) + ")")
    }
    return checkpoint
  }

  /// The measurements that the run ended with; nil if it has not ended.
  ///
  /// - Throws: `DataError` or `TableError` if a file is damaged or of another run.
  func measurements() throws -> [ContrastiveMeasurement]? {
    // The state says which run the measurements are of.
    guard BinaryFile.exists(measurementPath), let state = try checkpoint(),
      state.epoch == configuration.epochs
    else { return nil }
    var reader = try MeasurementReader(
      BinaryFile.read(measurementPath), file: measurementPath)
    return try reader.remainingMeasurements()
  }

  /// Keeps the state.
  func write(_ checkpoint: Checkpoint) throws(DataError) {
    try BinaryFile.write(checkpoint.bytes, to: checkpointPath)
  }

  /// Keeps the measurements.
  func write(_ measurements: [ContrastiveMeasurement]) throws {
    var text = ""
    var writer = CSVWriter { text += $0 }
    try writer.begin(columns: ContrastiveMeasurement.columns)
    for measurement in measurements { try writer.append(row: measurement.row) }
    try writer.finish()
    try BinaryFile.write(Array(text.utf8), to: measurementPath)
  }

  /// Removes the measurements of an earlier run.
  func removeMeasurements() { BinaryFile.remove(measurementPath) }

  /// The first two words that differ, with the word before them: `epochs 100 instead of 50`.
  private static func firstDifference(_ found: String, _ wanted: String) -> String {
    let (a, b) = (found.split(separator: " "), wanted.split(separator: " "))
    guard let index = zip(a, b).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
      return "another version"
    }
    let name = index > 0 ? "\(a[index - 1]) " : ""
    return "\(name)\(a[index]) instead of \(b[index])"
  }
}
