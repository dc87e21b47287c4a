// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels

/// The cross-entropy of finding each query's positive among it and a queue of negatives.
///
/// With n queries q_i, their keys k_i and K negatives u_j,
///
///     loss = 1/n sum_i ln(1 + e^{l_i - q_i.k_i/t}),  l_i = ln sum_j e^{q_i.u_j/t},
///
/// and its gradient with respect to q_i, keys and negatives being constants, is
///
///     a_i / (n t) (sum_j s_ij u_j - k_i),  s_i the soft-max of q_i.u_j/t, a_i = 1 - e^{-loss_i}.
///
/// Reference: K. He, H. Fan, Y. Wu, S. Xie and R. Girshick, *Momentum contrast for unsupervised
/// visual representation learning*, CVPR 2020, arXiv 1911.05722, eq. (1).
struct QueueLoss {
  /// How many queries are compared with the queue at a time: 64 MiB of inner products with 65,536
  /// negatives.
  static let stripRows = 256

  let temperature: Float

  init(temperature: Float) {
    precondition(temperature > 0, "a temperature of \(temperature)")
    self.temperature = temperature
  }

  /// How many floats `evaluate` needs as `strip`.
  static func stripCount(queries: Int, negatives: Int) -> Int {
    min(queries, stripRows) * negatives
  }

  /// The mean loss in nats.
  ///
  /// - Parameters:
  ///   - queries, keys: q and k, (n, d), unit rows.
  ///   - negatives: u, (K, d), unit rows.
  ///   - gradients: (n, d); assigned the gradient with respect to the queries.
  ///   - strip: `stripCount` floats to work in.
  /// - Complexity: O(n K d).
  func evaluate(
    queries: Matrix, keys: Matrix, negatives: Matrix, gradients: Matrix, strip: FloatVector,
    engine: Engine
  ) -> Double {
    let (n, count) = (queries.rows, negatives.rows)
    let factor = 1 / temperature
    let losses = FloatVector(count: min(n, Self.stripRows))
    var total = 0.0
    for start in stride(from: 0, to: n, by: Self.stripRows) {
      let range = start..<min(n, start + Self.stripRows)
      let products = Matrix(strip[0..<range.count * count], rows: range.count, columns: count)
      engine.multiply(.plain(queries[rows: range]), .transposed(negatives), into: products)
      // Losses fill the strip row by row; l_i - q_i.k_i/t first.
      engine.divide(range.count, cost: 0.8 * Double(count)) { _, part in
        for i in part {
          let logSum = engine.softMax(products[row: i], factor: factor, scale: 1)
          let own = engine.dotProduct(queries[row: start + i], keys[row: start + i])
          losses[i] = logSum - own * factor
        }
      }
      engine.multiply(.plain(products), .plain(negatives), into: gradients[rows: range])
      for i in 0..<range.count {
        // ln(1 + e^x) without overflow, and 1 / (1 + e^-x).
        let x = Double(losses[i])
        let small = exponential(x > 0 ? -x : x)
        total += max(x, 0) + logarithm(1 + small)
        let share = (x > 0 ? 1 : small) / (1 + small)
        let scale = Float(share) * factor / Float(n)
        let (gradient, key) = (gradients[row: start + i], keys[row: start + i])
        for j in 0..<gradient.count { gradient[j] = scale * (gradient[j] - key[j]) }
      }
    }
    return total / Double(n)
  }
}
