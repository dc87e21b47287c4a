// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The product that convolutions are made of: rows of A are windows of an image, which need not be
// copied. A window is `runs` stretches of `runLength` floats, `runStep` apart; for a 3 x 3
// convolution of a padded image (height, width, channels) that is three rows of three pixels.
// Windows lie on a grid, neighbours `aRow` and `aColumn` apart, as the results do in C.
//
// Every element of C is the sum over its window in ascending order in one accumulator, so that it
// depends neither on its place in a tile nor on how the grid is divided among threads.

/// Where the windows and the results of a grid of positions lie.
public struct PositionGrid {
  /// Rows and columns of positions.
  public let rows, columns: Int
  /// How many floats lie between windows of neighbouring rows, and of neighbouring columns.
  public let aRow, aColumn: Int
  /// How many floats lie between results of neighbouring rows, and of neighbouring columns.
  public let cRow, cColumn: Int

  /// A grid of positions, with the distances that the properties say.
  public init(rows: Int, columns: Int, aRow: Int, aColumn: Int, cRow: Int, cColumn: Int) {
    self.rows = rows
    self.columns = columns
    self.aRow = aRow
    self.aColumn = aColumn
    self.cRow = cRow
    self.cColumn = cColumn
  }
}

/// How many floats are set aside for `depth` by `columns` weights in panels of `tileColumns`: enough for
/// all modules.
public func panelCount(depth: Int, columns: Int) -> Int {
  (columns + widestTile - 1) / widestTile * widestTile * depth
}

/// C = A B or C += A B for all positions of a grid.
///
/// - Parameters:
///   - grid: The positions, row by row.
///   - a: The window of the first position.
///   - runs, runLength, runStep: What a window is.
///   - b: (runs * runLength, columns) in panels of `tileColumns`, as `packForward` and
///     `packBackward` leave them.
///   - columns: Channels of a result.
///   - c: The result of the first position; overlaps neither `a` nor `b`.
///   - accumulates: Whether the product is added to C or replaces it.
/// - Complexity: O(positions * runs * runLength * columns).
@inline(never)
public func multiplyPositions(
  _ grid: PositionGrid, a: UnsafePointer<Float>, runs: Int, runLength: Int, runStep: Int,
  b: UnsafePointer<Float>, columns: Int, c: UnsafeMutablePointer<Float>, accumulates: Bool
) {
  unsafe multiplyGrid(
    grid, a: a, runs: runs, runLength: runLength, runStep: runStep, b: b, columns: columns, c: c,
    accumulates: accumulates)
}

/// As `multiplyPositions`, for use inside a kernel.
@inline(__always)
func multiplyGrid(
  _ grid: PositionGrid, a: UnsafePointer<Float>, runs: Int, runLength: Int, runStep: Int,
  b: UnsafePointer<Float>, columns: Int, c: UnsafeMutablePointer<Float>, accumulates: Bool
) {
  let count = grid.rows * grid.columns
  var j = 0
  while j < columns {
    let width = smaller(tileColumns, columns - j)
    let panel = unsafe b + j * runs * runLength
    var position = 0
    var (row, column) = (0, 0)
    while position < count {
      let height = smaller(tileRows, count - position)
      var offsets = InlineArray<6, Int>(repeating: 0)
      var results = InlineArray<6, Int>(repeating: 0)
      for r in 0..<6 {
        unsafe offsets[unchecked: r] = row * grid.aRow + column * grid.aColumn
        unsafe results[unchecked: r] = row * grid.cRow + column * grid.cColumn + j
        // Rows of the tile that are missing repeat the last position, and are not stored.
        if r + 1 < height {
          column += 1
          if column == grid.columns {
            column = 0
            row += 1
          }
        }
      }
      column += 1
      if column == grid.columns {
        column = 0
        row += 1
      }
      if height > 4 {
        unsafe tileOfSix(
          a, offsets: offsets, runs: runs, runLength: runLength, runStep: runStep, b: panel,
          c: c, results: results, height: height, width: width, accumulates: accumulates)
      } else {
        unsafe tileOfFour(
          a, offsets: offsets, runs: runs, runLength: runLength, runStep: runStep, b: panel,
          c: c, results: results, height: height, width: width, accumulates: accumulates)
      }
      position += height
    }
    j += tileColumns
  }
}

