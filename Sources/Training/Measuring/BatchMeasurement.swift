// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels
internal import Measurements

/// Measures batches of n = K + 1 images: for each anchor the losses, gaps and terms of section
/// "Losses", and their means over the anchors.
///
/// The images of a batch are draws; anchor i, one of the first a of them, has the other n - 1 as
/// negatives. With z the anchor,
/// c its class, mu_j the class means, n_j how many negatives have class j != c, Col how many have
/// class c, and r_j = e^{z.(mu_j - mu_c)/t}:
///
///     l_sup = ln(1 + sum over j != c of r_j),
///     l_sub = ln(1 + sum over j != c with n_j > 0 of r_j),
///     p = 1 / (1 + Col + sum over j != c of n_j r_j),  y = z.(mu_c - zbar_x)/t.
///
/// E g_K is the mean of -ln p, and the exact gap is L_Info less that, anchor by anchor.
///
/// Reference: K. Nozawa and I. Sato, *Understanding negative samples in instance discriminative
/// self-supervised representation learning*, NeurIPS 2021, arXiv 2102.06866.
struct BatchMeasurement {
  /// What is measured of a batch, in the order of the sums.
  static let means: [MeasuredMean] = [
    .contrastiveLoss, .gap, .gapConvex, .gapLinear, .supervisedLoss, .coveredSupervisedTerm,
    .uncoveredSubsetTerm, .collisionFreeCoveredTerm, .collisionFreeUncoveredTerm, .collisionTerm,
    .coverageRate, .collisionRate, .betweenClassVariance, .classSeparation, .priorAdjustedLoss,
    .exactGap, .expectedBound,
  ]

  /// What is expected of sets of classes, which nothing but batches gives.
  static let setMeans: [MeasuredMean] = [
    .coveredSupervisedTerm, .uncoveredSubsetTerm, .collisionFreeCoveredTerm,
    .collisionFreeUncoveredTerm, .coverageRate,
  ]

  /// How many draws of a batch are anchors: all, but of large batches no more than these. Draws are
  /// exchangeable, so that means over some of them have the same expectation.
  static let anchorLimit = 4096

  let temperature: Double
  /// mu, (C, d).
  let classMeans: Matrix
  /// m_c, the number of images of each class that are drawn from.
  let classSizes: [Int]
  /// Whether batches are drawn without replacement.
  let isWithoutReplacement: Bool

  /// Measures the batches of a block.
  ///
  /// - Parameters:
  ///   - views: The views that draws have as anchors and as keys.
  ///   - itemMeans: zbar_x of some items, (items, d).
  ///   - labels: The class of each item.
  ///   - progress: Called with how many pairs were done since the last call.
  /// - Returns: For each batch the mean of each of `means`.
  /// - Throws: `DataError` if features cannot be read.
  /// - Complexity: O(a (n + C) d) for a anchors and n draws of the block, and O(n + min(n, C)) for
  ///   each anchor and batch of n draws that it is in.
  func measure(
    _ block: BatchBlock, views: [any FeatureRows],
    itemMeans: (_ items: [Int]) throws(DataError) -> Matrix, labels: [Int], engine: Engine,
    progress: (_ pairs: Double) -> Void = { _ in }
  ) throws(DataError) -> [[MeasuredMean: Double]] {
    let labels = block.draws.map { labels[$0.item] }
    let memberships = BatchMemberships(block, labels: labels, classCount: classSizes.count)
    let terms = BatchTerms(self, block, labels: labels, memberships)
    let keys = try packedKeys(block.draws, views, engine)
    let anchors = memberships.anchors
    let stripRows = Self.stripRows(anchors: anchors.count, keys: keys.columns)
    let strip = Matrix(rows: stripRows, columns: keys.columns)
    let strippedScores = Matrix(rows: stripRows, columns: classSizes.count)
    for start in stride(from: 0, to: anchors.count, by: stripRows) {
      let range = start..<min(anchors.count, start + stripRows)
      let draws = anchors[range].map { block.draws[$0] }
      let z = try views.gathering(draws.map { ($0.item, $0.anchorView) })
      let means = try itemMeans(draws.map(\.item))
      let (products, scores) = (
        strip[rows: 0..<range.count], strippedScores[rows: 0..<range.count]
      )
      engine.multiply(.plain(z), keys, into: products)
      engine.multiply(.plain(z), .transposed(classMeans), into: scores)
      terms.evaluate(
        anchors: range, products: products, scores: scores,
        meanProducts: range.indices.map {
          engine.dotProduct(z[row: $0 - start], means[row: $0 - start])
        }, engine: engine)
      progress(Double(range.count) * Double(keys.columns))
    }
    return terms.means()
  }

  /// The keys of some draws as the right factor of all products with anchors, (d, draws).
  private func packedKeys(
    _ draws: [Draw], _ views: [any FeatureRows], _ engine: Engine
  ) throws(DataError) -> Engine.PackedFactor {
    let result = Engine.PackedFactor(rows: classMeans.columns, columns: draws.count)
    for start in stride(from: 0, to: draws.count, by: scanRows) {
      let some = draws[start..<min(draws.count, start + scanRows)]
      let rows = try views.gathering(some.map { ($0.item, $0.keyView) })
      engine.pack(.transposed(rows), into: result, from: start)
    }
    return result
  }

  /// How many of n anchors are compared at a time with m keys: in whole tiles, as many as have 2^18
  /// products, which stay in the second cache until their powers are taken; no fewer than 66, for
  /// which reading the keys would take much of the time.
  private static func stripRows(anchors n: Int, keys m: Int) -> Int {
    min(n, max(66, (1 << 18) / m / 6 * 6))
  }

  /// How many floats the strips of `measure` take at most, and what packing keys takes besides them.
  static func stripCount(draws: Int, classCount: Int, width: Int) -> Double {
    let rows = Double(stripRows(anchors: draws, keys: draws))
    // Products and scores, anchors and means of their items, which are summed in double precision.
    return rows * (Double(draws) + Double(classCount) + 4 * Double(width))
      + Double(min(draws, scanRows) + widestTile) * Double(width)
  }
}
