// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// C = A B or C += A B: A (M, K), B (K, N), C (M, N). Any of A and B may be a transpose: element
// (i, k) of A is a[i * aRow + k * aDepth], element (k, j) of B is b[k * bDepth + j * bColumn]. C is
// row-major with rows cRow floats apart.
//
// Every element of C is the sum over k in ascending order in one accumulator a block of
// `depthBlock`, blocks added in ascending order. It depends neither on the element's place in a
// tile nor on the width of the tile, so that any partition of C among threads gives the same bits,
// and so do vectors of eight and of sixteen floats.

/// Rows of A that are taken at a time; a block of 144 x 256 floats fits the second cache.
let rowBlock = 144

/// Values of k that are packed at a time; a packed panel of B fits the first cache with 256 x 16
/// floats, and with 256 x 32 takes most of it.
let depthBlock = 256

/// Columns of B that are packed at a time.
let columnBlock = 1024

// Rows of A of at most this many floats are read where they are: six of them are few pages, and in
// the first cache they leave room for a panel of B. Others are packed. Wide vectors go through A
// half as often, and gain from longer rows too.
#if AVX512
  let widestRow = 1024
#else
  let widestRow = 512
#endif

/// How many floats `multiply` needs to work in.
public let multiplyWorkspace = (rowBlock + columnBlock) * depthBlock

extension CompiledKernels {
  /// Computes C = A B, or C += A B, single-threaded.
  ///
  /// - Parameters:
  ///   - rows: M.
  ///   - columns: N.
  ///   - depth: K; 0 gives a product of zeros.
  ///   - a: (M, K) through the strides aRow and aDepth.
  ///   - b: (K, N) through the strides bDepth and bColumn.
  ///   - c: (M, N), rows cRow floats apart; overlaps neither `a` nor `b`.
  ///   - accumulates: Whether the product is added to C or replaces it.
  ///   - workspace: `multiplyWorkspace` floats, 64-byte aligned, with any content.
  /// - Complexity: O(M N K).
  ///
  /// Reference: K. Goto and R. van de Geijn, *Anatomy of high-performance matrix multiplication*,
  /// ACM Transactions on Mathematical Software 34 (2008).
  @inline(never)
  package func multiply(
    rows: Int, columns: Int, depth: Int,
    a: UnsafePointer<Float>, aRow: Int, aDepth: Int,
    b: UnsafePointer<Float>, bDepth: Int, bColumn: Int,
    c: UnsafeMutablePointer<Float>, cRow: Int, accumulates: Bool,
    workspace: UnsafeMutablePointer<Float>
  ) {
    let packedB = unsafe workspace + rowBlock * depthBlock
    unsafe multiplyBlocks(
      rows: rows, columns: columns, depth: depth, a: a, aRow: aRow, aDepth: aDepth, c: c,
      cRow: cRow, accumulates: accumulates, workspace: workspace, isFar: false
    ) { column, columnCount, start, depthCount in
      unsafe packColumns(
        b + (start * bDepth + column * bColumn), depth: depthCount, columns: columnCount,
        bDepth: bDepth, bColumn: bColumn, into: packedB)
      return unsafe (UnsafePointer(packedB), depthCount)
    }
  }

  /// Packs B for several products by `multiply(packed:)`.
  ///
  /// - Parameters:
  ///   - b: (K, N) through the strides bDepth and bColumn.
  ///   - packed: `panelCount` floats; assigned.
  @inline(never)
  package func pack(
    _ b: UnsafePointer<Float>, depth: Int, columns: Int, bDepth: Int, bColumn: Int,
    into packed: UnsafeMutablePointer<Float>
  ) {
    unsafe packColumns(
      b, depth: depth, columns: columns, bDepth: bDepth, bColumn: bColumn, into: packed)
  }

  /// As `multiply` with the same bits, where `pack` has packed B.
  ///
  /// - Parameters:
  ///   - packed: What `pack` left of (K, N), from a column on that is a multiple of `widestTile`.
  @inline(never)
  package func multiply(
    rows: Int, columns: Int, depth: Int,
    a: UnsafePointer<Float>, aRow: Int, aDepth: Int, packed: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>, cRow: Int, accumulates: Bool,
    workspace: UnsafeMutablePointer<Float>
  ) {
    unsafe multiplyBlocks(
      rows: rows, columns: columns, depth: depth, a: a, aRow: aRow, aDepth: aDepth, c: c,
      cRow: cRow, accumulates: accumulates, workspace: workspace, isFar: true
    ) { column, _, start, _ in
      unsafe (packed + (column * depth + start * tileColumns), depth)
    }
  }
}

