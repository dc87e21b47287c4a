// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Labels
internal import Measurements
internal import Tables

/// What a row of bounds was computed from.
struct BoundOrigin: Hashable {
  /// The measurements: several where the row is the mean over seeds; none of theory.
  let measurements: [ContrastiveMeasurement]
  /// Whether the row is a mean over seeds, be it one.
  let isAveraged: Bool
  let setting: BoundSetting

  /// The origin of a row of theory.
  ///
  /// - Parameter fields: The row by its columns.
  /// - Returns: Nil if the row is none, or nobody can tell of what.
  init?(theory fields: [String: String]) {
    guard fields["dataset"] == "uniform", fields["seed"] ?? "" == "",
      fields["sampling"] == SamplingScheme.withReplacement.rawValue,
      let classes = fields["classes"].flatMap({ Int($0) }), classes >= 2,
      let draws = fields["draws"].flatMap({ Int($0) }), draws >= 1,
      let temperature = try? Rational(parsing: fields["temperature"] ?? ""),
      temperature.signum > 0, let sizes = try? LabelDistribution.uniform(classCount: classes)
    else { return nil }
    (measurements, isAveraged) = ([], false)
    setting = BoundSetting(
      sizes: sizes, sampling: .withReplacement, negatives: draws - 1, temperature: temperature)
  }

  init?(_ measurements: [ContrastiveMeasurement], isAveraged: Bool) {
    guard let first = measurements.first,
      let temperature = try? Rational(parsing: "\(first.temperature)")
    else { return nil }
    (self.measurements, self.isAveraged) = (measurements, isAveraged)
    setting = BoundSetting(
      sizes: first.classSizes, sampling: first.sampling, negatives: first.draws - 1,
      temperature: temperature)
  }

  /// The means of each seed; nil if a sum is too long.
  ///
  /// - Parameter laws: Of the classes of a row of theory.
  func means(gap: GapChoice?, laws: inout FrameLaws?, precision: Int) -> [BoundMeans]? {
    guard measurements.isEmpty else {
      return measurements.map { BoundMeans($0, gap: gap, precision: precision) }
    }
    var own =
      laws.flatMap { $0.all.classes == setting.classes ? $0 : nil }
      ?? FrameLaws(classes: setting.classes, precision: precision)
    defer { laws = own }
    return BoundMeans(frame: setting, laws: &own, precision: precision).map { [$0] }
  }
}

/// The measurements that bounds may have been computed from: those of the files beside theirs, and
/// those that were published.
struct BoundOrigins {
  /// The measurements of each file.
  private let files: [[ContrastiveMeasurement]]
  private var published: [String: [ContrastiveMeasurement]] = [:]

  init(_ files: [[ContrastiveMeasurement]]) { self.files = files }

  /// The measurements of a table; nil if it is none.
  ///
  /// - Throws: `TableError` for one that is malformed.
  static func measurements(
    _ bytes: [UInt8], _ reader: CSVReader
  ) throws -> [ContrastiveMeasurement]? {
    guard isOfMeasurements(reader.header.fields) else { return nil }
    var measurements = try MeasurementReader(bytes, file: reader.file)
    return try measurements.remainingMeasurements()
  }

  /// Whether columns are those of measurements.
  static func isOfMeasurements(_ columns: [String]) -> Bool {
    columns.contains("class_sizes") && columns.contains(MeasuredMean.contrastiveLoss.rawValue)
  }

  /// What a row was computed from: of all that agree with it in data set, draws, seed, temperature
  /// and sampling the one that has most of its losses.
  mutating func origin(of fields: [String: String]) -> BoundOrigin? {
    if let theory = BoundOrigin(theory: fields) { return theory }
    let seed = fields["seed"] ?? ""
    var candidates: [(measurements: [ContrastiveMeasurement], isAveraged: Bool)] = []
    for file in files {
      let matching = file.filter { Self.isOf($0, fields) }
      guard seed.isEmpty else {
        candidates += matching.filter { "\($0.seed)" == seed }.map { ([$0], false) }
        continue
      }
      var groups: [[ContrastiveMeasurement]] = []
      for one in matching {
        let index = groups.firstIndex {
          $0[0].classSizes == one.classSizes && $0[0].classMeans == one.classMeans
        }
        if let index { groups[index].append(one) } else { groups.append([one]) }
      }
      candidates += groups.map { ($0, true) }
    }
    let dataset = fields["dataset"] ?? ""
    if seed.isEmpty, PublishedMeasurement.datasets.contains(dataset) {
      let rows = published[dataset] ?? PublishedMeasurement.rows(of: dataset).map(\.measurement)
      published[dataset] = rows
      candidates += rows.filter { Self.isOf($0, fields) }.map { ([$0], false) }
    }
    let scored = candidates.map { (score: Self.score($0.measurements, fields), candidate: $0) }
    guard let best = scored.max(by: { $0.score < $1.score })?.candidate else { return nil }
    return BoundOrigin(best.measurements, isAveraged: best.isAveraged)
  }

  private static func isOf(_ one: ContrastiveMeasurement, _ fields: [String: String]) -> Bool {
    one.dataset == fields["dataset"] && fields["draws"] == "\(one.draws)"
      && fields["sampling"] == one.sampling.rawValue
      && (fields["temperature"].flatMap { Double($0) }) == one.temperature
  }

  /// How many losses of a row are near those of measurements.
  private static func score(
    _ measurements: [ContrastiveMeasurement], _ fields: [String: String]
  ) -> Int {
    let columns: [(String, [MeasuredMean])] = [
      ("contrastive_loss", [.contrastiveLoss]), ("supervised_loss", [.supervisedLoss]),
      ("prior_adjusted_loss", [.priorAdjustedLoss]), ("gap", [.gapConvex, .gap, .exactGap]),
    ]
    return columns.count { column, means in
      guard let found = fields[column].flatMap({ Double($0) }) else { return false }
      return means.contains { mean in
        let values = measurements.compactMap { $0[mean]?.value }
        guard values.count == measurements.count else { return false }
        let average = values.reduce(0, +) / Double(values.count)
        return abs(average - found) <= 1e-9 * abs(average)
      }
    }
  }
}
