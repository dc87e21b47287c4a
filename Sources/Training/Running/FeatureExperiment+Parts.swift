// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements

extension FeatureExperiment {
  /// Does the part's share of the work: some of the batches, or of the anchors of exact means.
  ///
  /// - Parameter progress: Called after every batch and other piece of work.
  /// - Returns: The file of the part, for `MergedMeasurements`.
  /// - Precondition: There is a part.
  /// - Throws: `DataError` for a row that is no direction, features that cannot be read, or a first
  ///   pass of other features.
  public func keepPart(progress: (MeasuringProgress) -> Void = { _ in }) throws -> [UInt8] {
    guard let part else { preconditionFailure("there is a part") }
    var values = PartValues()
    var classMeans = Matrix(rows: 0, columns: 0)
    var rowHash: UInt64 = 0
    var exact: [ExactPass] = []
    var batches: Set<BatchPass> = []
    var seeds: [UInt64] = []
    try forEachConfiguration(
      progress: progress,
      scan: { () throws(DataError) in
        (classMeans, rowHash) = try scanned()
      }
    ) { measurement in
      let configuration = measurement.configuration
      let batchPass = BatchPass(configuration)
      if configuration.passCount > 0, batches.insert(batchPass).inserted {
        try measurement.keepBatchValues(of: batchPass, classMeans: classMeans, in: &values)
      }
      if isExact, case let pass = pass(of: configuration), !exact.contains(pass) {
        try measurement.keepExactValues(
          of: pass, turn: exact.count, classMeans: classMeans, in: &values)
        exact.append(pass)
      }
      if !seeds.contains(configuration.seed) {
        // One part has the classifiers of a seed.
        if !part.range(of: 1, turn: seeds.count).isEmpty {
          let found = try source.accuracies(classMeans: classMeans, seed: configuration.seed)
          for (mean, share) in found.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            values.keep([share], from: 0, of: 1, as: mean.accuracyName(seed: configuration.seed))
          }
        }
        seeds.append(configuration.seed)
      }
      measurement.progress(.accuracies)
    }
    let facts = try MeasuredFacts(source, configurations[0].sampling, source.engine)
    return PartFile(
      kind: .part, fingerprint: try fingerprint(facts, rowHash: rowHash), part: part,
      common: MergedMeasurements.common(facts, configurations), values: values
    ).bytes
  }

  /// Adds up the features of the part's classes, which is all that a first pass does.
  ///
  /// - Returns: The file of the part, for `FirstPass`.
  /// - Precondition: There is a part.
  /// - Throws: `DataError` for a row that is no direction, or features that cannot be read.
  public func keepClassSums() throws(DataError) -> [UInt8] {
    guard let part else { preconditionFailure("there is a part") }
    return try FirstPass.file(of: source, part: part).bytes
  }

  /// The class means, and a hash of all rows: of the first pass, if there was one.
  private func scanned() throws(DataError) -> (classMeans: Matrix, rowHash: UInt64) {
    func folded(_ hashes: [UInt64]) -> UInt64 {
      var hash = FNV1a()
      for value in hashes {
        hash.add(Int(truncatingIfNeeded: value))
        hash.add(Int(truncatingIfNeeded: value >> 32))
      }
      return hash.value
    }
    guard let firstPass else {
      var hashes: ClassHashes? = ClassHashes(classCount: source.classCount)
      let sums = try source.classSums(&hashes)
      return (sums.means, folded(hashes?.values ?? []))
    }
    let own = try source.fingerprint()
    guard firstPass.fingerprint == own else {
      throw DataError(
        source: firstPass.path,
        problem: "it comes from other data or options ("
          + SealedFile.firstDifference(firstPass.fingerprint, own) + ")")
    }
    return (firstPass.sums.means, folded(firstPass.hashes))
  }

  /// A text that differs between data, options and instruction sets that differ.
  private func fingerprint(_ facts: MeasuredFacts, rowHash: UInt64) throws(DataError) -> String {
    func list<Value: Hashable>(_ value: (MeasuringConfiguration) -> Value) -> String {
      var found: Set<Value> = []
      return configurations.map(value).filter { found.insert($0).inserted }.map { "\($0)" }
        .joined(separator: ",")
    }
    return try source.fingerprint() + """
       rows \(String(rowHash, radix: 16)) instructions \(facts.instructionSet) \
      spread-limit \(spreadLimit) passes \(configurations[0].passCount) \
      temperature \(list(\.temperature)) draws \(list(\.draws)) seeds \(list(\.seed))
      """
  }
}
