// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// How far features of one class are apart: what the upper bound of the collision term needs.
///
/// The mean over ordered pairs of items of a class of |z.w - z.z+|, z and z+ two views of one of
/// them and w that of the other which is a key like z+, averaged over the classes. Pairs i != j match
/// batches without replacement. Independent draws can repeat the anchor's image, so that pairs i = j
/// belong in it: that mean is exact, see `AnchorExpectations`.
///
/// Reference: K. Nozawa and I. Sato, NeurIPS 2021, arXiv 2102.06866.
struct CollisionSpread {
  /// How many anchors are compared at a time.
  static let stripRows = 64

  /// The items of each class that are compared.
  let classes: [[Int]]

  /// The items of a labelled set, class by class.
  init(labels: [Int], classCount: Int) {
    var classes = [[Int]](repeating: [], count: classCount)
    for (item, label) in labels.enumerated() { classes[label].append(item) }
    self.classes = classes
  }

  /// As above, with `limit` random items of each class that has more: the mean over their pairs has
  /// that over all pairs as its expectation.
  init(labels: [Int], classCount: Int, limit: Int, generator: inout SplitMix64) {
    let all = CollisionSpread(labels: labels, classCount: classCount).classes
    var classes: [[Int]] = []
    for var items in all {
      if items.count > limit {
        generator.shuffle(&items)
        items = items.prefix(limit).sorted()
      }
      classes.append(items)
    }
    self.classes = classes
  }

  /// How many floats `values` takes for a class of `itemCount` items: its features, and the views
  /// and products of a strip of anchors.
  static func floatCount(itemCount: Int, width: Int) -> Double {
    let (items, width) = (Double(itemCount), Double(width))
    return items * (width + Double(stripRows)) + Double(stripRows) * width
  }

  /// The classes that have a pair.
  private var compared: [[Int]] { classes.filter { $0.count > 1 } }

  /// How many classes have a pair.
  var comparedCount: Int { compared.count }

  /// The mean over the classes that have a pair; nil if none has.
  ///
  /// - Parameter values: That of each of them.
  static func mean(of values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The means over the pairs of some of the classes that have one.
  ///
  /// - Parameters:
  ///   - range: Which, of all that have a pair.
  ///   - anchors: z of every item, (M, d).
  ///   - keys: z+ and w of every item, (M, d).
  /// - Throws: `DataError` if features cannot be read.
  /// - Complexity: O(sum of m_c^2 d) for m_c items of class c that are compared; O(max m_c d)
  ///   floats of memory.
  func values(
    of range: Range<Int>, anchors: any FeatureRows, keys: any FeatureRows, engine: Engine
  ) throws(DataError) -> [Double] {
    var means: [Double] = []
    for items in compared[range] {
      let pairCount = items.count * (items.count - 1)
      let w = try keys.gathering(items)
      let strip = Matrix(rows: min(items.count, Self.stripRows), columns: items.count)
      var sum = 0.0
      for start in stride(from: 0, to: items.count, by: Self.stripRows) {
        let range = start..<min(items.count, start + Self.stripRows)
        let z = try anchors.gathering(Array(items[range]))
        let products = strip[rows: 0..<range.count]
        engine.multiply(.plain(z), .transposed(w), into: products)
        for j in range {
          let own = Double(engine.dotProduct(z[row: j - start], w[row: j]))
          let row = products[row: j - start]
          for i in items.indices where i != j {
            sum += abs(Double(row[i]) - own)
          }
        }
      }
      means.append(sum / Double(pairCount))
    }
    return means
  }
}
