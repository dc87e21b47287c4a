// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

package import KernelInterface
internal import Kernels

extension ConvolutionShape {
  /// Roughly how many nanoseconds the convolution of an image takes.
  fileprivate var cost: Double {
    0.02 * Double(positionCount * weightCount) * (isWinograd ? 0.3 : 1)
  }

  /// How many floats an engine works in on a convolution, on `threadCount` threads.
  func scratchCount(threadCount: Int) -> Int {
    BackwardScratch(self, threadCount: threadCount).count
  }
}

/// Where things lie in the memory that the gradients of a convolution are computed in.
private struct BackwardScratch {
  let packed, sums, pairs, parts: Range<Int>
  let partCount: Int
  /// How many floats there are, those for the convolution itself included.
  let count: Int

  init(_ shape: ConvolutionShape, threadCount: Int) {
    var end = 0
    func next(_ count: Int) -> Range<Int> {
      let start = end
      end += whole(count)
      return start..<start + count
    }
    packed = next(packedBackwardCount(shape))
    sums = next(shape.isWinograd ? weightGradientCount(shape) : 0)
    pairs = next(pairWorkspace(shape))
    partCount = whole(backwardWorkspace(shape))
    parts = next(threadCount * partCount)
    count = max(
      end, whole(packedForwardCount(shape)) + threadCount * whole(forwardWorkspace(shape)))
  }
}

/// A count of floats that ends at the end of a line of the caches.
private func whole(_ count: Int) -> Int { (count + 15) / 16 * 16 }

extension Engine {
  /// Convolves images.
  ///
  /// - Parameters:
  ///   - input: (images, inputCount).
  ///   - shape: The shape of the convolution.
  ///   - map: (3 inputChannels): means, scales and offsets of max(0, (x - mean) scale + offset),
  ///     which the input goes through first; nil for the input itself.
  ///   - weights: (side, side, inputChannels, outputChannels).
  ///   - output: (images, outputCount), in other memory.
  ///   - moments: (images, 2 outputChannels), receives for every image the channels' means and sums
  ///     of squared deviations; nil if nobody asks for them.
  ///   - before: Called with ranges of images that are read next, on the thread that reads them.
  /// - Complexity: O(images * positions * weights), a quarter of it for Winograd's.
  package func convolve(
    _ input: Matrix, _ shape: ConvolutionShape, map: FloatVector?, weights: FloatVector,
    into output: Matrix, moments: Matrix?, before: (_ images: Range<Int>) -> Void = { _ in }
  ) {
    let images = input.rows
    let channels = shape.outputChannels
    precondition(
      input.columns == shape.inputCount && output.rows == images
        && output.columns == shape.outputCount && weights.count == shape.weightCount
        && map?.count ?? 3 * shape.inputChannels == 3 * shape.inputChannels, "convolve")
    precondition(
      moments.map { $0.rows == images && $0.columns == 2 * channels } ?? true, "moments")
    let (packedCount, partCount) = (
      whole(packedForwardCount(shape)), whole(forwardWorkspace(shape))
    )
    let scratch = scratch(.operation, count: packedCount + threadCount * partCount)
    let packed = scratch[0..<packedCount]
    unsafe kernels.packForward(weights.pointer, shape, into: packed.pointer)
    nonisolated(unsafe) let (x, y, m) = unsafe (input.pointer, output.pointer, map?.pointer)
    nonisolated(unsafe) let (w, s) = unsafe (packed.pointer, moments?.pointer)
    divide(images, grain: shape.group, cost: shape.cost) { part, range in
      let start = packedCount + part * partCount
      let workspace = scratch[start..<start + partCount]
      for first in stride(from: range.lowerBound, to: range.upperBound, by: shape.group) {
        let count = min(shape.group, range.upperBound - first)
        before(first..<first + count)
        let (from, to) = unsafe (x + first * shape.inputCount, y + first * shape.outputCount)
        unsafe kernels.convolve(
          from, images: count, shape, map: m, packed: w, into: to, workspace: workspace.pointer)
        guard let s = unsafe s else { continue }
        for image in 0..<count {
          let means = unsafe s + 2 * (first + image) * channels
          unsafe kernels.columnMoments(
            to + image * shape.outputCount, rows: shape.positionCount, columns: channels,
            stride: channels, means: means, squares: means + channels)
        }
      }
    }
  }

