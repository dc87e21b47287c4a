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
func winogradWeights(
  _ weights: UnsafePointer<Float>, tapRow: Int, tapColumn: Int, depth: Int, depthStep: Int,
  columns: Int, columnStep: Int, into planes: UnsafeMutablePointer<Float>
) {
  let plane = panelCount(depth: depth, columns: columns)
  // What completes the last panel is read, but not used.
  if columns % tileColumns != 0 { unsafe planes.update(repeating: 0, count: 36 * plane) }
  for k in 0..<depth {
    eachVector(columns) { j, width in
      let source = unsafe weights + (k * depthStep + j * columnStep)
      let panel = j / tileColumns * tileColumns * depth + k * tileColumns + j % tileColumns
      let target = unsafe planes + panel
      let c0 = unsafe transformWeights(gatherThree(source, tapRow, columnStep, width))
      let c1 = unsafe transformWeights(gatherThree(source + tapColumn, tapRow, columnStep, width))
      let c2 = unsafe transformWeights(
        gatherThree(source + 2 * tapColumn, tapRow, columnStep, width))
      let row = 6 * plane
      unsafe storeSix(transformWeights((c0.0, c1.0, c2.0)), target, plane, width)
      unsafe storeSix(transformWeights((c0.1, c1.1, c2.1)), target + row, plane, width)
      unsafe storeSix(transformWeights((c0.2, c1.2, c2.2)), target + 2 * row, plane, width)
      unsafe storeSix(transformWeights((c0.3, c1.3, c2.3)), target + 3 * row, plane, width)
      unsafe storeSix(transformWeights((c0.4, c1.4, c2.4)), target + 4 * row, plane, width)
      unsafe storeSix(transformWeights((c0.5, c1.5, c2.5)), target + 5 * row, plane, width)
    }
  }
}

/// Three taps `tapStep` apart, each of `width` floats `step` apart.
@inline(__always)
private func gatherThree(
  _ pointer: UnsafePointer<Float>, _ tapStep: Int, _ step: Int, _ width: Int
) -> (WideLanes, WideLanes, WideLanes) {
  unsafe (
    gather(pointer, step, width), gather(pointer + tapStep, step, width),
    gather(pointer + 2 * tapStep, step, width)
  )
}

/// `width` floats `step` apart; the others of a wide vector are 0.
@inline(__always)
private func gather(_ pointer: UnsafePointer<Float>, _ step: Int, _ width: Int) -> WideLanes {
  if step == 1 { return unsafe loadWide(pointer, width) }
  #if AVX512
    let rest = unsafe width == 8 ? Lanes(repeating: 0) : gatherEight(pointer + 8 * step, step)
    return unsafe WideLanes(lowHalf: gatherEight(pointer, step), highHalf: rest)
  #else
    return unsafe gatherEight(pointer, step)
  #endif
}

/// Eight floats `step` apart.
@inline(__always)
private func gatherEight(_ pointer: UnsafePointer<Float>, _ step: Int) -> Lanes {
  unsafe Lanes(
    pointer[0], pointer[step], pointer[2 * step], pointer[3 * step], pointer[4 * step],
    pointer[5 * step], pointer[6 * step], pointer[7 * step])
}

extension CompiledKernels {
  /// Adds G^T u G of all filters to the gradients of weights.
  ///
  /// - Parameters:
  ///   - planes: 36 planes of (depth, columns).
  ///   - depth: Channels of the input.
  ///   - columns: Channels of the output, a multiple of eight.
  ///   - gradient: (3, 3, depth, columns); accumulated into.
  @inline(never)
  package func addWinogradWeightGradient(
    _ planes: UnsafePointer<Float>, depth: Int, columns: Int,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    let plane = depth * columns
    var at = 0
    while at < plane {
      let source = unsafe planes + at
      let down = 6 * plane
      let c0 = unsafe transformWeightGradient(loadSix(source, down))
      let c1 = unsafe transformWeightGradient(loadSix(source + plane, down))
      let c2 = unsafe transformWeightGradient(loadSix(source + 2 * plane, down))
      let c3 = unsafe transformWeightGradient(loadSix(source + 3 * plane, down))
      let c4 = unsafe transformWeightGradient(loadSix(source + 4 * plane, down))
      let c5 = unsafe transformWeightGradient(loadSix(source + 5 * plane, down))
      let (to, row) = unsafe (gradient + at, 3 * plane)
      unsafe addTaps((c0.0, c1.0, c2.0, c3.0, c4.0, c5.0), to, plane)
      unsafe addTaps((c0.1, c1.1, c2.1, c3.1, c4.1, c5.1), to + row, plane)
      unsafe addTaps((c0.2, c1.2, c2.2, c3.2, c4.2, c5.2), to + 2 * row, plane)
      at += wideCount
    }
  }
}

/// Adds the three taps of a row of products to memory.
@inline(__always)
private func addTaps(_ products: SixLanes, _ row: UnsafeMutablePointer<Float>, _ plane: Int) {
  let g = transformWeightGradient(products)
  unsafe storeWide(loadWide(row) + g.0, row)
  unsafe storeWide(loadWide(row + plane) + g.1, row + plane)
  unsafe storeWide(loadWide(row + 2 * plane) + g.2, row + 2 * plane)
}