/// The blocks of a product one after another.
///
/// - Parameters:
///   - isFar: As of `multiplyRow`.
///   - panels: Called with the first column of a block of B and their number, the first k and theirs;
///     gives the address of that block in the first of its panels, and how many rows lie between the
///     beginnings of panels.
@inline(__always)
private func multiplyBlocks(
  rows: Int, columns: Int, depth: Int,
  a: UnsafePointer<Float>, aRow: Int, aDepth: Int,
  c: UnsafeMutablePointer<Float>, cRow: Int, accumulates: Bool,
  workspace: UnsafeMutablePointer<Float>, isFar: Bool,
  panels: (
    _ column: Int, _ columnCount: Int, _ start: Int, _ depthCount: Int
  ) -> (b: UnsafePointer<Float>, depth: Int)
) {
  if depth == 0 {
    if accumulates { return }
    for i in 0..<rows {
      for j in 0..<columns { unsafe c[i * cRow + j] = 0 }
    }
    return
  }
  let readsRows = aDepth == 1 && aRow <= widestRow
  var column = 0
  while column < columns {
    let columnCount = smaller(columnBlock, columns - column)
    var start = 0
    while start < depth {
      let depthCount = smaller(depthBlock, depth - start)
      let (b, panelDepth) = unsafe panels(column, columnCount, start, depthCount)
      var row = 0
      while row < rows {
        let rowCount = smaller(rowBlock, rows - row)
        let block = unsafe a + (row * aRow + start * aDepth)
        let result = unsafe c + (row * cRow + column)
        if readsRows {
          unsafe multiplyRow(
            count: rowCount, a: block, aColumn: aRow, depth: depthCount, b: b,
            panelDepth: panelDepth, isFar: isFar, columns: columnCount, c: result, cColumn: cRow,
            accumulates: accumulates || start > 0)
        } else {
          unsafe packRows(
            block, rows: rowCount, depth: depthCount, aRow: aRow, aDepth: aDepth, into: workspace)
          unsafe multiplyPacked(
            rows: rowCount, columns: columnCount, depth: depthCount, a: workspace, b: b,
            panelDepth: panelDepth, c: result, cRow: cRow, accumulates: accumulates || start > 0)
        }
        row += rowBlock
      }
      start += depthBlock
    }
    column += columnBlock
  }
}

/// Multiplies one packed block: all tiles, those at the edges through a full tile on the side.
@inline(__always)
private func multiplyPacked(
  rows: Int, columns: Int, depth: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
  panelDepth: Int, c: UnsafeMutablePointer<Float>, cRow: Int, accumulates: Bool
) {
  var j = 0
  while j < columns {
    let width = smaller(tileColumns, columns - j)
    var i = 0
    while i < rows {
      let height = smaller(tileRows, rows - i)
      let tile = unsafe c + (i * cRow + j)
      unsafe multiplyTile(
        depth: depth, a: a + i * depth, b: b + j * panelDepth, c: tile, cRow: cRow,
        height: height, width: width, accumulates: accumulates)
      i += tileRows
    }
    j += tileColumns
  }
}

/// One tile of packed panels: twelve sums.
@inline(__always)
private func multiplyTile(
  depth: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
  c: UnsafeMutablePointer<Float>, cRow: Int, height: Int, width: Int, accumulates: Bool
) {
  let results = tileOffsets(cRow, height: height)
  unsafe prefetchTile(rows: 6, c, offsets: results, width: width)
  var sums = TileSums()
  for k in 0..<depth {
    unsafe sums.addProducts(
      rows: 6, a + k * tileRows, offsets: tileOffsets(1, height: 6), b + k * tileColumns)
  }
  unsafe sums.store(
    rows: 6, c, offsets: results, height: height, width: width, accumulates: accumulates)
}

/// The smaller of two; `min` is generic.
@inline(__always)
func smaller(_ a: Int, _ b: Int) -> Int { a < b ? a : b }

/// The larger of two; `max` is generic.
@inline(__always)
func larger(_ a: Int, _ b: Int) -> Int { a > b ? a : b }

/// C = A B or C += A B by the definition, in double precision: what `multiply` is tested against.
@inline(never)
public func multiplyNaive(
  rows: Int, columns: Int, depth: Int,
  a: UnsafePointer<Float>, aRow: Int, aDepth: Int,
  b: UnsafePointer<Float>, bDepth: Int, bColumn: Int,
  c: UnsafeMutablePointer<Float>, cRow: Int, accumulates: Bool
) {
  for i in 0..<rows {
    for j in 0..<columns {
      var sum = accumulates ? unsafe Double(c[i * cRow + j]) : 0
      for k in 0..<depth {
        unsafe sum += Double(a[i * aRow + k * aDepth]) * Double(b[k * bDepth + j * bColumn])
      }
      unsafe c[i * cRow + j] = Float(sum)
    }
  }
}
