// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

package import KernelInterface

// The gradient of a convolution with respect to its input is a convolution of the gradient with
// respect to its output by the filters turned around. At stride 2 it is four of them, one for each
// parity of row and column: with rows y = 2 i + p, an even row has tap 1 of row i alone, an odd row
// tap 2 of row i and tap 0 of row i + 1; columns likewise.

/// How many floats the weights of a convolution take when packed for `convolveBackward`.
package func packedBackwardCount(_ shape: ConvolutionShape) -> Int {
  shape.isWinograd
    ? 36 * panelCount(depth: shape.outputChannels, columns: shape.inputChannels)
    : panelCount(
      depth: shape.side * shape.side * shape.outputChannels, columns: shape.inputChannels)
}

/// The taps of one dimension, in the order in which they meet the rows of a gradient.
@inline(__always)
private func tap(_ shape: ConvolutionShape, parity: Int, _ index: Int) -> Int {
  if shape.side == 1 { return 0 }
  if shape.stride == 1 { return 2 - index }
  return parity == 0 ? 1 : 2 - 2 * index
}

/// How many taps of one dimension there are.
@inline(__always)
private func tapCount(_ shape: ConvolutionShape, parity: Int) -> Int {
  if shape.side == 1 { return 1 }
  return shape.stride == 1 ? 3 : 1 + parity
}

/// Parities in one dimension; with 1 x 1 taps at stride 2 odd rows have no gradient.
@inline(__always)
private func parityCount(_ shape: ConvolutionShape) -> Int {
  shape.side == 3 ? shape.stride : 1
}

extension CompiledKernels {
  /// Packs the weights of a convolution for `convolveBackward`.
  ///
  /// - Parameters:
  ///   - weights: (side, side, inputChannels, outputChannels).
  ///   - packed: `packedBackwardCount` floats.
  @inline(never)
  package func packBackward(
    _ weights: UnsafePointer<Float>, _ shape: ConvolutionShape,
    into packed: UnsafeMutablePointer<Float>
  ) {
    let (inputs, outputs) = (shape.inputChannels, shape.outputChannels)
    if shape.isWinograd {
      let plane = inputs * outputs
      unsafe winogradWeights(
        weights + 8 * plane, tapRow: -3 * plane, tapColumn: -plane, depth: outputs, depthStep: 1,
        columns: inputs, columnStep: outputs, into: packed)
      return
    }
    var target = unsafe packed
    for p in 0..<parityCount(shape) {
      for q in 0..<parityCount(shape) {
        let (rows, columns) = (tapCount(shape, parity: p), tapCount(shape, parity: q))
        let depth = rows * columns * outputs
        for y in 0..<rows {
          for x in 0..<columns {
            let at = tap(shape, parity: p, y) * shape.side + tap(shape, parity: q, x)
            unsafe packTransposed(
              weights + at * inputs * outputs, depth: outputs, columns: inputs, panelDepth: depth,
              into: target + (y * columns + x) * outputs * tileColumns)
          }
        }
        unsafe target += panelCount(depth: depth, columns: inputs)
      }
    }
  }
}

/// Packs the transpose of (columns, depth) into a part of panels of `panelDepth` rows.
@inline(__always)
private func packTransposed(
  _ matrix: UnsafePointer<Float>, depth: Int, columns: Int, panelDepth: Int,
  into packed: UnsafeMutablePointer<Float>
) {
  var j = 0
  while j < columns {
    let panel = unsafe packed + j * panelDepth
    for k in 0..<depth {
      for c in 0..<tileColumns {
        unsafe panel[k * tileColumns + c] =
          j + c < columns ? unsafe matrix[(j + c) * depth + k] : 0
      }
    }
    j += tileColumns
  }
}

/// How many floats `convolveBackward` needs to work in, for at most `shape.group` images.
package func backwardWorkspace(_ shape: ConvolutionShape) -> Int {
  guard shape.isWinograd else { return 0 }
  return shape.group * (shape.paddedInputCount + shape.paddedOutputCount)
    + winogradWorkspace(
      tiles: shape.block, inputChannels: shape.outputChannels, outputChannels: shape.inputChannels)
}

/// How many floats are kept of `shape.batch` images for `addWeightGradients`.
package func pairWorkspace(_ shape: ConvolutionShape) -> Int {
  let pixels = shape.paddedInputCount + shape.paddedOutputCount
  if !shape.isWinograd { return shape.batch * pixels + 2 * pairOverhang }
  let (a, b) = planes(shape)
  return 36 * (a + b) + 2 * pairOverhang
}

