// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Means of rows of a table. A bag is a row of floats: the number of its features, then the
// features, whole numbers below 2^24; feature f stands for row f modulo N of the table. B bags, N
// rows, D columns.

/// The row of the table that a feature stands for.
@inline(__always)
private func tableRow(_ feature: Float, _ tableRows: Int) -> Int {
  Int(UInt32(feature) % UInt32(truncatingIfNeeded: tableRows))
}

extension CompiledKernels {
  /// Computes the mean of the rows of each bag; of an empty bag it is 0.
  ///
  /// - Parameters:
  ///   - bags: (B, bagStride).
  ///   - table: (N, D), contiguous.
  ///   - output: (B, D), contiguous; assigned.
  @inline(never)
  package func embedBags(
    _ bags: UnsafePointer<Float>, count: Int, bagStride: Int, table: UnsafePointer<Float>,
    tableRows: Int, columns: Int, into output: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<count {
      let (bag, y) = unsafe (bags + i * bagStride, output + i * columns)
      let size = unsafe Int(bag[0])
      unsafe y.update(repeating: 0, count: columns)
      for k in 0..<size {
        let w = unsafe table + tableRow(bag[1 + k], tableRows) * columns
        var j = 0
        while j + 8 <= columns {
          unsafe store(load(y + j) + load(w + j), y + j)
          j += 8
        }
        while j < columns {
          unsafe y[j] += w[j]
          j += 1
        }
      }
      let scale = 1 / Float(size > 1 ? size : 1)
      for j in 0..<columns { unsafe y[j] *= scale }
    }
  }

  /// Adds the gradient with respect to the means of some columns to the rows that were in the bags.
  ///
  /// - Parameters:
  ///   - bags: (B, bagStride).
  ///   - gradient: (B, stride), of which `columns` columns from this address are used.
  ///   - tableGradient: (N, stride), likewise; accumulated into, bag by bag.
  @inline(never)
  package func embedBagsBackward(
    _ bags: UnsafePointer<Float>, count: Int, bagStride: Int, gradient: UnsafePointer<Float>,
    columns: Int, stride: Int, tableRows: Int, tableGradient: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<count {
      let (bag, dy) = unsafe (bags + i * bagStride, gradient + i * stride)
      let size = unsafe Int(bag[0])
      let scale = 1 / Float(size > 1 ? size : 1)
      for k in 0..<size {
        let dw = unsafe tableGradient + tableRow(bag[1 + k], tableRows) * stride
        var j = 0
        while j + 8 <= columns {
          unsafe store(multiplyAdd(load(dy + j), Lanes(repeating: scale), load(dw + j)), dw + j)
          j += 8
        }
        while j < columns {
          unsafe dw[j] += dy[j] * scale
          j += 1
        }
      }
    }
  }
}
