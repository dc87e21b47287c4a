// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Packing copies a block of A into panels of six rows, and of B into panels of `tileColumns`, so
// that a tile reads both from front to back. The missing rows or columns of a last panel are zeros.

/// Packs (rows, depth) of A: panel p holds, for each k, rows 6p ..< 6p + 6.
@inline(__always)
func packRows(
  _ a: UnsafePointer<Float>, rows: Int, depth: Int, aRow: Int, aDepth: Int,
  into packed: UnsafeMutablePointer<Float>
) {
  var i = 0
  if aRow == 1 {
    // Eight panels abreast: three cache lines of each column of A are read at once.
    while i + 8 * tileRows <= rows {
      // Two floats too many each, in the place of the next; not in the last column.
      for k in 0..<depth - 1 {
        let column = unsafe a + (i + k * aDepth)
        let panel = unsafe packed + (i * depth + k * tileRows)
        for p in 0..<8 {
          unsafe store(load(column + p * tileRows), panel + p * tileRows * depth)
        }
      }
      let column = unsafe a + (i + (depth - 1) * aDepth)
      let panel = unsafe packed + (i * depth + (depth - 1) * tileRows)
      for p in 0..<8 {
        unsafe copySix(column + p * tileRows, to: panel + p * tileRows * depth)
      }
      i += 8 * tileRows
    }
  }
  while i < rows {
    let height = smaller(tileRows, rows - i)
    let panel = unsafe packed + i * depth
    let source = unsafe a + i * aRow
    if height == tileRows && aRow == 1 {
      for k in 0..<depth { unsafe copySix(source + k * aDepth, to: panel + k * tileRows) }
    } else if height == tileRows && aDepth == 1 {
      unsafe transposeSixRows(source, depth: depth, stride: aRow, into: panel)
    } else {
      unsafe packSingly(
        source, 0..<depth, step: aDepth, count: height, stride: aRow, width: tileRows, into: panel)
    }
    i += tileRows
  }
}

@inline(__always)
private func copySix(_ source: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>) {
  let four = unsafe UnsafeRawPointer(source).loadUnaligned(as: SIMD4<Float>.self)
  let two = unsafe UnsafeRawPointer(source + 4).loadUnaligned(as: SIMD2<Float>.self)
  unsafe UnsafeMutableRawPointer(result).storeBytes(of: four, as: SIMD4<Float>.self)
  unsafe UnsafeMutableRawPointer(result + 4).storeBytes(of: two, as: SIMD2<Float>.self)
}

/// Writes six rows of `depth` floats column by column, eight columns at a time.
@inline(__always)
private func transposeSixRows(
  _ source: UnsafePointer<Float>, depth: Int, stride: Int,
  into panel: UnsafeMutablePointer<Float>
) {
  let whole = depth / 8 * 8
  var k = 0
  while k < whole {
    let rows = unsafe source + k
    let block = unsafe transpose(
      load(rows), load(rows + stride), load(rows + 2 * stride), load(rows + 3 * stride),
      load(rows + 4 * stride), load(rows + 5 * stride), Lanes(repeating: 0), Lanes(repeating: 0))
    let columns = unsafe panel + k * tileRows
    // Two floats too many each, in the place of the next.
    unsafe store(block.0, columns)
    unsafe store(block.1, columns + tileRows)
    unsafe store(block.2, columns + 2 * tileRows)
    unsafe store(block.3, columns + 3 * tileRows)
    unsafe store(block.4, columns + 4 * tileRows)
    unsafe store(block.5, columns + 5 * tileRows)
    unsafe store(block.6, columns + 6 * tileRows)
    unsafe storeSix(block.7, columns + 7 * tileRows)
    k += 8
  }
  unsafe packSingly(
    source, whole..<depth, step: 1, count: tileRows, stride: stride, width: tileRows, into: panel)
}

@inline(__always)
private func storeSix(_ lanes: Lanes, _ result: UnsafeMutablePointer<Float>) {
  unsafe UnsafeMutableRawPointer(result).storeBytes(of: lanes.lowHalf, as: SIMD4<Float>.self)
  unsafe UnsafeMutableRawPointer(result + 4).storeBytes(
    of: lanes.highHalf.lowHalf, as: SIMD2<Float>.self)
}

/// Packs (depth, columns) of B: panel p holds, for each k, the p-th `tileColumns` columns.
@inline(__always)
func packColumns(
  _ b: UnsafePointer<Float>, depth: Int, columns: Int, bDepth: Int, bColumn: Int,
  into packed: UnsafeMutablePointer<Float>
) {
  var j = 0
  while j < columns {
    let width = smaller(tileColumns, columns - j)
    let panel = unsafe packed + j * depth
    let source = unsafe b + j * bColumn
    if width == tileColumns && bColumn == 1 {
      for k in 0..<depth {
        let (row, target) = unsafe (source + k * bDepth, panel + k * tileColumns)
        unsafe storeWide(loadWide(row), target)
        unsafe storeWide(loadWide(row + wideCount), target + wideCount)
      }
    } else if width == tileColumns && bDepth == 1 {
      unsafe transposePanel(source, depth: depth, stride: bColumn, into: panel)
    } else {
      unsafe packSingly(
        source, 0..<depth, step: bDepth, count: width, stride: bColumn, width: tileColumns,
        into: panel)
    }
    j += tileColumns
  }
}

