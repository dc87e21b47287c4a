// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The product that gradients of the weights of convolutions are made of: C += A^T B, where the rows
// of A and B are pixels of two images that need not be copied. Every element of C is increased by
// the sum over the pixels in order, in one accumulator.

/// Where the pixels lie that are multiplied.
public struct PairGrid {
  /// Rows and columns of pixels.
  public let rows, columns: Int
  /// How many floats lie between pixels of neighbouring rows, and of neighbouring columns, of A.
  public let aRow, aColumn: Int
  /// How many floats lie between pixels of neighbouring rows, and of neighbouring columns, of B.
  public let bRow, bColumn: Int

  /// A grid of pixels, with the distances that the properties say.
  public init(rows: Int, columns: Int, aRow: Int, aColumn: Int, bRow: Int, bColumn: Int) {
    self.rows = rows
    self.columns = columns
    self.aRow = aRow
    self.aColumn = aColumn
    self.bRow = bRow
    self.bColumn = bColumn
  }
}

/// How many floats `addPairProducts` may read, and ignore, after the last of A or of B.
public let pairOverhang = widestTile

/// C += A^T B.
///
/// - Parameters:
///   - grid: The pixels that are summed over, row by row.
///   - a: (pixels, height): the first pixel of A.
///   - b: (pixels, width): the first pixel of B.
///   - c: (height, width), rows `cRow` floats apart; accumulated into.
/// - Precondition: `pairOverhang` floats after the last pixel of A and of B can be read.
/// - Complexity: O(pixels * height * width).
@inline(never)
public func addPairProducts(
  _ grid: PairGrid, a: UnsafePointer<Float>, height: Int, b: UnsafePointer<Float>, width: Int,
  c: UnsafeMutablePointer<Float>, cRow: Int
) {
  var j = 0
  while j < width {
    let columns = smaller(tileColumns, width - j)
    var i = 0
    while i < height {
      let left = height - i
      let tile = unsafe c + (i * cRow + j)
      // Whole tiles of six and four rows make up every even number from 4.
      if left > 4 && left != 8 {
        unsafe tileOfSix(
          grid, a: a + i, b: b + j, c: tile, cRow: cRow, height: smaller(6, left), width: columns)
        i += 6
      } else {
        unsafe tileOfFour(
          grid, a: a + i, b: b + j, c: tile, cRow: cRow, height: smaller(4, left), width: columns)
        i += 4
      }
    }
    j += tileColumns
  }
}

/// One tile of six rows by `tileColumns` columns.
@inline(__always)
private func tileOfSix(
  _ grid: PairGrid, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
  c: UnsafeMutablePointer<Float>,
  cRow: Int, height: Int, width: Int
) {
  var (l0, r0) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l1, r1) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l2, r2) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l3, r3) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l4, r4) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l5, r5) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  for row in 0..<grid.rows {
    var x = unsafe a + row * grid.aRow
    var y = unsafe b + row * grid.bRow
    for _ in 0..<grid.columns {
      let (b0, b1) = unsafe (loadWide(y), loadWide(y + wideCount))
      let a0 = unsafe WideLanes(repeating: x[0])
      (l0, r0) = (multiplyAdd(a0, b0, l0), multiplyAdd(a0, b1, r0))
      let a1 = unsafe WideLanes(repeating: x[1])
      (l1, r1) = (multiplyAdd(a1, b0, l1), multiplyAdd(a1, b1, r1))
      let a2 = unsafe WideLanes(repeating: x[2])
      (l2, r2) = (multiplyAdd(a2, b0, l2), multiplyAdd(a2, b1, r2))
      let a3 = unsafe WideLanes(repeating: x[3])
      (l3, r3) = (multiplyAdd(a3, b0, l3), multiplyAdd(a3, b1, r3))
      let a4 = unsafe WideLanes(repeating: x[4])
      (l4, r4) = (multiplyAdd(a4, b0, l4), multiplyAdd(a4, b1, r4))
      let a5 = unsafe WideLanes(repeating: x[5])
      (l5, r5) = (multiplyAdd(a5, b0, l5), multiplyAdd(a5, b1, r5))
      unsafe x += grid.aColumn
      unsafe y += grid.bColumn
    }
  }
  unsafe storeRow(l0, r0, c + 0 * cRow, width: width, accumulates: true)
  unsafe storeRow(l1, r1, c + 1 * cRow, width: width, accumulates: true)
  unsafe storeRow(l2, r2, c + 2 * cRow, width: width, accumulates: true)
  unsafe storeRow(l3, r3, c + 3 * cRow, width: width, accumulates: true)
  unsafe storeRow(l4, r4, c + 4 * cRow, width: width, accumulates: true)
  if height == 5 { return }
  unsafe storeRow(l5, r5, c + 5 * cRow, width: width, accumulates: true)
}

/// One tile of four rows by `tileColumns` columns.
@inline(__always)
private func tileOfFour(
  _ grid: PairGrid, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
  c: UnsafeMutablePointer<Float>,
  cRow: Int, height: Int, width: Int
) {
  var (l0, r0) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l1, r1) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l2, r2) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l3, r3) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  for row in 0..<grid.rows {
    var x = unsafe a + row * grid.aRow
    var y = unsafe b + row * grid.bRow
    for _ in 0..<grid.columns {
      let (b0, b1) = unsafe (loadWide(y), loadWide(y + wideCount))
      let a0 = unsafe WideLanes(repeating: x[0])
      (l0, r0) = (multiplyAdd(a0, b0, l0), multiplyAdd(a0, b1, r0))
      let a1 = unsafe WideLanes(repeating: x[1])
      (l1, r1) = (multiplyAdd(a1, b0, l1), multiplyAdd(a1, b1, r1))
      let a2 = unsafe WideLanes(repeating: x[2])
      (l2, r2) = (multiplyAdd(a2, b0, l2), multiplyAdd(a2, b1, r2))
      let a3 = unsafe WideLanes(repeating: x[3])
      (l3, r3) = (multiplyAdd(a3, b0, l3), multiplyAdd(a3, b1, r3))
      unsafe x += grid.aColumn
      unsafe y += grid.bColumn
    }
  }
  unsafe storeRow(l0, r0, c + 0 * cRow, width: width, accumulates: true)
  if height == 1 { return }
  unsafe storeRow(l1, r1, c + 1 * cRow, width: width, accumulates: true)
  if height == 2 { return }
  unsafe storeRow(l2, r2, c + 2 * cRow, width: width, accumulates: true)
  if height == 3 { return }
  unsafe storeRow(l3, r3, c + 3 * cRow, width: width, accumulates: true)
}
