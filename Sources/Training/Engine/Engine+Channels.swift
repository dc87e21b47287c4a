// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

/// The outputs of a convolution and what a batch normalisation makes of them.
struct NormalizedChannels {
  /// (images, pixels * channels).
  let output: Matrix
  /// (3 channels): means, scales and offsets.
  let map: FloatVector

  var channels: Int { map.count / 3 }
  var pixels: Int { output.columns / channels }
}

extension Engine {
  /// y = max(0, n + s): channels normalised, a shortcut added, and rectified; not divided among
  /// threads.
  ///
  /// - Parameters:
  ///   - channels: (images, count) and their map, n.
  ///   - shortcut: (images, count), s; nil for 0.
  ///   - shortcutMap: A map that makes s of the shortcut; nil for none.
  ///   - images: For which images.
  ///   - result: (images, count), y.
  func rectifySum(
    _ channels: NormalizedChannels, shortcut: Matrix?, shortcutMap: FloatVector?,
    images: Range<Int>, into result: Matrix
  ) {
    let (input, count) = (channels.output, channels.channels)
    precondition(0 <= images.lowerBound && images.upperBound <= input.rows, "rectifySum")
    precondition(
      result.elements.count == input.elements.count
        && shortcut?.elements.count ?? result.elements.count == result.elements.count
        && shortcutMap?.count ?? 3 * count == 3 * count, "rectifySum")
    let at = images.lowerBound * input.columns
    let shifted = unsafe shortcut.map { unsafe $0.pointer + at }
    unsafe kernels.rectifySum(
      input.pointer + at, map: channels.map.pointer, shortcut: shifted,
      shortcutMap: shortcutMap?.pointer, count: images.count * channels.pixels, channels: count,
      into: result.pointer + at)
  }

  /// Sets a gradient to 0 where a rectifier gave 0, and sums it and its products with deviations
  /// over the pixels of each image; not divided among threads.
  ///
  /// - Parameters:
  ///   - gradient: (images, count); with respect to the output of the rectifier on entry, to its
  ///     input on return.
  ///   - output: What the rectifier gave; nil if it came straight after the map of `channels`.
  ///   - channels: What was added up to the rectifier's input, each with where its sums go,
  ///     (images, 2 channels).
  ///   - images: For which images.
  func rectifyBackward(
    _ gradient: Matrix, output: Matrix?, channels: [(NormalizedChannels, sums: Matrix)],
    images: Range<Int>
  ) {
    precondition(0 <= images.lowerBound && images.upperBound <= gradient.rows, "rectifyBackward")
    precondition(output?.elements.count ?? gradient.elements.count == gradient.elements.count)
    precondition(
      channels.allSatisfy {
        $0.0.output.elements.count == gradient.elements.count && $0.sums.rows == gradient.rows
          && $0.sums.columns == 2 * $0.0.channels
      }, "rectifyBackward")
    for image in images {
      for (index, (channels, sums)) in channels.enumerated() {
        rectifyBackward(
          gradient[row: image], output: index == 0 ? output?[row: image] : nil,
          isRectified: index == 0 && output == nil, input: channels.output[row: image],
          map: channels.map, pixels: channels.pixels, sums: sums[row: image])
      }
    }
  }

  private func rectifyBackward(
    _ gradient: FloatVector, output: FloatVector?, isRectified: Bool, input: FloatVector,
    map: FloatVector, pixels: Int, sums: FloatVector
  ) {
    unsafe kernels.channelGradientSums(
      gradient.pointer, input: input.pointer, count: pixels, channels: map.count / 3,
      map: map.pointer, isRectified: isRectified, output: output?.pointer, into: sums.pointer)
  }

  /// Adds the elements of a vector to those of another; not divided among threads.
  func addElements(_ other: FloatVector, to sum: FloatVector) {
    precondition(other.count == sum.count, "adding \(other.count) floats to \(sum.count)")
    unsafe kernels.addElements(other.pointer, count: sum.count, to: sum.pointer)
  }

  /// The mean of every channel over the pixels of each image.
  ///
  /// - Parameters:
  ///   - input: (images, pixels * channels).
  ///   - output: (images, channels).
  func averagePixels(_ input: Matrix, into output: Matrix) {
    let channels = output.columns
    let pixels = input.columns / channels
    precondition(input.rows == output.rows && pixels * channels == input.columns, "averagePixels")
    nonisolated(unsafe) let (x, y) = unsafe (input.pointer, output.pointer)
    divide(input.rows, cost: 0.1 * Double(input.columns)) { _, range in
      let (from, to) = unsafe (
        x + range.lowerBound * pixels * channels, y + range.lowerBound * channels
      )
      unsafe kernels.averagePixels(
        from, images: range.count, pixels: pixels, channels: channels, into: to)
    }
  }

  /// The gradient of `averagePixels`.
  func averagePixelsBackward(_ gradient: Matrix, into inputGradient: Matrix) {
    let channels = gradient.columns
    let pixels = inputGradient.columns / channels
    precondition(
      inputGradient.rows == gradient.rows && pixels * channels == inputGradient.columns,
      "averagePixelsBackward")
    nonisolated(unsafe) let (dy, dx) = unsafe (gradient.pointer, inputGradient.pointer)
    divide(gradient.rows, cost: 0.1 * Double(inputGradient.columns)) { _, range in
      let (from, to) = unsafe (
        dy + range.lowerBound * channels, dx + range.lowerBound * pixels * channels
      )
      unsafe kernels.averagePixelsBackward(
        from, images: range.count, pixels: pixels, channels: channels, into: to)
    }
  }
}