/// As `multiplyGrid` for one row of positions and windows of one stretch: rows of a matrix.
@inline(__always)
func multiplyRow(
  count: Int, a: UnsafePointer<Float>, aColumn: Int, depth: Int, b: UnsafePointer<Float>,
  columns: Int, c: UnsafeMutablePointer<Float>, cColumn: Int, accumulates: Bool
) {
  let (offsets, results) = (tileOffsets(aColumn, height: 6), tileOffsets(cColumn, height: 6))
  let rest = count % tileRows
  let (lastOffsets, lastResults) = (
    tileOffsets(aColumn, height: rest), tileOffsets(cColumn, height: rest)
  )
  var j = 0
  while j < columns {
    let width = smaller(tileColumns, columns - j)
    let panel = unsafe b + j * depth
    var i = 0
    while i + tileRows <= count {
      unsafe tileOfSix(
        a + i * aColumn, offsets: offsets, runs: 1, runLength: depth, runStep: 0, b: panel,
        c: c + (i * cColumn + j), results: results, height: tileRows, width: width,
        accumulates: accumulates)
      i += tileRows
    }
    if rest > 4 {
      unsafe tileOfSix(
        a + i * aColumn, offsets: lastOffsets, runs: 1, runLength: depth, runStep: 0, b: panel,
        c: c + (i * cColumn + j), results: lastResults, height: rest, width: width,
        accumulates: accumulates)
    } else if rest > 0 {
      unsafe tileOfFour(
        a + i * aColumn, offsets: lastOffsets, runs: 1, runLength: depth, runStep: 0, b: panel,
        c: c + (i * cColumn + j), results: lastResults, height: rest, width: width,
        accumulates: accumulates)
    }
    j += tileColumns
  }
}

/// Where the rows of a tile are, `stride` floats apart; those that are missing repeat the last.
@inline(__always)
private func tileOffsets(_ stride: Int, height: Int) -> InlineArray<6, Int> {
  var offsets = InlineArray<6, Int>(repeating: 0)
  for r in 0..<6 where r < height { unsafe offsets[unchecked: r] = r * stride }
  for r in 0..<6 where r >= height && r > 0 {
    unsafe offsets[unchecked: r] = offsets[unchecked: r - 1]
  }
  return offsets
}

