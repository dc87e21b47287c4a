// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The product that gradients of the weights of convolutions are made of: C += A^T B, where the rows
// of A and B are pixels of two images that need not be copied. Every element of C is increased by
// the sum over the pixels in order, in one accumulator.

/// Where the pixels lie that are multiplied.
struct PairGrid {
  /// Rows and columns of pixels.
  let rows, columns: Int
  /// How many floats lie between pixels of neighbouring rows, and of neighbouring columns, of A.
  let aRow, aColumn: Int
  /// How many floats lie between pixels of neighbouring rows, and of neighbouring columns, of B.
  let bRow, bColumn: Int
}

/// How many floats `addPairProducts` may read, and ignore, after the last of A or of B.
let pairOverhang = widestTile

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
func addPairProducts(
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
        unsafe addTile(
          rows: 6, grid, a: a + i, b: b + j, c: tile, cRow: cRow, height: smaller(6, left),
          width: columns)
        i += 6
      } else {
        unsafe addTile(
          rows: 4, grid, a: a + i, b: b + j, c: tile, cRow: cRow, height: smaller(4, left),
          width: columns)
        i += 4
      }
    }
    j += tileColumns
  }
}

/// One tile of `rows` rows, 6 or 4, by `tileColumns` columns.
///
/// Its sums are variables and no `TileSums`, which the compiler would write to memory in every step
/// of this loop: a fifth slower.
#if compiler(>=6.3)
  @inline(always)  // The older spelling is a hint, which is not taken here.
#else
  @inline(__always)
#endif
private func addTile(
  rows: Int, _ grid: PairGrid, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
  c: UnsafeMutablePointer<Float>, cRow: Int, height: Int, width: Int
) {
  var (l0, r0) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l1, r1) = (l0, r0)
  var (l2, r2) = (l0, r0)
  var (l3, r3) = (l0, r0)
  var (l4, r4) = (l0, r0)
  var (l5, r5) = (l0, r0)
  for row in 0..<grid.rows {
    var x = unsafe a + row * grid.aRow
    var y = unsafe b + row * grid.bRow
    for _ in 0..<grid.columns {
      let (b0, b1) = unsafe (loadWide(y), loadWide(y + wideCount))
      unsafe addRow(x[0], b0, b1, &l0, &r0)
      unsafe addRow(x[1], b0, b1, &l1, &r1)
      unsafe addRow(x[2], b0, b1, &l2, &r2)
      unsafe addRow(x[3], b0, b1, &l3, &r3)
      if rows == 6 {
        unsafe addRow(x[4], b0, b1, &l4, &r4)
        unsafe addRow(x[5], b0, b1, &l5, &r5)
      }
      unsafe x += grid.aColumn
      unsafe y += grid.bColumn
    }
  }
  unsafe storeRow(l0, r0, c, width: width, accumulates: true)
  if height == 1 { return }
  unsafe storeRow(l1, r1, c + cRow, width: width, accumulates: true)
  if height == 2 { return }
  unsafe storeRow(l2, r2, c + 2 * cRow, width: width, accumulates: true)
  if height == 3 { return }
  unsafe storeRow(l3, r3, c + 3 * cRow, width: width, accumulates: true)
  if rows == 4 || height == 4 { return }
  unsafe storeRow(l4, r4, c + 4 * cRow, width: width, accumulates: true)
  if height == 5 { return }
  unsafe storeRow(l5, r5, c + 5 * cRow, width: width, accumulates: true)
}
