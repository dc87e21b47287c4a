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
  var measurementPath: String { name + ".measurements" }

  /// The state that the run was left in; nil if there is none.
  ///
  /// - Throws: `DataError` if the file is damaged or of another run.
  func checkpoint() throws(DataError) -> Checkpoint? {
    guard let content = try content(of: .checkpoint) else { return nil }
    return try Checkpoint(content, source: checkpointPath)
  }

  /// The measurements that the run ended with; nil if it has not ended.
  ///
  /// - Throws: `DataError` or `TableError` if a file is damaged or of another run.
  func measurements() throws -> [ContrastiveMeasurement]? {
    guard let content = try content(of: .measurements) else { return nil }
    var reader = try MeasurementReader(content, file: measurementPath)
    let measurements = try reader.remainingMeasurements()
    guard measurements.map(\.draws) == configuration.allMeasuredDraws,
      measurements.allSatisfy({ $0.seed == configuration.seed })
    else {
      throw DataError(source: measurementPath, problem: "its rows are not those of this run")
    }
    return measurements
  }

  /// Keeps the state.
  func write(_ checkpoint: Checkpoint) throws(DataError) {
    try write(checkpoint.bytes, as: .checkpoint)
  }

  /// Keeps the measurements.
  func write(_ measurements: [ContrastiveMeasurement]) throws {
    var text = ""
    var writer = CSVWriter { text += $0 }
    try writer.begin(columns: ContrastiveMeasurement.columns)
    for measurement in measurements { try writer.append(row: measurement.row) }
    try writer.finish()
    try write(Array(text.utf8), as: .measurements)
  }

  /// Removes what an earlier run of the same name has left, so that it is not taken for this run's.
  ///
  /// - Throws: `DataError` if it is of another run, which may have taken hours.
  func removeEarlier() throws(DataError) {
    for kind in [SealedFile.Kind.checkpoint, .measurements] {
      // What is damaged, or of another version, is of no use to any run.
      guard BinaryFile.exists(path(kind)),
        let file = try? SealedFile(kind, BinaryFile.read(path(kind)), source: path(kind))
      else { continue }
      try check(file)
    }
    for kind in [SealedFile.Kind.checkpoint, .measurements] { BinaryFile.remove(path(kind)) }
  }

  private func path(_ kind: SealedFile.Kind) -> String {
    kind == .checkpoint ? checkpointPath : measurementPath
  }

  private func content(of kind: SealedFile.Kind) throws(DataError) -> [UInt8]? {
    guard BinaryFile.exists(path(kind)) else { return nil }
    let file = try SealedFile(kind, BinaryFile.read(path(kind)), source: path(kind))
    try check(file)
    return file.content
  }

  private func write(_ content: [UInt8], as kind: SealedFile.Kind) throws(DataError) {
    let file = SealedFile(kind: kind, fingerprint: fingerprint, content: content)
    try BinaryFile.write(file.bytes, to: path(kind))
  }

  private func check(_ file: SealedFile) throws(DataError) {
    guard file.fingerprint != fingerprint else { return }
    throw DataError(
      source: path(file.kind),
      problem: "it comes from other data, options or instructions ("
        + SealedFile.firstDifference(file.fingerprint, fingerprint)
        + "); name another folder with '--checkpoints', or remove it")
  }
}