/// The distances between planes of inputs and of gradients.
@inline(__always)
private func planes(_ shape: ConvolutionShape) -> (input: Int, output: Int) {
  let tiles = shape.batch * shape.tileCount
  return (
    winogradPlane(tiles: tiles, channels: shape.inputChannels),
    winogradPlane(tiles: tiles, channels: shape.outputChannels)
  )
}

/// Where the gradients of a workspace of pairs begin, after the inputs.
@inline(__always)
private func secondPart(_ shape: ConvolutionShape) -> Int {
  let count = shape.isWinograd ? 36 * planes(shape).input : shape.batch * shape.paddedInputCount
  return count + pairOverhang
}

extension CompiledKernels {
  /// Prepares the gradients of weights, and computes the gradient with respect to the input.
  ///
  /// - Parameters:
  ///   - input: (images, height, width, inputChannels).
  ///   - map: As in `convolve`.
  ///   - gradient: With respect to what the normalisation after the convolution gave, or to the
  ///     output itself; (images, outputHeight, outputWidth, outputChannels).
  ///   - output: The output, of the same shape.
  ///   - gradientMap: (4, outputChannels) as `padGradient` says, or nil: no normalisation.
  ///   - images: At most `shape.group`.
  ///   - first: The number of the first of them among `shape.batch`.
  ///   - pairs: `pairWorkspace` floats; receives what `addWeightGradients` needs.
  ///   - packed: As `packBackward` leaves it.
  ///   - inputGradient: (images, height, width, inputChannels), or nil.
  ///   - accumulates: Whether the gradient is added.
  ///   - workspace: `backwardWorkspace` floats, with any content.
  @inline(never)
  package func convolveBackward(
    _ input: UnsafePointer<Float>, images: Int, first: Int, _ shape: ConvolutionShape,
    map: UnsafePointer<Float>?, gradient: UnsafePointer<Float>, output: UnsafePointer<Float>,
    gradientMap: UnsafePointer<Float>?, pairs: UnsafeMutablePointer<Float>,
    packed: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?, accumulates: Bool,
    workspace: UnsafeMutablePointer<Float>
  ) {
    let (inputStep, outputStep) = (shape.paddedInputCount, shape.paddedOutputCount)
    let isWinograd = shape.isWinograd
    let inputs = unsafe isWinograd ? workspace : pairs + first * inputStep
    let gradients =
      unsafe isWinograd
      ? workspace + shape.group * inputStep : pairs + (secondPart(shape) + first * outputStep)
    for image in 0..<images {
      unsafe padImage(
        input + image * shape.inputCount, height: shape.height, width: shape.width,
        channels: shape.inputChannels, sampling: shape.sampling, map: map, border: shape.border,
        into: inputs + image * inputStep, rows: shape.paddedInput.rows,
        columns: shape.paddedInput.columns)
      unsafe padGradient(
        gradient + image * shape.outputCount, input: output + image * shape.outputCount,
        height: shape.outputHeight, width: shape.outputWidth, channels: shape.outputChannels,
        map: gradientMap, border: shape.border, into: gradients + image * outputStep,
        rows: shape.paddedOutput.rows, columns: shape.paddedOutput.columns)
    }
    if isWinograd {
      let (plane, gradientPlane) = planes(shape)
      let (tiles, start) = (images * shape.tileCount, first * shape.tileCount)
      unsafe winogradInput(
        inputs, shape.inputTiling, first: 0, count: tiles,
        into: pairs + start * shape.inputChannels, plane: plane)
      unsafe winogradGradient(
        gradients, shape.outputTiling, first: 0, count: tiles,
        into: pairs + (secondPart(shape) + start * shape.outputChannels), plane: gradientPlane)
      guard let inputGradient = unsafe inputGradient else { return }
      unsafe convolveWinograd(
        gradients, images: images, shape.outputTiling, weights: packed,
        outputChannels: shape.inputChannels, height: shape.height, width: shape.width,
        into: inputGradient, accumulates: accumulates, block: shape.block,
        workspace: workspace + shape.group * (inputStep + outputStep))
      return
    }
    guard let inputGradient = unsafe inputGradient else { return }
    for image in 0..<images {
      unsafe directInputGradient(
        gradients + image * outputStep, shape, packed: packed,
        into: inputGradient + image * shape.inputCount, accumulates: accumulates)
    }
  }
}