  /// Computes the gradients of a convolution, and of a batch normalisation after it.
  ///
  /// - Parameters:
  ///   - input, map, weights: As in `convolve`.
  ///   - output: What `convolve` gave, (images, outputCount).
  ///   - gradient: With respect to what the normalisation gave, (images, outputCount).
  ///   - gradientMap: (4 outputChannels): means, factors, slopes and levels that make factor (dy -
  ///     level - (y - mean) slope), the gradient with respect to the output; nil if it is
  ///     `gradient`.
  ///   - weightGradient: (weightCount); accumulated into. Nil if nobody asks for it.
  ///   - inputGradient: (images, inputCount), receives the gradient with respect to what the map
  ///     gave; nil if nobody asks for it.
  ///   - accumulates: Whether it is added instead.
  ///   - done: Called with ranges of images whose gradient is there, on the thread that computed
  ///     it.
  package func convolveBackward(
    _ input: Matrix, _ shape: ConvolutionShape, map: FloatVector?, weights: FloatVector,
    output: Matrix, gradient: Matrix, gradientMap: FloatVector?, weightGradient: FloatVector?,
    inputGradient: Matrix?, accumulates: Bool = false,
    done: (_ images: Range<Int>) -> Void = { _ in }
  ) {
    let images = input.rows
    precondition(
      input.columns == shape.inputCount && output.rows == images && gradient.rows == images
        && output.columns == shape.outputCount && gradient.columns == shape.outputCount
        && weights.count == shape.weightCount
        && weightGradient?.count ?? shape.weightCount == shape.weightCount
        && map?.count ?? 3 * shape.inputChannels == 3 * shape.inputChannels
        && gradientMap?.count ?? 4 * shape.outputChannels == 4 * shape.outputChannels,
      "convolveBackward")
    precondition(
      inputGradient.map { $0.rows == images && $0.columns == shape.inputCount } ?? true,
      "convolveBackward")
    let layout = BackwardScratch(shape, threadCount: threadCount)
    let scratch = scratch(.operation, count: layout.count)
    let (packed, pairs) = (scratch[layout.packed], scratch[layout.pairs])
    let sums = shape.isWinograd ? scratch[layout.sums] : weightGradient ?? scratch[0..<0]
    if inputGradient != nil {
      unsafe kernels.packBackward(weights.pointer, shape, into: packed.pointer)
    }
    if shape.isWinograd { sums.fill(0) }
    withoutActuallyEscaping(done) { done in
      // Called by threads that all have ended when this returns.
      nonisolated(unsafe) let done = done
      nonisolated(unsafe) let (x, y, dy) = unsafe (input.pointer, output.pointer, gradient.pointer)
      nonisolated(unsafe) let (m, g) = unsafe (map?.pointer, gradientMap?.pointer)
      nonisolated(unsafe) let (w, p) = unsafe (packed.pointer, pairs.pointer)
      nonisolated(unsafe) let (dx, dw) = unsafe (inputGradient?.pointer, sums.pointer)
      for start in stride(from: 0, to: images, by: shape.batch) {
        let batch = min(shape.batch, images - start)
        divide(batch, grain: shape.group, cost: shape.cost) { part, range in
          let from = layout.parts.lowerBound + part * layout.partCount
          let workspace = scratch[from..<from + layout.partCount]
          for first in stride(from: range.lowerBound, to: range.upperBound, by: shape.group) {
            let count = min(shape.group, range.upperBound - first)
            let image = start + first
            let (xAt, yAt) = (image * shape.inputCount, image * shape.outputCount)
            let target = unsafe dx.map { unsafe $0 + xAt }
            unsafe kernels.convolveBackward(
              x + xAt, images: count, first: first, shape, map: m, gradient: dy + yAt,
              output: y + yAt, gradientMap: g, pairs: p, packed: w, inputGradient: target,
              accumulates: accumulates, workspace: workspace.pointer)
            unsafe done(image..<image + count)
          }
        }
        if weightGradient == nil { continue }
        let units = weightGradientUnits(shape)
        divide(units, cost: Double(batch) * shape.cost / Double(units)) { _, range in
          unsafe kernels.addWeightGradients(
            p, images: batch, shape, firstUnit: range.lowerBound, unitCount: range.count, to: dw)
        }
      }
    }
    if let weightGradient, shape.isWinograd {
      unsafe kernels.addWinogradWeightGradient(
        sums.pointer, depth: shape.inputChannels, columns: shape.outputChannels,
        to: weightGradient.pointer)
    }
  }
}
