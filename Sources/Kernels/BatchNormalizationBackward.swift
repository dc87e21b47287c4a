// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The gradient of batch normalisation. With xhat = (x - mean) * inverseDeviation and sums over the
// B rows of a batch,
//
//     dgamma += sum dy xhat,  dbeta += sum dy,
//     dx = gamma inverseDeviation (dy - (sum dy + xhat sum dy xhat) / B).
//
// In two sweeps, like those of `normalizeBatch`.

/// The sums over some of the rows of a batch: what they add to the gradients of gamma and beta.
///
/// - Parameters:
///   - input: x, (rows, columns) at `stride`.
///   - gradient: dy, the same shape.
///   - products, totals: (columns); sum dy xhat and sum dy are added to them.
@inline(never)
public func addNormalizationSums(
  input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
  means: UnsafePointer<Float>, inverseDeviations: UnsafePointer<Float>,
  gradient: UnsafePointer<Float>,
  products: UnsafeMutablePointer<Float>, totals: UnsafeMutablePointer<Float>
) {
  var i = 0
  while i < rows {
    let height = smaller(sweepRows, rows - i)
    var j = 0
    while j < columns {
      let width = smaller(8, columns - j)
      let (mean, inverse) = unsafe (load(means + j, width), load(inverseDeviations + j, width))
      var (product, total) = unsafe (load(products + j, width), load(totals + j, width))
      for r in i..<i + height {
        let at = r * stride + j
        let dy = unsafe load(gradient + at, width)
        total += dy
        product = unsafe multiplyAdd(dy, (load(input + at, width) - mean) * inverse, product)
      }
      unsafe store(product, products + j, width)
      unsafe store(total, totals + j, width)
      j += 8
    }
    i += sweepRows
  }
}

/// Replaces dy by dx in some of the rows of a batch.
///
/// - Parameters:
///   - input: x, (rows, columns) at `stride`.
///   - batchRows: B.
///   - gradient: dy on entry, dx on return; the same shape.
///   - products, totals: sum dy xhat and sum dy over all rows of the batch, (columns).
@inline(never)
public func normalizeBatchBackward(
  input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int, batchRows: Int,
  gamma: UnsafePointer<Float>, means: UnsafePointer<Float>,
  inverseDeviations: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
  products: UnsafePointer<Float>, totals: UnsafePointer<Float>
) {
  let reciprocal = 1 / Float(batchRows)
  var i = 0
  while i < rows {
    let height = smaller(sweepRows, rows - i)
    var j = 0
    while j < columns {
      let width = smaller(8, columns - j)
      let (mean, inverse) = unsafe (load(means + j, width), load(inverseDeviations + j, width))
      let scale = unsafe load(gamma + j, width) * inverse
      let level = unsafe load(totals + j, width) * reciprocal
      let slope = unsafe load(products + j, width) * reciprocal
      for r in i..<i + height {
        let at = r * stride + j
        let normalized = unsafe (load(input + at, width) - mean) * inverse
        let dx = unsafe (load(gradient + at, width) - level - normalized * slope) * scale
        unsafe store(dx, gradient + at, width)
      }
      j += 8
    }
    i += sweepRows
  }
}