/// The gradient with respect to one input image.
@inline(__always)
private func directInputGradient(
  _ padded: UnsafePointer<Float>, _ shape: ConvolutionShape, packed: UnsafePointer<Float>,
  into inputGradient: UnsafeMutablePointer<Float>, accumulates: Bool
) {
  let (inputs, outputs) = (shape.inputChannels, shape.outputChannels)
  let step = shape.paddedOutput.columns * outputs
  if shape.side == 1 && shape.stride == 2 && !accumulates {
    unsafe inputGradient.update(repeating: 0, count: shape.inputCount)
  }
  // At stride 1 windows begin in the border, at stride 2 in the image.
  let start = shape.side == 3 && shape.stride == 2 ? step + outputs : 0
  var weights = unsafe packed
  for p in 0..<parityCount(shape) {
    for q in 0..<parityCount(shape) {
      let (rows, columns) = (tapCount(shape, parity: p), tapCount(shape, parity: q))
      let s = shape.stride
      let grid = PositionGrid(
        rows: (shape.height - p + s - 1) / s, columns: (shape.width - q + s - 1) / s, aRow: step,
        aColumn: outputs, cRow: s * shape.width * inputs, cColumn: s * inputs)
      unsafe multiplyPositions(
        grid, a: padded + start, runs: rows, runLength: columns * outputs, runStep: step,
        b: weights, columns: inputs, c: inputGradient + (p * shape.width + q) * inputs,
        accumulates: accumulates)
      unsafe weights += panelCount(depth: rows * columns * outputs, columns: inputs)
    }
  }
}

/// How many units of work `addWeightGradients` has, which may be divided among threads.
package func weightGradientUnits(_ shape: ConvolutionShape) -> Int {
  shape.isWinograd ? 36 : shape.side * unitsOfRow(shape)
}

/// Rows of weights in a unit.
private let unitRows = 12

/// Units in the weights of one row of taps.
@inline(__always)
private func unitsOfRow(_ shape: ConvolutionShape) -> Int {
  (shape.side * shape.inputChannels + unitRows - 1) / unitRows
}

/// How many floats the sums of `addWeightGradients` take.
package func weightGradientCount(_ shape: ConvolutionShape) -> Int {
  shape.isWinograd ? 36 * shape.inputChannels * shape.outputChannels : shape.weightCount
}

extension CompiledKernels {
  /// Adds the gradients of weights of up to `shape.batch` images, in a form of its own for
  /// Winograd's.
  ///
  /// - Parameters:
  ///   - pairs: As `convolveBackward` left it.
  ///   - images: How many images there are.
  ///   - units, unitCount: Which units of the work to do.
  ///   - sums: (weightGradientCount); accumulated into, image by image. The gradient itself unless
  ///     the convolution is Winograd's, then planes for `addWinogradWeightGradient`.
  @inline(never)
  package func addWeightGradients(
    _ pairs: UnsafePointer<Float>, images: Int, _ shape: ConvolutionShape, firstUnit: Int,
    unitCount: Int, to sums: UnsafeMutablePointer<Float>
  ) {
    let (inputs, outputs) = (shape.inputChannels, shape.outputChannels)
    let second = unsafe pairs + secondPart(shape)
    if shape.isWinograd {
      let (plane, gradientPlane) = planes(shape)
      let tiles = images * shape.tileCount
      for p in firstUnit..<firstUnit + unitCount {
        var tile = 0
        while tile < tiles {
          let grid = PairGrid(
            rows: 1, columns: smaller(128, tiles - tile), aRow: 0, aColumn: inputs, bRow: 0,
            bColumn: outputs)
          unsafe addPairProducts(
            grid, a: pairs + (p * plane + tile * inputs), height: inputs,
            b: second + (p * gradientPlane + tile * outputs), width: outputs,
            c: sums + p * inputs * outputs, cRow: outputs)
          tile += 128
        }
      }
      return
    }
    let (step, gradientStep) = (
      shape.paddedInput.columns * inputs, shape.paddedOutput.columns * outputs
    )
    let stride = shape.stride / shape.sampling
    let grid = PairGrid(
      rows: shape.outputHeight, columns: shape.outputWidth, aRow: stride * step,
      aColumn: stride * inputs, bRow: gradientStep, bColumn: outputs)
    let inside = shape.border * (gradientStep + outputs)
    let (units, length) = (unitsOfRow(shape), shape.side * inputs)
    for image in 0..<images {
      for unit in firstUnit..<firstUnit + unitCount {
        let row = unit / units
        let from = (unit - row * units) * unitRows
        unsafe addPairProducts(
          grid, a: pairs + (image * shape.paddedInputCount + row * step + from),
          height: smaller(unitRows, length - from),
          b: second + (image * shape.paddedOutputCount + inside), width: outputs,
          c: sums + (row * length + from) * outputs, cRow: outputs)
      }
    }
  }
}
