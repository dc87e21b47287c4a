// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Measurements
import Tables

@testable import Bounds
@testable import CommandLineTool
@testable import Training

/// What reads bytes that others wrote: each takes any bytes, and throws an error or does not, but
/// neither traps nor takes memory or time out of proportion.
enum FuzzTarget: String, CaseIterable {
  case counts, probabilities, measurements, plot, npy, npz, idx, gzip, cifar, texts, json
  case checkpoint, arguments

  /// Reads bytes in every way that a file of the kind is read.
  ///
  /// - Throws: The first error if no way takes them.
  func read(_ bytes: [UInt8]) throws {
    switch self {
    case .counts:
      _ = try ScratchFile.with(bytes) { try CountsFile.law(of: $0, name: "fuzz") }
    case .probabilities:
      try ScratchFile.with(bytes) { path in
        try Self.any(
          [.normalized, .blank, .refused(blankExists: true)].map { rest in
            { _ = try ProbabilitiesFile.law(of: path, name: "fuzz", rest: rest) }
          })
      }
    case .measurements:
      var reader = try MeasurementReader(bytes, file: "fuzz")
      for measurement in try reader.remainingMeasurements() {
        _ = try BoundInputs(measurement, gap: nil)
      }
    case .plot:
      let table = try PlotTable([(file: "fuzz", bytes: bytes)])
      var notes = PlotNotes()
      let kind = try FigureKind(of: table)
      let sheet = try kind.figure(table, measurements: nil, isLogarithmic: true, notes: &notes)
      _ = GnuplotScript(sheet: sheet, format: .svg).text
    case .npy, .npz:
      try ScratchFile.with(bytes) { path in
        try Self.any([
          { try Self.readRows(FeatureArray(path: path)) },
          { try Self.readRows(FeatureArray(path: path, viewsAxis: 0)) },
          { try Self.readRows(FeatureArray(path: path, viewsAxis: 1)) },
          { _ = try NPYLabels(path: path) },
          { try Self.readRows(FeatureArray(path: path + ":a")) },
        ])
      }
    case .idx:
      try ScratchFile.with(bytes) { path in
        try Self.any(
          [1, 3].map { count in
            {
              let dimensions = try IDXFile.dimensions(path: path, dimensionCount: count)
              let file = try IDXFile(path: path, dimensionCount: count)
              precondition(file.dimensions == dimensions, "two readings of a header differ")
              precondition(file.bytes.count == file.dimensions.reduce(1, *), "all elements")
            }
          })
      }
    case .gzip:
      _ = try Gzip.decompress(bytes, source: "fuzz", limit: 1 << 22)
    case .cifar:
      try Self.any(
        [.cifar10, .cifar100].map { layout in
          { _ = try CIFARFile(bytes, source: "fuzz", layout: layout) }
        })
    case .texts:
      _ = try LabelledTextReader.read(bytes, file: "fuzz")
      // Texts may be such that no data set can be of them.
      _ = try? ScratchFile.with(bytes) { try TextDataSet.csv(training: $0, name: "fuzz") }
    case .json:
      _ = try JSONReader.read(bytes, file: "fuzz")
      // What is JSON is taken, whatever it says.
      _ = try? ScratchFile.with(bytes) { try TextDataSet.clinc150(file: $0, name: "fuzz") }
    case .checkpoint:
      try Self.any([
        {
          let file = try SealedFile(.checkpoint, bytes, source: "fuzz")
          precondition(file.bytes == bytes, "what is read is what is written")
          let checkpoint = try Checkpoint(file.content, source: "fuzz")
          precondition(checkpoint.bytes == file.content, "what is read is what is written")
        },
        {
          let file = try SealedFile(.measurements, bytes, source: "fuzz")
          var reader = try MeasurementReader(file.content, file: "fuzz")
          _ = try reader.remainingMeasurements()
        },
      ])
    case .arguments:
      let words = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      guard case .run(let command, let arguments) = try Invocation(words) else { return }
      _ = try command.init(arguments)
    }
  }

  /// Reads bytes, and holds an error that they have to what errors are.
  ///
  /// - Returns: Whether they were taken.
  func takes(_ bytes: [UInt8]) -> Bool {
    do {
      try read(bytes)
      return true
    } catch {
      let message = "\((error as? InvocationError)?.error.message ?? "\(error)")".onOneLine
      precondition(!message.isEmpty, "an error without a word")
      precondition(message.utf8.count <= 30_000, "an error of \(message.utf8.count) bytes")
      return false
    }
  }

  /// Carries out all of some readings.
  ///
  /// - Throws: The first error if all of them have one.
  private static func any(_ readings: [() throws -> Void]) throws {
    var first: (any Error)?
    var isTaken = false
    for reading in readings {
      do {
        try reading()
        isTaken = true
      } catch {
        first = first ?? error
      }
    }
    if let first, !isTaken { throw first }
  }

  /// Reads some rows of all views of features.
  private static func readRows(_ array: FeatureArray) throws {
    for view in 0..<min(array.viewCount, 3) {
      let file = FeatureFile(array, view: view)
      let count = min(file.count, 5)
      var rows = [Double](repeating: 0, count: count * file.width)
      try file.read(ArraySlice(0..<count), into: &rows)
      try file.read([file.count - 1], into: &rows)
    }
  }
}
