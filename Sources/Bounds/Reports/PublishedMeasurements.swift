// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import CResources
internal import Labels
public import Measurements
internal import Occupancy
internal import Tables

/// A measurement that was published: means over three seeds, to two decimals.
///
/// Batches are without replacement from the validation sets: 1,000 items of each class for
/// CIFAR-10, 100 for CIFAR-100, 1,900 for AG News (the "erase" augmentation). t = 0.5. Published
/// halves are doubled here. L_sup itself was not published: it is E[1{cover} l_sup] / v, rounded to
/// two decimals as all else is, v the published rate of covering batches or, if there is none, the
/// exact probability where that is at least 0.9 (a smaller one need not be close to the rate in the
/// few hundred batches there were).
///
/// Reference: Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866, Tables 2, 5, 6 and 7.
public struct PublishedMeasurement: Sendable {
  /// The measurement; its seed is 0 and has no meaning.
  public let measurement: ContrastiveMeasurement
  /// The published lower bound of L_Info by CURL.
  public let curlLower: Double
  /// The published lower bound of L_Info by the coupon collector.
  public let couponLower: Double
  /// The published E ln(1+Col).
  public let collisionTerm: Double
  /// The logarithm of the published upper bound of L_sup by CURL; AG News only.
  public let logCURLUpper: Double?
  /// The logarithm of the published upper bound of L_sup by the coupon collector; AG News only.
  public let logCouponUpper: Double?

  /// The names of the data sets.
  public static let datasets = ["cifar-10", "cifar-100", "ag-news"]

  /// The settings of a data set in the order of the number of draws; none for another name.
  ///
  /// - Complexity: Parses the embedded table and computes a coverage probability for each row.
  public static func rows(of dataset: String) -> [PublishedMeasurement] {
    do {
      let table = unsafe upsilon_published()
      var reader = try CSVReader(
        unsafe Array(UnsafeBufferPointer(start: table.bytes, count: table.count)),
        file: "published.csv")
      let header = reader.header.fields
      return try reader.remainingRows().compactMap { row in
        try PublishedMeasurement(
          fields: Dictionary(uniqueKeysWithValues: zip(header, row.fields)), of: dataset)
      }
    } catch {
      // The tests read every row, so a package that passes them cannot come here.
      preconditionFailure("the embedded table: \(error)")
    }
  }

  private static let classSizes: [String: (classCount: Int, itemsPerClass: Int)] = [
    "cifar-10": (10, 1000), "cifar-100": (100, 100), "ag-news": (4, 1900),
  ]

  private init?(fields: [String: String], of dataset: String) throws {
    guard fields["dataset"] == dataset, let size = Self.classSizes[dataset] else { return nil }
    func number(_ name: String) -> Double? { fields[name].flatMap(Double.init) }
    guard let draws = fields["draws"].flatMap(Int.init), let collision = number("collision_term"),
      let curl = number("curl_lower"), let coupon = number("coupon_lower")
    else { return nil }
    let sizes = try LabelDistribution.balanced(
      classCount: size.classCount, itemsPerClass: size.itemsPerClass)
    let sameNames: [MeasuredMean] = [
      .contrastiveLoss, .gap, .collisionFreeCoveredTerm, .collisionFreeUncoveredTerm,
      .collisionTerm, .collisionBound, .coverageRate, .meanClassifierAccuracy, .linearAccuracy,
      .linearAccuracyWithoutHead,
    ]
    var values: [MeasuredMean: Double] = [:]
    for mean in sameNames { values[mean] = number(mean.rawValue) }
    values[.coveredSupervisedTerm] = number("half_covered_supervised_term").map { 2 * $0 }
    values[.uncoveredSubsetTerm] = number("half_uncovered_subset_term").map { 2 * $0 }
    let exact = try CoverageProbability(
      law: LabelLaw(sizes), sampling: .withoutReplacement, drawCount: draws
    ).value.double
    let coverage = values[.coverageRate] ?? (exact >= 0.9 ? exact : 0)
    if coverage > 0, let covered = values[.coveredSupervisedTerm] {
      values[.supervisedLoss] = (100 * covered / coverage).rounded() / 100
    }
    measurement = ContrastiveMeasurement(
      dataset: dataset, draws: draws, seed: 0, temperature: 0.5, sampling: .withoutReplacement,
      classSizes: sizes,
      means: values.mapValues { Estimate(value: $0, standardError: nil) }, batches: 0,
      instructionSet: "")
    collisionTerm = collision
    curlLower = curl
    couponLower = coupon
    logCURLUpper = number("log_curl_upper")
    logCouponUpper = number("log_coupon_upper")
  }
}
