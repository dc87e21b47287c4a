// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Projection of rows on the unit sphere: y = x / |x|. B rows of D features.

/// A row shorter than this is divided by this: the zero row stays zero.
let shortestLength: Float = 1e-12

extension CompiledKernels {
  /// Scales every row to length 1.
  ///
  /// - Parameters:
  ///   - input: (B, D), contiguous.
  ///   - output: (B, D); may be `input`.
  ///   - lengths: (B); receives the length of each row, at least 1e-12.
  @inline(never)
  package func normalizeRows(
    _ input: UnsafePointer<Float>, rows: Int, columns: Int,
    into output: UnsafeMutablePointer<Float>, lengths: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<rows {
      let (x, y) = unsafe (input + i * columns, output + i * columns)
      var length = unsafe dot(x, x, count: columns).squareRoot()
      if length < shortestLength { length = shortestLength }
      unsafe lengths[i] = length
      let factor = 1 / length
      var j = 0
      while j + 8 <= columns {
        unsafe store(load(x + j) * factor, y + j)
        j += 8
      }
      while j < columns {
        unsafe y[j] = unsafe x[j] * factor
        j += 1
      }
    }
  }

  /// The gradient of `normalizeRows`: dx = (dy - y (y.dy)) / |x|, the part of dy across y.
  ///
  /// - Parameters:
  ///   - output: y, (B, D), as `normalizeRows` left it.
  ///   - lengths: (B), as `normalizeRows` left them.
  ///   - gradient: dy on entry, dx on return; (B, D).
  @inline(never)
  package func normalizeRowsBackward(
    output: UnsafePointer<Float>, lengths: UnsafePointer<Float>, rows: Int, columns: Int,
    gradient: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<rows {
      let (y, g) = unsafe (output + i * columns, gradient + i * columns)
      let along = unsafe dot(y, g, count: columns)
      let factor = unsafe 1 / lengths[i]
      var j = 0
      while j + 8 <= columns {
        unsafe store((load(g + j) - load(y + j) * along) * factor, g + j)
        j += 8
      }
      while j < columns {
        unsafe g[j] = (g[j] - y[j] * along) * factor
        j += 1
      }
    }
  }
}

/// `normalizeRows` by its definition in double precision: what it is tested against.
@inline(never)
public func normalizeRowsNaive(
  _ input: UnsafePointer<Float>, rows: Int, columns: Int,
  into output: UnsafeMutablePointer<Float>
) {
  for i in 0..<rows {
    let (x, y) = unsafe (input + i * columns, output + i * columns)
    var squares = 0.0
    for j in 0..<columns { unsafe squares += Double(x[j]) * Double(x[j]) }
    let length = squares.squareRoot()
    let divisor = length < Double(shortestLength) ? Double(shortestLength) : length
    for j in 0..<columns { unsafe y[j] = Float(Double(x[j]) / divisor) }
  }
}
