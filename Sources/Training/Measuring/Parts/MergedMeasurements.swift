// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
public import Measurements

/// Measurements whose values were measured in parts: the same to the last bit as those of one
/// process. The features are not needed.
public struct MergedMeasurements {
  private let facts: MeasuredFacts
  private let configurations: [MeasuringConfiguration]
  private let values: JoinedValues
  private let path: String

  /// Reads the files of all parts, in any order.
  ///
  /// - Precondition: There is a path.
  /// - Throws: `DataError` naming the file that cannot be read, is of other data or options, is of a
  ///   part that another has, or does not have all the others beside it.
  public init(files paths: [String]) throws(DataError) {
    let (first, values) = try PartFile.joined(.part, paths: paths)
    path = BinaryFile.name(of: paths[0])
    self.values = values
    guard let (facts, configurations) = Self.parsed(first.common) else {
      throw SealedFile.damaged(.part, path)
    }
    (self.facts, self.configurations) = (facts, configurations)
  }

  /// Makes all measurements.
  ///
  /// - Parameter result: Called with each in order.
  /// - Throws: `DataError` if a list of values is not there, and what `result` throws.
  public func forEach(_ result: (ContrastiveMeasurement) throws -> Void) throws {
    let memo = FeatureMemo()
    for configuration in configurations {
      let measurement = try facts.measurement(
        configuration, memo,
        batches: { () throws(DataError) in
          [configuration.draws: try batches(configuration)]
        },
        exact: { () throws(DataError) in try exactMeans(configuration) },
        accuracies: { () throws(DataError) in accuracies(seed: configuration.seed) })
      try result(measurement)
    }
  }

  private func list(_ name: String) throws(DataError) -> [Double] {
    guard let list = values[name] else { throw SealedFile.damaged(.part, path) }
    return list
  }

  private func batches(
    _ configuration: MeasuringConfiguration
  ) throws(DataError) -> BatchEstimates {
    let pass = BatchPass(configuration)
    var means = BatchMeans()
    guard configuration.passCount > 0 else { return BatchEstimates(means) }
    for mean in BatchMeasurement.means {
      means.add(try list(pass.name(mean, draws: configuration.draws)), of: mean)
    }
    guard configuration.sampling == .withoutReplacement else { return BatchEstimates(means) }
    var spreads: [Double] = []
    for number in 0..<configuration.passCount {
      // Of all passes, unless items are drawn.
      guard
        let values = values[pass.spreadName(number, isSampled: true)]
          ?? (number == 0 ? values[pass.spreadName(0, isSampled: false)] : nil)
      else { continue }
      if let spread = CollisionSpread.mean(of: values) { spreads.append(spread) }
    }
    return BatchEstimates(means.adding(spreads: spreads))
  }

  private func exactMeans(
    _ configuration: MeasuringConfiguration
  ) throws(DataError) -> [Int: [MeasuredMean: Estimate]] {
    let (pass, draws) = (facts.exactPass(configuration), configuration.draws)
    var rows: [RunningSum] = []
    for mean in RowMeans.means { rows.append(RunningSum(try list(pass.rowName(mean)))) }
    var means: [MeasuredMean: RunningMean] = [:]
    for mean in AnchorExpectations.measured {
      means[mean] = RunningMean(try list(pass.anchorName(mean, draws: draws)))
    }
    var collisions: [MeasuredMean: Double] = [:]
    for mean in CollisionExpectations.measured {
      collisions[mean] = try list(pass.lawName(mean, draws: draws)).first
    }
    let (rowCount, anchors) = (facts.itemCount * facts.viewCount, try list(pass.spreadName))
    return ExactMeasurement.estimates(
      ExactMeasurement.Values(
        rows: rows,
        anchors: AnchorExpectations.Result(spread: RunningMean(anchors), means: [means]),
        collisions: [collisions]),
      draws: [draws], rowCount: rowCount, isSampled: anchors.count < rowCount)
  }

  private func accuracies(seed: UInt64) -> [MeasuredMean: Double] {
    let means: [MeasuredMean] = [.meanClassifierAccuracy, .linearAccuracy]
    return Dictionary(
      uniqueKeysWithValues: means.compactMap { mean in
        values[mean.accuracyName(seed: seed)]?.first.map { (mean, $0) }
      })
  }

  // MARK: - What all parts have in common

  /// What a part has beside its values, to be read by `parsed`.
  static func common(_ facts: MeasuredFacts, _ configurations: [MeasuringConfiguration]) -> [UInt8]
  {
    var bytes: [UInt8] = []
    bytes.append(text: facts.name)
    bytes.append(word: UInt64(facts.classSizes.count))
    for size in facts.classSizes { bytes.append(word: UInt64(size)) }
    bytes.append(word: UInt64(facts.viewCount))
    bytes.append(text: facts.classMeansOrigin.rawValue)
    bytes.append(text: facts.instructionSet)
    bytes.append(word: UInt64(configurations.count))
    for configuration in configurations {
      bytes.append(word: UInt64(configuration.draws))
      bytes.append(word: configuration.seed)
      bytes.append(word: configuration.temperature.bitPattern)
      bytes.append(text: configuration.sampling.rawValue)
      bytes.append(word: UInt64(configuration.passes ?? 0))
    }
    return bytes
  }

  private static func parsed(
    _ bytes: [UInt8]
  ) -> (facts: MeasuredFacts, configurations: [MeasuringConfiguration])? {
    var rest = bytes[...]
    func number() -> Int? { rest.popWord().flatMap { Int(exactly: $0) } }
    guard let name = rest.popText(), let classCount = number(), classCount <= rest.count / 8 else {
      return nil
    }
    let sizes = (0..<classCount).compactMap { _ in number() }
    guard let viewCount = number(), let origin = rest.popText(), let instructions = rest.popText(),
      let count = number(), let classMeans = ClassMeansOrigin(rawValue: origin)
    else { return nil }
    var configurations: [MeasuringConfiguration] = []
    for _ in 0..<count {
      guard let draws = number(), let seed = rest.popWord(), let temperature = rest.popWord(),
        let sampling = rest.popText().flatMap(SamplingScheme.init(rawValue:)),
        let passes = number()
      else { return nil }
      var configuration = MeasuringConfiguration(draws: draws, seed: seed)
      configuration.temperature = Double(bitPattern: temperature)
      configuration.sampling = sampling
      configuration.passes = passes == 0 ? nil : passes
      guard configuration.isMeaningful else { return nil }
      configurations.append(configuration)
    }
    guard rest.isEmpty else { return nil }
    let facts = MeasuredFacts(
      name: name, classSizes: sizes, viewCount: viewCount, classMeansOrigin: classMeans,
      instructionSet: instructions)
    return (facts, configurations)
  }
}
