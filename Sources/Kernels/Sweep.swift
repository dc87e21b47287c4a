// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Rows abreast in a sweep.
let sweepRows = 8

/// Goes through a matrix from one end to the other in blocks of `sweepRows` rows and eight columns,
/// or fewer at the edges: `block(i, height, j, width)` for rows i ..< i + height and columns
/// j ..< j + width.
///
/// - Parameter backwards: Whether the last rows come first: they are in the second cache if the
///   sweep before left them there, and what follows begins with the first.
@inline(__always)
func sweep(
  rows: Int, columns: Int, backwards: Bool = false,
  _ block: (_ i: Int, _ height: Int, _ j: Int, _ width: Int) -> Void
) {
  let last = (rows - 1) / sweepRows * sweepRows
  var start = 0
  while start < rows {
    let i = backwards ? last - start : start
    let height = smaller(sweepRows, rows - i)
    var j = 0
    while j < columns {
      let width = smaller(8, columns - j)
      // With both known the compiler unrolls the block.
      if height == sweepRows && width == 8 {
        block(i, sweepRows, j, 8)
      } else {
        block(i, height, j, width)
      }
      j += 8
    }
    start += sweepRows
  }
}
