// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Kernels

extension Engine {
  /// A factor of a product, as it is or transposed.
  package enum Factor {
    case plain(Matrix)
    case transposed(Matrix)

    var rows: Int {
      switch self {
      case .plain(let matrix): matrix.rows
      case .transposed(let matrix): matrix.columns
      }
    }

    var columns: Int {
      switch self {
      case .plain(let matrix): matrix.columns
      case .transposed(let matrix): matrix.rows
      }
    }

    /// How many floats lie between neighbours in a column, and in a row.
    var strides: (row: Int, column: Int) {
      switch self {
      case .plain(let matrix): (matrix.columns, 1)
      case .transposed(let matrix): (1, matrix.columns)
      }
    }

    @unsafe var pointer: UnsafeMutablePointer<Float> {
      switch self {
      case .plain(let matrix), .transposed(let matrix): unsafe matrix.pointer
      }
    }
  }

  /// C = A B, or C += A B.
  ///
  /// - Parameters:
  ///   - a: (M, K).
  ///   - b: (K, N).
  ///   - c: (M, N), in other memory.
  ///   - accumulates: Whether the product is added to C or replaces it.
  /// - Complexity: O(M N K).
  package func multiply(_ a: Factor, _ b: Factor, into c: Matrix, accumulates: Bool = false) {
    check(a, (b.rows, b.columns), c)
    let (columns, depth) = (c.columns, a.columns)
    let (aStrides, bStrides) = (a.strides, b.strides)
    nonisolated(unsafe) let (a, b, start) = unsafe (a.pointer, b.pointer, c.pointer)
    divideProduct(c, depth: depth) { rowRange, columnRange, workspace in
      unsafe kernels.multiply(
        rows: rowRange.count, columns: columnRange.count, depth: depth,
        a: a + rowRange.lowerBound * aStrides.row, aRow: aStrides.row, aDepth: aStrides.column,
        b: b + columnRange.lowerBound * bStrides.column,
        bDepth: bStrides.row, bColumn: bStrides.column,
        c: start + (rowRange.lowerBound * columns + columnRange.lowerBound), cRow: columns,
        accumulates: accumulates, workspace: workspace.pointer)
    }
  }

  /// A right factor of several products, in the order in which they read it.
  struct PackedFactor {
    /// K and N.
    let rows, columns: Int
    fileprivate let panels: FloatVector

    /// Zeros.
    init(rows: Int, columns: Int) {
      (self.rows, self.columns) = (rows, columns)
      panels = FloatVector(count: Self.floatCount(rows: rows, columns: columns))
    }

    /// How many floats it takes.
    static func floatCount(rows: Int, columns: Int) -> Int {
      Kernels.panelCount(depth: rows, columns: columns)
    }
  }

  /// Packs some columns of a right factor.
  ///
  /// - Parameters:
  ///   - b: (K, columns).
  ///   - packed: (K, N), for products by this engine.
  ///   - start: The first of the columns, a multiple of `widestTile`; all whose number is one are
  ///     whole but the last of all.
  func pack(_ b: Factor, into packed: PackedFactor, from start: Int) {
    precondition(
      b.rows == packed.rows && start.isMultiple(of: Kernels.widestTile) && start >= 0
        && start + b.columns <= packed.columns
        && (b.columns.isMultiple(of: Kernels.widestTile) || start + b.columns == packed.columns),
      "columns \(start) to \(start + b.columns) of (\(packed.rows), \(packed.columns))")
    let strides = b.strides
    unsafe kernels.pack(
      b.pointer, depth: b.rows, columns: b.columns, bDepth: strides.row, bColumn: strides.column,
      into: packed.panels.pointer + start * b.rows)
  }

  /// C = A B, with the bits of the product by the factor that was packed.
  ///
  /// - Parameters:
  ///   - a: (M, K).
  ///   - b: (K, N).
  ///   - c: (M, N), in other memory.
  /// - Complexity: O(M N K).
  func multiply(_ a: Factor, _ b: PackedFactor, into c: Matrix) {
    check(a, (b.rows, b.columns), c)
    let (columns, depth) = (c.columns, a.columns)
    let strides = a.strides
    nonisolated(unsafe) let (a, b, start) = unsafe (a.pointer, b.panels.pointer, c.pointer)
    divideProduct(c, depth: depth) { rowRange, columnRange, workspace in
      unsafe kernels.multiply(
        rows: rowRange.count, columns: columnRange.count, depth: depth,
        a: a + rowRange.lowerBound * strides.row, aRow: strides.row, aDepth: strides.column,
        packed: b + columnRange.lowerBound * depth,
        c: start + (rowRange.lowerBound * columns + columnRange.lowerBound), cRow: columns,
        accumulates: false, workspace: workspace.pointer)
    }
  }

  private func check(_ a: Factor, _ b: (rows: Int, columns: Int), _ c: Matrix) {
    precondition(
      a.rows == c.rows && b.rows == a.columns && b.columns == c.columns,
      "(\(a.rows), \(a.columns)) times (\(b.rows), \(b.columns)) is not "
        + "(\(c.rows), \(c.columns))")
  }

  /// Divides a product among threads: its longer side, in whole tiles.
  ///
  /// - Parameter body: Called with rows and columns of `result`, and a workspace.
  private func divideProduct(
    _ result: Matrix, depth: Int,
    _ body: (_ rows: Range<Int>, _ columns: Range<Int>, _ workspace: FloatVector) -> Void
  ) {
    let (rows, columns) = (result.rows, result.columns)
    // 100 operations a nanosecond.
    let isTall = rows >= columns
    let count = isTall ? rows : columns
    let cost = 0.02 * Double(depth) * Double(isTall ? columns : rows)
    divide(count, grain: isTall ? 6 : Kernels.widestTile, cost: cost) { part, range in
      body(isTall ? range : 0..<rows, isTall ? 0..<columns : range, workspace(part))
    }
  }

  /// The sum over i of a[i] b[i] of two vectors of the same length.
  func dotProduct(_ a: FloatVector, _ b: FloatVector) -> Float {
    precondition(a.count == b.count, "\(a.count) by \(b.count)")
    return unsafe kernels.dotProduct(a.pointer, b.pointer, count: a.count)
  }

  /// Adds the sum of each column of a matrix to an element of `sums`.
  func addColumnSums(_ matrix: Matrix, to sums: FloatVector) {
    precondition(sums.count == matrix.columns, "\(sums.count) sums of \(matrix.columns) columns")
    let (rows, stride) = (matrix.rows, matrix.columns)
    nonisolated(unsafe) let (matrix, sums) = unsafe (matrix.pointer, sums.pointer)
    divide(stride, grain: 16, cost: 0.1 * Double(rows)) { _, range in
      let start = range.lowerBound
      unsafe kernels.addColumnSums(
        matrix + start, rows: rows, columns: range.count, stride: stride, to: sums + start)
    }
  }
}
