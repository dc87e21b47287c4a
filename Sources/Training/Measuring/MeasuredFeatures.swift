// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements

/// Features as they are measured, of a trained encoder or from a source: which views batches are
/// drawn from, and what means and classifiers are taken over.
protocol MeasuredFeatures {
  /// The name that measurements carry.
  var name: String { get }
  /// The class of each item that batches are drawn from.
  var labels: [Int] { get }
  /// The number of classes: labels are 0 ..< classCount, and every class has an item.
  var classCount: Int { get }
  /// Which items `classMeans()` is of.
  var classMeansOrigin: ClassMeansOrigin { get }
  /// Whether every pass has views of its own.
  var hasFreshViews: Bool { get }

  /// The views that the batches of a pass are drawn from: without replacement two, of which the
  /// first is the anchors' and the second the keys'; with replacement all views of the law.
  func views(pass: Int) throws(DataError) -> [any FeatureRows]

  /// zbar of some items, (items, d).
  func itemMeans(_ items: [Int]) throws(DataError) -> Matrix

  /// mu, (C, d).
  func classMeans() throws(DataError) -> Matrix

  /// The shares of items that classifiers label correctly.
  ///
  /// - Parameter classMeans: Of the mean classifier.
  func accuracies(classMeans: Matrix, seed: UInt64) throws(DataError) -> [MeasuredMean: Double]
}

extension MeasuredFeatures {
  /// The number of items of each class.
  var classSizes: [Int] {
    var sizes = [Int](repeating: 0, count: classCount)
    for label in labels { sizes[label] += 1 }
    return sizes
  }
}
