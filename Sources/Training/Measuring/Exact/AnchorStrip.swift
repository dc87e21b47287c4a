// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Kernels
internal import Labels

/// Some anchors and all that is computed of them: they are as many as fit in a part of memory.
struct AnchorStrip {
  /// About how many bytes a strip takes.
  static let byteLimit = 1 << 26

  /// The item and the class of each anchor.
  let items, labels: [Int]
  /// z, (a, d).
  let features: Matrix
  /// z.w over the views w of the anchor's item, (a, V).
  let ownProducts: Matrix
  /// b+ = e^{(z.w - 1)/t}, (a, V).
  let positives: DoubleStorage
  /// y = z.(mu_c - zbar)/t, (a).
  let gaps: [Double]
  /// z.mu_j, (a, C).
  let scores: Matrix
  /// The largest score of each anchor, (a).
  let topScores: [Double]
  /// e^{(z.mu_c - the largest score)/t}, (a).
  let ownPowers: DoubleStorage

  /// The transforms of e^{(z.z_j - 1)/t} over rows z_j, and of e^{(z.mu_j - top)/t} over classes.
  var rowTransforms, classTransforms: RowTransforms
  /// For each anchor the sum of |z.w - z.z+| over rows w of its class and views z+ of its item, (a).
  let spreads: DoubleStorage

  var count: Int { items.count }

  /// How many anchors a strip has; a multiple of 8.
  ///
  /// - Complexity: O(1).
  static func anchorCount(width: Int, viewCount: Int, classCount: Int, temperature: Double) -> Int {
    let bytes = byteCount(
      anchorCount: 1, width: width, viewCount: viewCount, classCount: classCount,
      temperature: temperature)
    return max(64, Int(saturating: Double(byteLimit) / bytes) / 8 * 8)
  }

  /// Bytes that a strip takes at most.
  static func byteCount(
    anchorCount: Int, width: Int, viewCount: Int, classCount: Int, temperature: Double
  ) -> Double {
    // Inner products are at least -1, and scores differ by at most 2.
    let groups = ExpectedLogarithm.groupCount(smallestPositive: exponential(-2 / temperature))
    let transforms = 2 * 8 * Double(TransformLayout.count(groups: groups))
    // Features, one view of the items and their means, of which the sums are in double precision.
    let features = (4 + 4 + 4 + 8) * Double(width)
    let products = (4 + 8) * Double(viewCount) + 4 * Double(classCount)
    return Double(anchorCount) * (transforms + features + products + 100)
  }

  /// The strip of some anchors; nothing is added up yet.
  ///
  /// - Parameter rows: The numbers of the anchors, see `AnchorSample`.
  /// - Throws: `DataError` if features cannot be read.
  init(
    rows: ArraySlice<Int>, views: [any FeatureRows], source: any MeasuredFeatures,
    classMeans: Matrix, temperature: Double, engine: Engine
  ) throws(DataError) {
    let itemCount = source.labels.count
    let items = rows.map { $0 % itemCount }
    let labels = items.map { source.labels[$0] }
    let count = items.count
    features = try views.gathering(rows.map { ($0 % itemCount, $0 / itemCount) })
    ownProducts = Matrix(rows: count, columns: views.count)
    positives = DoubleStorage(count: count * views.count)
    var smallest = [Double](repeating: .infinity, count: count)
    for (number, view) in views.enumerated() {
      let others = try view.gathering(items)
      for row in 0..<count {
        let product = engine.dotProduct(features[row: row], others[row: row])
        let power = exponential((Double(product) - 1) / temperature)
        ownProducts[row, number] = product
        positives[row * views.count + number] = power
        smallest[row] = min(smallest[row], power)
      }
    }
    scores = Matrix(rows: count, columns: classMeans.rows)
    engine.multiply(.plain(features), .transposed(classMeans), into: scores)
    let itemMeans = try source.itemMeans(items)
    ownPowers = DoubleStorage(count: count)
    spreads = DoubleStorage(count: count)
    var (gaps, topScores) = ([Double](), [Double]())
    for (row, c) in labels.enumerated() {
      let own = Double(scores[row, c])
      let product = Double(engine.dotProduct(features[row: row], itemMeans[row: row]))
      gaps.append((own - product) / temperature)
      let top = Double(scores[row, scores.indexOfLargest(inRow: row)])
      topScores.append(top)
      ownPowers[row] = exponential((own - top) / temperature)
    }
    (self.items, self.labels, self.gaps, self.topScores) = (items, labels, gaps, topScores)
    rowTransforms = RowTransforms(smallestPositives: smallest)
    let powers = ownPowers
    classTransforms = RowTransforms(smallestPositives: (0..<count).map { powers[$0] })
  }
}
