// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The cross-entropy of finding each anchor's positive among keys, by inner products over t.
///
/// With n anchors z_i, keys w_j and the key p(i) of anchor i,
///
///     loss = 1/n sum_i [ln sum_j e^{z_i.w_j/t} - z_i.w_p(i)/t],
///
/// where j runs over all keys, or all but i. The matrix of inner products is never whole in memory:
/// a strip of some anchors is computed, turned into soft-max weights and multiplied into both
/// gradients before the next. Besides features and gradients, only a strip is used.
struct SoftMaxLoss {
  /// How many of n anchors are best compared at a time with m keys: as many as have 2^20 products,
  /// but no fewer than 64, for which packing the keys would take much of the time.
  static func stripRows(anchors n: Int, keys m: Int) -> Int { min(n, max(64, (1 << 20) / m)) }

  let temperature: Float
  /// Whether key i is anchor i itself and not compared with it.
  let excludesAnchor: Bool
  /// The key that belongs to an anchor.
  let positive: (Int) -> Int

  init(temperature: Float, excludesAnchor: Bool, positive: @escaping (Int) -> Int) {
    precondition(temperature > 0, "a temperature of \(temperature)")
    self.temperature = temperature
    self.excludesAnchor = excludesAnchor
    self.positive = positive
  }

  /// The mean loss, and its gradients added to those given.
  ///
  /// - Parameters:
  ///   - anchors: z, (n, d).
  ///   - keys: w, (m, d).
  ///   - anchorGradients, keyGradients: (n, d) and (m, d), in memory of their own or, if anchors
  ///     and keys are the same, in the same; accumulated into.
  ///   - strip: Floats to work in, m for each anchor of a strip; best `stripRows` * m of them.
  func evaluate(
    anchors: Matrix, keys: Matrix, anchorGradients: Matrix, keyGradients: Matrix,
    strip: FloatVector, engine: Engine
  ) -> Double {
    let (n, m) = (anchors.rows, keys.rows)
    let factor = 1 / temperature
    // Both the mean over anchors and the derivative of z.w/t.
    let scale = factor / Float(n)
    let stripRows = min(n, strip.count / m)
    precondition(stripRows >= 1, "a strip of \(strip.count) floats for \(m) keys")
    let losses = FloatVector(count: stripRows)
    var total = 0.0
    for start in stride(from: 0, to: n, by: stripRows) {
      let range = start..<min(n, start + stripRows)
      let products = Matrix(strip[0..<range.count * m], rows: range.count, columns: m)
      let rows = anchors[rows: range]
      engine.multiply(.plain(rows), .transposed(keys), into: products)
      engine.divide(range.count, cost: 0.8 * Double(m)) { _, part in
        for i in part {
          losses[i] = weigh(products[row: i], start + i, factor, scale, engine)
        }
      }
      for i in 0..<range.count { total += Double(losses[i]) }
      engine.multiply(
        .plain(products), .plain(keys), into: anchorGradients[rows: range], accumulates: true)
      engine.multiply(.transposed(products), .plain(rows), into: keyGradients, accumulates: true)
    }
    return total / Double(n)
  }

  /// Turns the inner products of one anchor into the derivatives with respect to them; its loss.
  private func weigh(
    _ products: FloatVector, _ anchor: Int, _ factor: Float, _ scale: Float, _ engine: Engine
  ) -> Float {
    let key = positive(anchor)
    let product = products[key]
    if excludesAnchor { products[anchor] = -.infinity }
    let logSum = engine.softMax(products, factor: factor, scale: scale)
    products[key] -= scale
    return logSum - product * factor
  }
}