/// One tile of six positions by `tileColumns` channels; accumulators are variables, for those in an array would
/// be written to memory in every step.
@inline(__always)
private func tileOfSix(
  _ a: UnsafePointer<Float>, offsets: InlineArray<6, Int>, runs: Int, runLength: Int, runStep: Int,
  b: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>, results: InlineArray<6, Int>,
  height: Int, width: Int, accumulates: Bool
) {
  var (l0, r0) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l1, r1) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l2, r2) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l3, r3) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l4, r4) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l5, r5) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  for r in 0..<6 { unsafe prefetchRow(c + results[unchecked: r], width: width) }
  var panel = unsafe b
  for run in 0..<runs {
    let start = unsafe a + run * runStep
    let p0 = unsafe start + offsets[unchecked: 0]
    let p1 = unsafe start + offsets[unchecked: 1]
    let p2 = unsafe start + offsets[unchecked: 2]
    let p3 = unsafe start + offsets[unchecked: 3]
    let p4 = unsafe start + offsets[unchecked: 4]
    let p5 = unsafe start + offsets[unchecked: 5]
    for k in 0..<runLength {
      let (b0, b1) = unsafe (loadWide(panel), loadWide(panel + wideCount))
      unsafe panel += tileColumns
      let a0 = unsafe WideLanes(repeating: p0[k])
      (l0, r0) = (multiplyAdd(a0, b0, l0), multiplyAdd(a0, b1, r0))
      let a1 = unsafe WideLanes(repeating: p1[k])
      (l1, r1) = (multiplyAdd(a1, b0, l1), multiplyAdd(a1, b1, r1))
      let a2 = unsafe WideLanes(repeating: p2[k])
      (l2, r2) = (multiplyAdd(a2, b0, l2), multiplyAdd(a2, b1, r2))
      let a3 = unsafe WideLanes(repeating: p3[k])
      (l3, r3) = (multiplyAdd(a3, b0, l3), multiplyAdd(a3, b1, r3))
      let a4 = unsafe WideLanes(repeating: p4[k])
      (l4, r4) = (multiplyAdd(a4, b0, l4), multiplyAdd(a4, b1, r4))
      let a5 = unsafe WideLanes(repeating: p5[k])
      (l5, r5) = (multiplyAdd(a5, b0, l5), multiplyAdd(a5, b1, r5))
    }
  }
  unsafe storeRow(l0, r0, c + results[unchecked: 0], width: width, accumulates: accumulates)
  unsafe storeRow(l1, r1, c + results[unchecked: 1], width: width, accumulates: accumulates)
  unsafe storeRow(l2, r2, c + results[unchecked: 2], width: width, accumulates: accumulates)
  unsafe storeRow(l3, r3, c + results[unchecked: 3], width: width, accumulates: accumulates)
  unsafe storeRow(l4, r4, c + results[unchecked: 4], width: width, accumulates: accumulates)
  if height == 5 { return }
  unsafe storeRow(l5, r5, c + results[unchecked: 5], width: width, accumulates: accumulates)
}

/// One tile of four positions by `tileColumns` channels; accumulators are variables, for those in an array would
/// be written to memory in every step.
@inline(__always)
private func tileOfFour(
  _ a: UnsafePointer<Float>, offsets: InlineArray<6, Int>, runs: Int, runLength: Int, runStep: Int,
  b: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>, results: InlineArray<6, Int>,
  height: Int, width: Int, accumulates: Bool
) {
  var (l0, r0) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l1, r1) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l2, r2) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  var (l3, r3) = (WideLanes(repeating: 0), WideLanes(repeating: 0))
  for r in 0..<4 { unsafe prefetchRow(c + results[unchecked: r], width: width) }
  var panel = unsafe b
  for run in 0..<runs {
    let start = unsafe a + run * runStep
    let p0 = unsafe start + offsets[unchecked: 0]
    let p1 = unsafe start + offsets[unchecked: 1]
    let p2 = unsafe start + offsets[unchecked: 2]
    let p3 = unsafe start + offsets[unchecked: 3]
    for k in 0..<runLength {
      let (b0, b1) = unsafe (loadWide(panel), loadWide(panel + wideCount))
      unsafe panel += tileColumns
      let a0 = unsafe WideLanes(repeating: p0[k])
      (l0, r0) = (multiplyAdd(a0, b0, l0), multiplyAdd(a0, b1, r0))
      let a1 = unsafe WideLanes(repeating: p1[k])
      (l1, r1) = (multiplyAdd(a1, b0, l1), multiplyAdd(a1, b1, r1))
      let a2 = unsafe WideLanes(repeating: p2[k])
      (l2, r2) = (multiplyAdd(a2, b0, l2), multiplyAdd(a2, b1, r2))
      let a3 = unsafe WideLanes(repeating: p3[k])
      (l3, r3) = (multiplyAdd(a3, b0, l3), multiplyAdd(a3, b1, r3))
    }
  }
  unsafe storeRow(l0, r0, c + results[unchecked: 0], width: width, accumulates: accumulates)
  if height == 1 { return }
  unsafe storeRow(l1, r1, c + results[unchecked: 1], width: width, accumulates: accumulates)
  if height == 2 { return }
  unsafe storeRow(l2, r2, c + results[unchecked: 2], width: width, accumulates: accumulates)
  if height == 3 { return }
  unsafe storeRow(l3, r3, c + results[unchecked: 3], width: width, accumulates: accumulates)
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
