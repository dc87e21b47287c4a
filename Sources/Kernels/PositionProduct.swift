// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CPlatform

// The product that convolutions are made of: rows of A are windows of an image, which need not be
// copied. A window is `runs` stretches of `runLength` floats, `runStep` apart; for a 3 x 3
// convolution of a padded image (height, width, channels) that is three rows of three pixels.
// Windows lie on a grid, neighbours `aRow` and `aColumn` apart, as the results do in C.
//
// Every element of C is the sum over its window in ascending order in one accumulator, so that it
// depends neither on its place in a tile nor on how the grid is divided among threads.

/// Where the windows and the results of a grid of positions lie.
struct PositionGrid {
  /// Rows and columns of positions.
  let rows, columns: Int
  /// How many floats lie between windows of neighbouring rows, and of neighbouring columns.
  let aRow, aColumn: Int
  /// How many floats lie between results of neighbouring rows, and of neighbouring columns.
  let cRow, cColumn: Int
}

/// A position of a grid, which goes on row by row.
private struct GridCursor {
  var row, column: Int

  /// Where the window and the result of the position lie.
  @inline(__always)
  func place(_ grid: PositionGrid) -> (a: Int, c: Int) {
    (row * grid.aRow + column * grid.aColumn, row * grid.cRow + column * grid.cColumn)
  }

  @inline(__always)
  mutating func advance(_ grid: PositionGrid) {
    column += 1
    if column == grid.columns {
      column = 0
      row += 1
    }
  }

  /// The place of the next position if it is there, else of this one again.
  @inline(__always)
  mutating func next(_ grid: PositionGrid, isThere: Bool) -> (a: Int, c: Int) {
    if isThere { advance(grid) }
    return place(grid)
  }
}

/// How many floats are set aside for `depth` by `columns` weights in panels of `tileColumns`:
/// enough for all modules.
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
func multiplyPositions(
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
    var cursor = GridCursor(row: 0, column: 0)
    while position < count {
      let height = smaller(tileRows, count - position)
      // Rows of the tile that are missing repeat the last position, and are not stored.
      let p0 = cursor.place(grid)
      let p1 = cursor.next(grid, isThere: height > 1)
      let p2 = cursor.next(grid, isThere: height > 2)
      let p3 = cursor.next(grid, isThere: height > 3)
      let p4 = cursor.next(grid, isThere: height > 4)
      let p5 = cursor.next(grid, isThere: height > 5)
      cursor.advance(grid)
      let offsets = (p0.a, p1.a, p2.a, p3.a, p4.a, p5.a)
      let results = (p0.c + j, p1.c + j, p2.c + j, p3.c + j, p4.c + j, p5.c + j)
      if height > 4 {
        unsafe multiplyTile(
          rows: 6, a, offsets: offsets, runs: runs, runLength: runLength, runStep: runStep,
          b: panel, c: c, results: results, height: height, width: width, accumulates: accumulates)
      } else {
        unsafe multiplyTile(
          rows: 4, a, offsets: offsets, runs: runs, runLength: runLength, runStep: runStep,
          b: panel, c: c, results: results, height: height, width: width, accumulates: accumulates)
      }
      position += height
    }
    j += tileColumns
  }
}

/// As `multiplyGrid` for one row of positions and windows of one stretch: rows of a matrix.
///
/// - Parameters:
///   - panelDepth: How many rows lie between the beginnings of panels of B; `depth` or more.
///   - isFar: Whether panels are not in the second cache yet: each tile asks for a part of the next.
@inline(__always)
func multiplyRow(
  count: Int, a: UnsafePointer<Float>, aColumn: Int, depth: Int, b: UnsafePointer<Float>,
  panelDepth: Int, isFar: Bool = false, columns: Int, c: UnsafeMutablePointer<Float>, cColumn: Int,
  accumulates: Bool
) {
  let (offsets, results) = (tileOffsets(aColumn, height: 6), tileOffsets(cColumn, height: 6))
  let rest = count % tileRows
  let (lastOffsets, lastResults) = (
    tileOffsets(aColumn, height: rest), tileOffsets(cColumn, height: rest)
  )
  var j = 0
  while j < columns {
    let width = smaller(tileColumns, columns - j)
    let panel = unsafe b + j * panelDepth
    var i = 0
    while i + tileRows <= count {
      if isFar {
        let next = unsafe panel + panelDepth * tileColumns
        var at = i * depth / count * tileColumns
        let end = (i + tileRows) * depth / count * tileColumns
        while at < end {
          unsafe upsilon_prefetch_second(next + at)
          at += 16
        }
      }
      unsafe multiplyTile(
        rows: 6, a + i * aColumn, offsets: offsets, runs: 1, runLength: depth, runStep: 0, b: panel,
        c: c + (i * cColumn + j), results: results, height: tileRows, width: width,
        accumulates: accumulates)
      i += tileRows
    }
    if rest > 4 {
      unsafe multiplyTile(
        rows: 6, a + i * aColumn, offsets: lastOffsets, runs: 1, runLength: depth, runStep: 0,
        b: panel,
        c: c + (i * cColumn + j), results: lastResults, height: rest, width: width,
        accumulates: accumulates)
    } else if rest > 0 {
      unsafe multiplyTile(
        rows: 4, a + i * aColumn, offsets: lastOffsets, runs: 1, runLength: depth, runStep: 0,
        b: panel,
        c: c + (i * cColumn + j), results: lastResults, height: rest, width: width,
        accumulates: accumulates)
    }
    j += tileColumns
  }
}

/// One tile of `rows` positions, 6 or 4, by `tileColumns` channels.
@inline(__always)
private func multiplyTile(
  rows: Int, _ a: UnsafePointer<Float>, offsets: SixOffsets, runs: Int, runLength: Int,
  runStep: Int, b: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>, results: SixOffsets,
  height: Int, width: Int, accumulates: Bool
) {
  unsafe prefetchTile(rows: rows, c, offsets: results, width: width)
  var sums = TileSums()
  var panel = unsafe b
  for run in 0..<runs {
    let start = unsafe a + run * runStep
    for k in 0..<runLength {
      unsafe sums.addProducts(rows: rows, start + k, offsets: offsets, panel)
      unsafe panel += tileColumns
    }
  }
  unsafe sums.store(
    rows: rows, c, offsets: results, height: height, width: width, accumulates: accumulates)
}
