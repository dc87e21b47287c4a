// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The planes of G g G^T of all filters, each plane in panels of `tileColumns`.
///
/// - Parameters:
///   - weights: Filters of 3 x 3 taps; tap (y, x) from channel k to column j is at y * tapRow + x *
///     tapColumn + k * depthStep + j * columnStep. Negative steps turn filters around.
///   - depth: Channels.
///   - columns: A multiple of eight.
///   - planes: Receives 36 planes of `panelCount` floats.
@inline(never)
public func winogradWeights(
  _ weights: UnsafePointer<Float>, tapRow: Int, tapColumn: Int, depth: Int, depthStep: Int,
  columns: Int, columnStep: Int, into planes: UnsafeMutablePointer<Float>
) {
  let plane = panelCount(depth: depth, columns: columns)
  // What completes the last panel is read, but not used.
  if columns % tileColumns != 0 { unsafe planes.update(repeating: 0, count: 36 * plane) }
  var middle = InlineArray<18, Lanes>(repeating: Lanes(repeating: 0))
  for k in 0..<depth {
    var j = 0
    while j < columns {
      let source = unsafe weights + (k * depthStep + j * columnStep)
      let panel = j / tileColumns * tileColumns * depth + k * tileColumns + j % tileColumns
      let target = unsafe planes + panel
      for x in 0..<3 {
        let column = unsafe source + x * tapColumn
        let u = unsafe transformWeights(
          (
            gather(column, columnStep), gather(column + tapRow, columnStep),
            gather(column + 2 * tapRow, columnStep)
          ))
        unsafe middle[unchecked: x] = u.0
        unsafe middle[unchecked: 3 + x] = u.1
        unsafe middle[unchecked: 6 + x] = u.2
        unsafe middle[unchecked: 9 + x] = u.3
        unsafe middle[unchecked: 12 + x] = u.4
        unsafe middle[unchecked: 15 + x] = u.5
      }
      for y in 0..<6 {
        let u = unsafe transformWeights(
          (middle[unchecked: 3 * y], middle[unchecked: 3 * y + 1], middle[unchecked: 3 * y + 2]))
        let row = unsafe target + 6 * y * plane
        unsafe store(u.0, row)
        unsafe store(u.1, row + plane)
        unsafe store(u.2, row + 2 * plane)
        unsafe store(u.3, row + 3 * plane)
        unsafe store(u.4, row + 4 * plane)
        unsafe store(u.5, row + 5 * plane)
      }
      j += 8
    }
  }
}

/// Eight floats `step` apart.
@inline(__always)
private func gather(_ pointer: UnsafePointer<Float>, _ step: Int) -> Lanes {
  if step == 1 { return unsafe load(pointer) }
  return unsafe Lanes(
    pointer[0], pointer[step], pointer[2 * step], pointer[3 * step], pointer[4 * step],
    pointer[5 * step], pointer[6 * step], pointer[7 * step])
}

/// Adds G^T u G of all filters to the gradients of weights.
///
/// - Parameters:
///   - planes: 36 planes of (depth, columns).
///   - depth: Channels of the input.
///   - columns: Channels of the output, a multiple of eight.
///   - gradient: (3, 3, depth, columns); accumulated into.
@inline(never)
public func addWinogradWeightGradient(
  _ planes: UnsafePointer<Float>, depth: Int, columns: Int,
  to gradient: UnsafeMutablePointer<Float>
) {
  let plane = depth * columns
  var middle = InlineArray<18, Lanes>(repeating: Lanes(repeating: 0))
  var at = 0
  while at < plane {
    let source = unsafe planes + at
    for x in 0..<6 {
      let column = unsafe source + x * plane
      let g = unsafe transformWeightGradient(
        (
          load(column), load(column + 6 * plane), load(column + 12 * plane),
          load(column + 18 * plane), load(column + 24 * plane), load(column + 30 * plane)
        ))
      unsafe middle[unchecked: x] = g.0
      unsafe middle[unchecked: 6 + x] = g.1
      unsafe middle[unchecked: 12 + x] = g.2
    }
    for y in 0..<3 {
      let start = 6 * y
      let g = unsafe transformWeightGradient(
        (
          middle[unchecked: start], middle[unchecked: start + 1], middle[unchecked: start + 2],
          middle[unchecked: start + 3], middle[unchecked: start + 4], middle[unchecked: start + 5]
        ))
      let row = unsafe gradient + (3 * y * plane + at)
      unsafe store(load(row) + g.0, row)
      unsafe store(load(row + plane) + g.1, row + plane)
      unsafe store(load(row + 2 * plane) + g.2, row + 2 * plane)
    }
    at += 8
  }
}
