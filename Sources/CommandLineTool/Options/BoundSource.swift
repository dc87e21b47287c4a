// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Labels
internal import Measurements
internal import Tables

/// The options that say what bounds are computed from: exactly one of three sources.
struct BoundSource: Sendable {
  static let measurements = ArgumentSpecification.option(
    "measurements", value: "file", values: .file,
    "CSV file of measurements, as 'upsilon train' writes ('-': standard input).")
  static let published = ArgumentSpecification.option(
    "published", value: "dataset", values: .choices(PublishedMeasurement.datasets),
    "Use the measurements published with the paper, which have two decimals.")
  static let theory = ArgumentSpecification.flag(
    "theory",
    "Use the least contrastive loss that is possible without telling items of a class apart, "
      + "that of the simplex frame; needs '--classes', '--temperature' and '--negatives' or "
      + "'--draws'.")
  static let classes = ArgumentSpecification.option(
    "classes", "Number of equally likely classes, with '--theory'.")
  static let temperature = ArgumentSpecification.option(
    "temperature", "Temperature, a decimal or a fraction, with '--theory'.")

  static let specifications =
    [measurements, published, theory, classes, temperature] + DrawOptions.specifications

  /// Exactly one source, or the flag `unless`.
  static func alternatives(unless: ArgumentSpecification) -> Alternatives {
    Alternatives([measurements, published, theory], unless: unless)
  }

  /// One row: inputs of the bounds, and whose they are.
  struct Row {
    let dataset: String
    /// Empty if there is none.
    let seed: String
    let temperature: String
    let inputs: BoundInputs
  }

  private enum Choice {
    case measurements(file: String)
    case published(dataset: String)
    case theory(classCount: Int, temperature: Rational, text: String, NumberList)
  }

  private let choice: Choice

  /// Reads the options; no file is opened yet.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    if !arguments.has(Self.theory) {
      let companions = [Self.classes, Self.temperature] + DrawOptions.specifications
      for option in companions where arguments.has(option) {
        throw .needless(option, without: [Self.theory])
      }
    }
    if let file = arguments.text(Self.measurements) {
      choice = .measurements(file: file)
    } else if let dataset = arguments.text(Self.published) {
      choice = .published(dataset: dataset)
    } else {
      choice = try Self.theory(arguments)
    }
  }

  private static func theory(_ arguments: ParsedArguments) throws(UsageError) -> Choice {
    guard let classCount = try arguments.integer(classes, in: 2...1_000_000) else {
      throw .missing(oneOf: [classes])
    }
    guard let text = arguments.text(temperature) else { throw .missing(oneOf: [temperature]) }
    guard let value = try? Rational(parsing: text),
      value >= Rational(1, 1000), value <= 1_000_000
    else {
      throw .invalid(
        text, for: temperature, "must be a decimal or a fraction from 0.001 to 1000000")
    }
    if arguments.has(DrawOptions.draws), arguments.has(DrawOptions.negatives) {
      throw .conflict(DrawOptions.negatives, DrawOptions.draws)
    }
    let draws = try DrawOptions(arguments)
    try draws.check(atMost: SimplexFrameOptimum.negativeLimit)
    return .theory(classCount: classCount, temperature: value, text: text, draws.drawCounts)
  }

  /// The rows, each made when its turn comes.
  ///
  /// - Parameter gap: The form of the gap, nil for the best that was measured.
  /// - Returns: How many rows there are and a function that makes one.
  /// - Throws: `FileError` or `TableError` for a file that cannot be read.
  func rows(gap: GapChoice?) throws -> [@Sendable () throws -> Row] {
    switch choice {
    case .measurements(let file):
      let name = FileDescriptor.displayName(of: file)
      var reader = try MeasurementReader(FileDescriptor.contents(of: file), file: name)
      // All rows are checked before the first one is printed.
      return try reader.remainingMeasurements().enumerated().map { index, measurement in
        do {
          let row = try Self.row(measurement, seed: "\(measurement.seed)", gap)
          return { row }
        } catch let error as DomainError {
          let subject = error.parameter == "negativeCount" ? "draws - 1" : error.parameter
          throw TableError(
            file: name, line: index + 2,
            problem: "\(subject) \(error.requirement), but is \(error.value)")
        }
      }
    case .published(let dataset):
      return try PublishedMeasurement.rows(of: dataset).map { published in
        let row = try Self.row(published.measurement, seed: "", gap)
        return { row }
      }
    case .theory(let classCount, let temperature, let text, let draws):
      let sizes = try LabelDistribution.uniform(classCount: classCount)
      return draws.map { count in
        {
          let setting = try ContrastiveSetting(
            classSizes: sizes, sampling: .withReplacement, negativeCount: count - 1,
            temperature: temperature)
          return Row(
            dataset: "uniform", seed: "", temperature: text,
            inputs: try BoundInputs(SimplexFrameOptimum(setting)))
        }
      }
    }
  }

  /// Whether any row is of classes that are not equally likely; `rows` are those of the source.
  func hasUnequalClasses(_ rows: [@Sendable () throws -> Row]) throws -> Bool {
    if case .theory = choice { return false }
    return try rows.contains { try !$0().inputs.setting.classSizes.isUniform }
  }

  /// The row of a measurement.
  ///
  /// - Throws: `DomainError` if there are no bounds of such a measurement.
  static func row(
    _ measurement: ContrastiveMeasurement, seed: String, _ gap: GapChoice?
  ) throws -> Row {
    Row(
      dataset: measurement.dataset, seed: seed, temperature: "\(measurement.temperature)",
      inputs: try BoundInputs(measurement, gap: gap))
  }
}
