// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Measurements

/// The means over all rows, items and views, that depend on no other row but through means.
///
/// With z a row of class c, mu_j the class means, rho_j the shares of the classes, zbar the mean of
/// the views of the item and y = z.(mu_c - zbar)/t: those of `RelativeScores`, min(0, y) and y.
struct RowMeans {
  let source: any MeasuredFeatures
  /// mu, (C, d).
  let classMeans: Matrix
  let temperature: Double
  let engine: Engine

  /// What the means are of.
  static let means: [MeasuredMean] = RelativeScores.means + [.gap, .gapLinear]

  /// How many blocks the items are gone through in.
  static func blockCount(itemCount: Int) -> Int { (itemCount + scanRows - 1) / scanRows }

  /// The first item of a block; how many there are, after the last.
  static func firstItem(ofBlock block: Int, itemCount: Int) -> Int {
    min(itemCount, block * scanRows)
  }

  /// The values of the rows of some blocks for each of `means`, block by block and view by view.
  ///
  /// - Throws: `DataError` if features cannot be read.
  /// - Complexity: O(M V C d) for M items in V views.
  func values<Sink: ValueSink>(
    ofBlocks blocks: Range<Int>, _: Sink.Type = Sink.self
  ) throws(DataError) -> [Sink] {
    let (labels, sizes) = (source.labels, source.classSizes)
    let means = Self.means
    var sinks = means.map { _ in Sink() }
    let values = DoubleStorage(count: scanRows * means.count)
    let views = try source.views(pass: 0)
    let powers = (0..<engine.threadCount).map { _ in
      DoubleStorage(count: (sizes.count + 7) / 8 * 8)
    }
    for block in blocks {
      let items = Array(
        Self.firstItem(
          ofBlock: block, itemCount: labels.count)..<Self.firstItem(
            ofBlock: block + 1, itemCount: labels.count))
      let itemMeans = try source.itemMeans(items)
      let scores = Matrix(rows: items.count, columns: sizes.count)
      for view in views {
        let rows = try view.gathering(items)
        engine.multiply(.plain(rows), .transposed(classMeans), into: scores)
        engine.divide(items.count, cost: 8 * Double(sizes.count)) { part, range in
          for row in range {
            let c = labels[items[row]]
            let own = Double(scores[row, c])
            unsafe engine.kernels.relativePowers(
              scores[row: row].pointer, count: sizes.count, offset: own, divisor: temperature,
              into: powers[part].pointer)
            let relative = RelativeScores(
              scores[row: row], powers: powers[part], ofClass: c, classSizes: sizes)
            let product = Double(engine.dotProduct(rows[row: row], itemMeans[row: row]))
            let y = (own - product) / temperature
            for (index, value) in (relative.values + [min(0, y), y]).enumerated() {
              unsafe values.pointer[row * means.count + index] = value
            }
          }
        }
        for row in items.indices {
          for index in means.indices { sinks[index].add(values[row * means.count + index]) }
        }
      }
    }
    return sinks
  }
}
