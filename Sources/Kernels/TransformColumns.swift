// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension CompiledKernels {
  /// y = x * scale + offset for every feature: normalisation by statistics known beforehand, and
  /// the addition of a bias.
  ///
  /// - Parameters:
  ///   - matrix: (rows, columns), contiguous; x on entry, y on return.
  ///   - scale: (columns), or nil for 1.
  ///   - offset: (columns).
  @inline(never)
  package func transformColumns(
    _ matrix: UnsafeMutablePointer<Float>, rows: Int, columns: Int,
    scale: UnsafePointer<Float>?, offset: UnsafePointer<Float>
  ) {
    for i in 0..<rows {
      let row = unsafe matrix + i * columns
      var j = 0
      if let scale = unsafe scale {
        while j + 8 <= columns {
          unsafe store(multiplyAdd(load(row + j), load(scale + j), load(offset + j)), row + j)
          j += 8
        }
        while j < columns {
          unsafe row[j] = row[j] * scale[j] + offset[j]
          j += 1
        }
      } else {
        while j + 8 <= columns {
          unsafe store(load(row + j) + load(offset + j), row + j)
          j += 8
        }
        while j < columns {
          unsafe row[j] += offset[j]
          j += 1
        }
      }
    }
  }
}
