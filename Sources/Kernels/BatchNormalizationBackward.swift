// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The gradient of batch normalisation. With xhat = (x - mean) * inverseDeviation and sums over the
// B rows of a batch,
//
//     dgamma += sum dy xhat,  dbeta += sum dy,
//     dx = gamma inverseDeviation (dy - (sum dy + xhat sum dy xhat) / B).
//
// In two sweeps, like those of `normalizeBatch`. Where the output was rectified, dy is 0 wherever
// it is: each sweep computes the output anew, to the same bits, rather than read and write memory.

extension CompiledKernels {
  /// The sums over some of the rows of a batch: what they add to the gradients of gamma and beta.
  ///
  /// - Parameters:
  ///   - input: x, (rows, columns) at `stride`.
  ///   - gradient: dy, the same shape.
  ///   - products, totals: (columns); sum dy xhat and sum dy are added to them.
  ///   - gamma, beta: (columns).
  ///   - rectified: Whether dy is with respect to the rectified output.
  @inline(never)
  package func addNormalizationSums(
    input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    means: UnsafePointer<Float>, inverseDeviations: UnsafePointer<Float>,
    gradient: UnsafePointer<Float>,
    products: UnsafeMutablePointer<Float>, totals: UnsafeMutablePointer<Float>,
    gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, rectified: Bool
  ) {
    @inline(__always)
    func block(_ i: Int, _ height: Int, _ j: Int, _ width: Int, _ rectified: Bool) {
      let (mean, inverse) = unsafe (load(means + j, width), load(inverseDeviations + j, width))
      let (scale, offset) = unsafe (load(gamma + j, width) * inverse, load(beta + j, width))
      var (product, total) = unsafe (load(products + j, width), load(totals + j, width))
      for r in i..<i + height {
        let at = r * stride + j
        var dy = unsafe load(gradient + at, width)
        let deviation = unsafe load(input + at, width) - mean
        if rectified {
          dy.replace(with: 0, where: multiplyAdd(deviation, scale, offset) .<= 0)
        }
        total += dy
        product = multiplyAdd(dy, deviation * inverse, product)
      }
      unsafe store(product, products + j, width)
      unsafe store(total, totals + j, width)
    }
    if rectified {
      sweep(rows: rows, columns: columns) { block($0, $1, $2, $3, true) }
    } else {
      sweep(rows: rows, columns: columns) { block($0, $1, $2, $3, false) }
    }
  }

  /// Replaces dy by dx in some of the rows of a batch.
  ///
  /// - Parameters:
  ///   - input: x, (rows, columns) at `stride`.
  ///   - batchRows: B.
  ///   - gradient: dy on entry, dx on return; the same shape.
  ///   - products, totals: sum dy xhat and sum dy over all rows of the batch, (columns).
  ///   - gamma, beta: (columns).
  ///   - rectified: Whether dy is with respect to the rectified output.
  @inline(never)
  package func normalizeBatchBackward(
    input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int, batchRows: Int,
    gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, means: UnsafePointer<Float>,
    inverseDeviations: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    products: UnsafePointer<Float>, totals: UnsafePointer<Float>, rectified: Bool
  ) {
    let reciprocal = 1 / Float(batchRows)
    @inline(__always)
    func block(_ i: Int, _ height: Int, _ j: Int, _ width: Int, _ rectified: Bool) {
      let (mean, inverse) = unsafe (load(means + j, width), load(inverseDeviations + j, width))
      let (scale, offset) = unsafe (load(gamma + j, width) * inverse, load(beta + j, width))
      let level = unsafe load(totals + j, width) * reciprocal
      let slope = unsafe load(products + j, width) * reciprocal
      for r in i..<i + height {
        let at = r * stride + j
        var dy = unsafe load(gradient + at, width)
        let deviation = unsafe load(input + at, width) - mean
        if rectified {
          dy.replace(with: 0, where: multiplyAdd(deviation, scale, offset) .<= 0)
        }
        let dx = (dy - level - deviation * inverse * slope) * scale
        unsafe store(dx, gradient + at, width)
      }
    }
    if rectified {
      sweep(rows: rows, columns: columns, backwards: true) { block($0, $1, $2, $3, true) }
    } else {
      sweep(rows: rows, columns: columns, backwards: true) { block($0, $1, $2, $3, false) }
    }
  }
}
