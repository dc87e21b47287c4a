// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CPlatform

/// Rows of a register tile.
let tileRows = 6

/// Columns of a register tile, two vectors.
let tileColumns = 2 * wideCount

/// The most columns that a register tile has in any of the modules.
public let widestTile = 32

/// Where the six rows of a tile lie.
typealias SixOffsets = (Int, Int, Int, Int, Int, Int)

/// The sums of a register tile: six rows, or four, of `tileColumns` columns.
///
/// They are variables, for those in an array would be written to memory in every step. Each method
/// takes the number of rows that the tile has, 6 or 4: the others are neither summed nor stored.
struct TileSums {
  private var l0, l1, l2, l3, l4, l5: WideLanes
  private var r0, r1, r2, r3, r4, r5: WideLanes

  /// Zeros.
  @inline(__always)
  init() {
    let zero = WideLanes(repeating: 0)
    (l0, l1, l2, l3, l4, l5) = (zero, zero, zero, zero, zero, zero)
    (r0, r1, r2, r3, r4, r5) = (zero, zero, zero, zero, zero, zero)
  }

  /// Adds a column of A times a row of B: two loads of B, and a broadcast of A for each row.
  ///
  /// - Parameters:
  ///   - a: The column; what belongs to row i is `offsets`.i floats on.
  ///   - b: `tileColumns` floats.
  @inline(__always)
  mutating func addProducts(
    rows: Int, _ a: UnsafePointer<Float>, offsets: SixOffsets, _ b: UnsafePointer<Float>
  ) {
    let (b0, b1) = unsafe (loadWide(b), loadWide(b + wideCount))
    unsafe addRow(a[offsets.0], b0, b1, &l0, &r0)
    unsafe addRow(a[offsets.1], b0, b1, &l1, &r1)
    unsafe addRow(a[offsets.2], b0, b1, &l2, &r2)
    unsafe addRow(a[offsets.3], b0, b1, &l3, &r3)
    if rows == 4 { return }
    unsafe addRow(a[offsets.4], b0, b1, &l4, &r4)
    unsafe addRow(a[offsets.5], b0, b1, &l5, &r5)
  }

  /// Writes or adds the first `height` rows and `width` columns to C, whose rows are at `offsets`.
  @inline(__always)
  func store(
    rows: Int, _ c: UnsafeMutablePointer<Float>, offsets: SixOffsets, height: Int, width: Int,
    accumulates: Bool
  ) {
    unsafe storeRow(l0, r0, c + offsets.0, width: width, accumulates: accumulates)
    if height == 1 { return }
    unsafe storeRow(l1, r1, c + offsets.1, width: width, accumulates: accumulates)
    if height == 2 { return }
    unsafe storeRow(l2, r2, c + offsets.2, width: width, accumulates: accumulates)
    if height == 3 { return }
    unsafe storeRow(l3, r3, c + offsets.3, width: width, accumulates: accumulates)
    if rows == 4 || height == 4 { return }
    unsafe storeRow(l4, r4, c + offsets.4, width: width, accumulates: accumulates)
    if height == 5 { return }
    unsafe storeRow(l5, r5, c + offsets.5, width: width, accumulates: accumulates)
  }
}

/// Where the rows of a tile are, `stride` floats apart; those that are missing repeat the last.
@inline(__always)
func tileOffsets(_ stride: Int, height: Int) -> SixOffsets {
  let last = height - 1
  return (
    0, smaller(1, last) * stride, smaller(2, last) * stride, smaller(3, last) * stride,
    smaller(4, last) * stride, smaller(5, last) * stride
  )
}

/// Asks for the rows of a tile of C, which are written or added to after the sums are done.
@inline(__always)
func prefetchTile(rows: Int, _ c: UnsafePointer<Float>, offsets: SixOffsets, width: Int) {
  unsafe prefetchRow(c + offsets.0, width: width)
  unsafe prefetchRow(c + offsets.1, width: width)
  unsafe prefetchRow(c + offsets.2, width: width)
  unsafe prefetchRow(c + offsets.3, width: width)
  if rows == 4 { return }
  unsafe prefetchRow(c + offsets.4, width: width)
  unsafe prefetchRow(c + offsets.5, width: width)
}

@inline(__always)
private func prefetchRow(_ row: UnsafePointer<Float>, width: Int) {
  unsafe upsilon_prefetch(row)
  unsafe upsilon_prefetch(row + (width - 1))
}

/// Writes or adds the first `width` floats of a row of a tile.
@inline(__always)
func storeRow(
  _ left: WideLanes, _ right: WideLanes, _ row: UnsafeMutablePointer<Float>, width: Int,
  accumulates: Bool
) {
  if width == tileColumns {
    if accumulates {
      unsafe storeWide(loadWide(row) + left, row)
      unsafe storeWide(loadWide(row + wideCount) + right, row + wideCount)
    } else {
      unsafe storeWide(left, row)
      unsafe storeWide(right, row + wideCount)
    }
  } else {
    for j in 0..<width {
      let value = j < wideCount ? left[j] : right[j - wideCount]
      unsafe row[j] = accumulates ? unsafe row[j] + value : value
    }
  }
}

/// Adds a float of A times a row of B to the sums of one row of a tile.
@inline(__always)
func addRow(
  _ a: Float, _ b0: WideLanes, _ b1: WideLanes, _ left: inout WideLanes, _ right: inout WideLanes
) {
  let lanes = WideLanes(repeating: a)
  left = multiplyAdd(lanes, b0, left)
  right = multiplyAdd(lanes, b1, right)
}
