// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements

/// The values that a part of a measurement has of each list of values: some that follow one another.
struct PartValues: Equatable {
  /// A part of a list.
  struct Share: Equatable {
    let name: String
    /// The place of the first value in the list.
    let start: Int
    /// How many values the list has in all parts together.
    let total: Int
    let values: [Double]
  }

  /// In the order in which they were kept.
  private(set) var shares: [Share] = []
  private var names: Set<String> = []

  /// Keeps values of a list that has none yet.
  mutating func keep(_ values: [Double], from start: Int, of total: Int, as name: String) {
    precondition(names.insert(name).inserted, "values of '\(name)' twice")
    shares.append(Share(name: name, start: start, total: total, values: values))
  }

  /// Whether values of a list were kept.
  func has(_ name: String) -> Bool { names.contains(name) }

  /// How many values there are.
  var count: Int { shares.reduce(0) { $0 + $1.values.count } }
}

/// The lists of values of all parts, whole.
///
/// A list is put together when it is asked for, so that values are in memory once, and those of one
/// list twice.
struct JoinedValues {
  /// The shares of each list that have values, one after another.
  private let shares: [String: [PartValues.Share]]

  /// Joins what parts have.
  ///
  /// - Returns: Nil if a list is not whole, or has a value twice.
  init?(_ parts: [PartValues]) {
    var all: [String: [PartValues.Share]] = [:]
    for share in parts.flatMap(\.shares) where !share.values.isEmpty || share.total == 0 {
      all[share.name, default: []].append(share)
    }
    shares = all.mapValues { own in
      own.filter { !$0.values.isEmpty }.sorted { $0.start < $1.start }
    }
    for (name, own) in all {
      var count = 0
      for share in shares[name, default: []] {
        guard share.start == count, share.total == own[0].total else { return nil }
        count += share.values.count
      }
      guard count == own[0].total else { return nil }
    }
  }

  /// The values of a list; nil if there is none of that name.
  subscript(name: String) -> [Double]? {
    guard let own = shares[name] else { return nil }
    return own.count == 1 ? own[0].values : own.flatMap(\.values)
  }
}

// MARK: - Names of lists

extension BatchPass {
  private var name: String {
    "seed \(seed) temperature \(temperature) passes \(passCount)"
      + (draws.map { " alone \($0)" } ?? "")
  }

  /// The list of a mean of each batch of a number of draws.
  func name(_ mean: MeasuredMean, draws: Int) -> String {
    "\(mean.rawValue) of batches \(name) draws \(draws)"
  }

  /// The list of how far features of each class are apart in a pass; one list serves all passes
  /// unless some of the items are drawn for it.
  func spreadName(_ pass: Int, isSampled: Bool) -> String {
    isSampled ? "pairs of classes \(name) pass \(pass)" : "pairs of classes"
  }
}

extension ExactPass {
  private var name: String {
    "temperature \(temperature)" + (sampleSeed.map { " seed \($0)" } ?? "")
  }

  /// The list of a mean of each row.
  func rowName(_ mean: MeasuredMean) -> String { "\(mean.rawValue) of rows \(name)" }

  /// The list of a mean of each anchor.
  func anchorName(_ mean: MeasuredMean, draws: Int) -> String {
    "\(mean.rawValue) of anchors \(name) draws \(draws)"
  }

  /// The list of how far each anchor is from its class.
  var spreadName: String { "pairs of anchors \(name)" }

  /// The list of one value that the label law gives.
  func lawName(_ mean: MeasuredMean, draws: Int) -> String {
    "\(mean.rawValue) of the law \(name) draws \(draws)"
  }
}

extension MeasuredMean {
  /// The list of one value, the share of items that a classifier labels correctly.
  func accuracyName(seed: UInt64) -> String { "\(rawValue) seed \(seed)" }
}