/// Writes `tileColumns` rows of `depth` floats column by column, eight by eight.
@inline(__always)
private func transposePanel(
  _ source: UnsafePointer<Float>, depth: Int, stride: Int,
  into panel: UnsafeMutablePointer<Float>
) {
  let whole = depth / 8 * 8
  for group in 0..<tileColumns / 8 {
    let rows = unsafe source + group * 8 * stride
    let columns = unsafe panel + group * 8
    var k = 0
    while k < whole {
      unsafe transposeEight(rows + k, stride: stride, into: columns + k * tileColumns)
      k += 8
    }
  }
  unsafe packSingly(
    source, whole..<depth, step: 1, count: tileColumns, stride: stride, width: tileColumns,
    into: panel)
}

/// Packs one float after the other: for each k of `depth` the `count` floats that lie `stride`
/// apart from k `step` on, then zeros up to `width`.
@inline(__always)
private func packSingly(
  _ source: UnsafePointer<Float>, _ depth: Range<Int>, step: Int, count: Int, stride: Int,
  width: Int, into panel: UnsafeMutablePointer<Float>
) {
  for k in depth {
    for r in 0..<width {
      unsafe panel[k * width + r] = r < count ? unsafe source[k * step + r * stride] : 0
    }
  }
}

/// Transposes 8 x 8 floats; rows of the result are `tileColumns` floats apart.
@inline(__always)
private func transposeEight(
  _ source: UnsafePointer<Float>, stride: Int, into result: UnsafeMutablePointer<Float>
) {
  let block = unsafe transpose(
    load(source), load(source + stride), load(source + 2 * stride), load(source + 3 * stride),
    load(source + 4 * stride), load(source + 5 * stride), load(source + 6 * stride),
    load(source + 7 * stride))
  unsafe store(block.0, result)
  unsafe store(block.1, result + tileColumns)
  unsafe store(block.2, result + 2 * tileColumns)
  unsafe store(block.3, result + 3 * tileColumns)
  unsafe store(block.4, result + 4 * tileColumns)
  unsafe store(block.5, result + 5 * tileColumns)
  unsafe store(block.6, result + 6 * tileColumns)
  unsafe store(block.7, result + 7 * tileColumns)
}

/// The columns of eight rows, in three rounds of exchanges between vectors.
@inline(__always)
private func transpose(
  _ a0: Lanes, _ a1: Lanes, _ a2: Lanes, _ a3: Lanes, _ a4: Lanes, _ a5: Lanes, _ a6: Lanes,
  _ a7: Lanes
) -> (Lanes, Lanes, Lanes, Lanes, Lanes, Lanes, Lanes, Lanes) {
  // Rows i and i + 4 exchange halves, then i and i + 2 quarters, then neighbours single floats.
  let (b0, b4) = exchangeHalves(a0, a4)
  let (b1, b5) = exchangeHalves(a1, a5)
  let (b2, b6) = exchangeHalves(a2, a6)
  let (b3, b7) = exchangeHalves(a3, a7)
  let (c0, c2) = exchangePairs(b0, b2)
  let (c1, c3) = exchangePairs(b1, b3)
  let (c4, c6) = exchangePairs(b4, b6)
  let (c5, c7) = exchangePairs(b5, b7)
  let (d0, d1) = exchangeNeighbours(c0, c1)
  let (d2, d3) = exchangeNeighbours(c2, c3)
  let (d4, d5) = exchangeNeighbours(c4, c5)
  let (d6, d7) = exchangeNeighbours(c6, c7)
  return (d0, d1, d2, d3, d4, d5, d6, d7)
}

@inline(__always)
private func exchangeHalves(_ a: Lanes, _ b: Lanes) -> (Lanes, Lanes) {
  (Lanes(lowHalf: a.lowHalf, highHalf: b.lowHalf), Lanes(lowHalf: a.highHalf, highHalf: b.highHalf))
}

@inline(__always)
private func exchangePairs(_ a: Lanes, _ b: Lanes) -> (Lanes, Lanes) {
  (
    Lanes(a[0], a[1], b[0], b[1], a[4], a[5], b[4], b[5]),
    Lanes(a[2], a[3], b[2], b[3], a[6], a[7], b[6], b[7])
  )
}

@inline(__always)
private func exchangeNeighbours(_ a: Lanes, _ b: Lanes) -> (Lanes, Lanes) {
  (
    Lanes(a[0], b[0], a[2], b[2], a[4], b[4], a[6], b[6]),
    Lanes(a[1], b[1], a[3], b[3], a[5], b[5], a[7], b[7])
  )
}
