// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// How far features of one class are apart: what the upper bound of the collision term needs.
///
/// The mean over ordered pairs of images of a class of |z.w - z.z+|, z and z+ two views of one of
/// them and w a view of the other, averaged over the classes. Pairs i != j match batches without
/// replacement. Independent draws can repeat the anchor's image, so that pairs i = j belong in it,
/// w then being a third view.
///
/// Reference: K. Nozawa and I. Sato, NeurIPS 2021, arXiv 2102.06866.
struct CollisionSpread {
  /// The images of each class.
  let classes: [[Int]]

  /// The images of a labelled set, class by class.
  init(labels: [Int], classCount: Int) {
    var classes = [[Int]](repeating: [], count: classCount)
    for (item, label) in labels.enumerated() { classes[label].append(item) }
    self.classes = classes
  }

  /// The mean over the classes that have a pair; nil if none has.
  ///
  /// - Parameters:
  ///   - anchors: z of every image, (M, d).
  ///   - positives: z+ of every image, (M, d).
  ///   - others: w of every image, (M, d): the positives themselves, or a third view.
  ///   - includesAnchor: Whether pairs i = j count.
  /// - Complexity: O(sum of m_c^2 d).
  func mean(
    anchors: Matrix, positives: Matrix, others: Matrix, includesAnchor: Bool, engine: Engine
  ) -> Double? {
    var total = 0.0
    var classCount = 0
    for items in classes {
      let pairCount = items.count * (includesAnchor ? items.count : items.count - 1)
      guard pairCount > 0 else { continue }
      let z = anchors.gathering(items)
      let (plus, w) = (positives.gathering(items), others.gathering(items))
      let strip = Matrix(rows: min(items.count, 64), columns: items.count)
      var sum = 0.0
      for start in stride(from: 0, to: items.count, by: 64) {
        let range = start..<min(items.count, start + 64)
        let products = strip[rows: 0..<range.count]
        engine.multiply(.plain(z[rows: range]), .transposed(w), into: products)
        for j in range {
          let own = Double(engine.dotProduct(z[row: j], plus[row: j]))
          let row = products[row: j - start]
          for i in items.indices where includesAnchor || i != j {
            sum += abs(Double(row[i]) - own)
          }
        }
      }
      total += sum / Double(pairCount)
      classCount += 1
    }
    return classCount > 0 ? total / Double(classCount) : nil
  }
}

extension Matrix {
  /// A matrix of some rows, in the order of `indices`, in memory of its own.
  func gathering(_ indices: [Int]) -> Matrix {
    let result = Matrix(rows: indices.count, columns: columns)
    for (row, index) in indices.enumerated() { result[row: row].copy(self[row: index]) }
    return result
  }
}
