// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Sums in an order that depends on the number of terms alone: four vectors of partial sums, joined
// as ((s0 + s1) + (s2 + s3)), then the terms that do not fill a vector.

extension CompiledKernels {
  /// The sum over i of a[i] b[i], i < count.
  @inline(never)
  package func dotProduct(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
  ) -> Float {
    unsafe dot(a, b, count: count)
  }
}

/// As `dotProduct`, for use inside a kernel.
@inline(__always)
func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
  var (s0, s1) = (Lanes(repeating: 0), Lanes(repeating: 0))
  var (s2, s3) = (Lanes(repeating: 0), Lanes(repeating: 0))
  var i = 0
  while i + 32 <= count {
    s0 = unsafe multiplyAdd(load(a + i), load(b + i), s0)
    s1 = unsafe multiplyAdd(load(a + (i + 8)), load(b + (i + 8)), s1)
    s2 = unsafe multiplyAdd(load(a + (i + 16)), load(b + (i + 16)), s2)
    s3 = unsafe multiplyAdd(load(a + (i + 24)), load(b + (i + 24)), s3)
    i += 32
  }
  while i + 8 <= count {
    s0 = unsafe multiplyAdd(load(a + i), load(b + i), s0)
    i += 8
  }
  var total = sum((s0 + s1) + (s2 + s3))
  while i < count {
    unsafe total += a[i] * b[i]
    i += 1
  }
  return total
}

/// The sum over i of a[i] b[i] in index order and double precision: what `dotProduct` is tested
/// against.
@inline(never)
public func dotProductNaive(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
) -> Double {
  var total = 0.0
  for i in 0..<count { unsafe total += Double(a[i]) * Double(b[i]) }
  return total
}

extension CompiledKernels {
  /// Adds to each of `columns` sums the elements of its column, in the order of the rows.
  ///
  /// - Parameters:
  ///   - matrix: (rows, columns), rows `stride` floats apart.
  ///   - sums: (columns); accumulated into.
  @inline(never)
  package func addColumnSums(
    _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    to sums: UnsafeMutablePointer<Float>
  ) {
    @inline(__always)
    func block(_ i: Int, _ height: Int, _ j: Int, _ width: Int) {
      var total = unsafe load(sums + j, width)
      for r in i..<i + height { unsafe total += load(matrix + (r * stride + j), width) }
      unsafe store(total, sums + j, width)
    }
    sweep(rows: rows, columns: columns, block)
  }
}

/// As `addColumnSums`, in double precision: what it is tested against.
@inline(never)
public func addColumnSumsNaive(
  _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
  to sums: UnsafeMutablePointer<Float>
) {
  for j in 0..<columns {
    var total = 0.0
    for i in 0..<rows { unsafe total += Double(matrix[i * stride + j]) }
    unsafe sums[j] = Float(Double(sums[j]) + total)
  }
}
