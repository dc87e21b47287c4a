// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels
internal import Measurements

/// Measures one batch of n = K + 1 images: for each anchor the losses, gaps and terms of section
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

  /// Measures one batch.
  ///
  /// - Parameters:
  ///   - anchors: z of the first a draws, (a, d).
  ///   - keys: (n, d); row i is the positive of anchor i and a negative of the others.
  ///   - itemMeans: zbar_x of the anchors' images, (a, d).
  ///   - labels: The classes of all draws, (n).
  /// - Returns: The mean of each of `means`.
  /// - Complexity: O(a (n + C) d).
  func measure(
    anchors: Matrix, keys: Matrix, itemMeans: Matrix, labels: [Int], engine: Engine
  ) -> [MeasuredMean: Double] {
    let n = anchors.rows
    precondition(keys.rows >= n && itemMeans.rows == n, "rows of a batch")
    precondition(labels.count == keys.rows, "labels of a batch")
    var counts = [Int](repeating: 0, count: classSizes.count)
    for label in labels { counts[label] += 1 }
    let isCovered = !counts.contains(0)
    let scores = Matrix(rows: n, columns: classSizes.count)
    engine.multiply(.plain(anchors), .transposed(classMeans), into: scores)

    var sums = [MeasuredMean: Double](uniqueKeysWithValues: Self.means.map { ($0, 0) })
    sums[.contrastiveLoss] = contrastiveLosses(anchors, keys, engine)
    for i in 0..<n {
      let c = labels[i]
      let own = Double(scores[i, c])
      let (present, weighted) = drawnScores(scores[row: i], own: own, c, counts)
      let relative = RelativeScores(
        scores[row: i], ofClass: c, classSizes: classSizes, temperature: temperature)
      let collisions = counts[c] - 1
      let supervised = relative.values[0]
      let subset = logarithm(1 + present)
      let y = (own - Double(engine.dotProduct(anchors[row: i], itemMeans[row: i]))) / temperature
      let inverse = 1 + Double(collisions) + weighted
      let p = 1 / inverse
      // Of m_c images, a same-class negative is one of the other m_c - 1.
      let correction =
        isWithoutReplacement && classSizes[c] > 1
        ? p * Double(collisions) / Double(classSizes[c] - 1) : 0
      sums[.gap, default: 0] += min(0, y)
      sums[.gapConvex, default: 0] += (1 - p + correction) * y
      sums[.gapLinear, default: 0] += y
      for (mean, value) in zip(RelativeScores.means, relative.values) {
        sums[mean, default: 0] += value
      }
      sums[.expectedBound, default: 0] += logarithm(inverse)
      sums[.collisionTerm, default: 0] += logarithm(1 + Double(collisions))
      if isCovered {
        sums[.coveredSupervisedTerm, default: 0] += supervised
      } else {
        sums[.uncoveredSubsetTerm, default: 0] += subset
      }
      if collisions == 0 {
        // On a covered batch the subset is the set of all classes.
        let term: MeasuredMean =
          isCovered ? .collisionFreeCoveredTerm : .collisionFreeUncoveredTerm
        sums[term, default: 0] += subset
      } else {
        sums[.collisionRate, default: 0] += 1
      }
    }
    sums[.coverageRate] = isCovered ? Double(n) : 0
    sums[.exactGap] = sums[.contrastiveLoss, default: 0] - sums[.expectedBound, default: 0]
    return sums.mapValues { $0 / Double(n) }
  }

  /// How many floats `measure` takes at most: scores, and a strip of products.
  static func floatCount(draws: Int, classCount: Int) -> Double {
    let anchors = min(draws, anchorLimit)
    let strip = Double(SoftMaxLoss.stripRows(anchors: anchors, keys: draws)) * Double(draws)
    return Double(anchors) * Double(classCount) + strip
  }

  /// Sums over the classes j != c that were drawn: of r_j, and of n_j r_j.
  private func drawnScores(
    _ scores: FloatVector, own: Double, _ c: Int, _ counts: [Int]
  ) -> (present: Double, weighted: Double) {
    var (present, weighted) = (0.0, 0.0)
    for j in counts.indices where j != c && counts[j] > 0 {
      let r = exponential((Double(scores[j]) - own) / temperature)
      present += r
      weighted += Double(counts[j]) * r
    }
    return (present, weighted)
  }

  /// The sum over the anchors of l_Info = ln(1 + sum over j != i of e^{z_i.(w_j - w_i)/t}), in
  /// double precision from inner products in single.
  private func contrastiveLosses(_ anchors: Matrix, _ keys: Matrix, _ engine: Engine) -> Double {
    let (n, count) = (anchors.rows, keys.rows)
    let stripRows = SoftMaxLoss.stripRows(anchors: n, keys: count)
    let strip = Matrix(rows: stripRows, columns: count)
    var total = 0.0
    for start in stride(from: 0, to: n, by: stripRows) {
      let range = start..<min(n, start + stripRows)
      let products = strip[rows: 0..<range.count]
      engine.multiply(.plain(anchors[rows: range]), .transposed(keys), into: products)
      for i in range {
        let row = products[row: i - start]
        let own = Double(row[i])
        var sum = 1.0
        for j in 0..<count where j != i {
          sum += exponential((Double(row[j]) - own) / temperature)
        }
        total += logarithm(sum)
      }
    }
    return total
  }
}
