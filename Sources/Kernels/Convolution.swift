// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

package import KernelInterface

/// How many floats the weights of a convolution take when they are packed for `convolve`.
package func packedForwardCount(_ shape: ConvolutionShape) -> Int {
  shape.isWinograd
    ? 36 * panelCount(depth: shape.inputChannels, columns: shape.outputChannels)
    : panelCount(
      depth: shape.side * shape.side * shape.inputChannels, columns: shape.outputChannels)
}

extension CompiledKernels {
  /// Packs the weights of a convolution for `convolve`.
  ///
  /// - Parameters:
  ///   - weights: (side, side, inputChannels, outputChannels).
  ///   - packed: `packedForwardCount` floats.
  @inline(never)
  package func packForward(
    _ weights: UnsafePointer<Float>, _ shape: ConvolutionShape,
    into packed: UnsafeMutablePointer<Float>
  ) {
    let (inputs, outputs) = (shape.inputChannels, shape.outputChannels)
    if shape.isWinograd {
      unsafe winogradWeights(
        weights, tapRow: 3 * inputs * outputs, tapColumn: inputs * outputs, depth: inputs,
        depthStep: outputs, columns: outputs, columnStep: 1, into: packed)
    } else {
      unsafe packColumns(
        weights, depth: shape.side * shape.side * inputs, columns: outputs, bDepth: outputs,
        bColumn: 1, into: packed)
    }
  }
}

/// How many floats `convolve` needs to work in, for at most `shape.group` images.
package func forwardWorkspace(_ shape: ConvolutionShape) -> Int {
  shape.group * shape.paddedInputCount
    + (shape.isWinograd
      ? winogradWorkspace(
        tiles: shape.block, inputChannels: shape.inputChannels,
        outputChannels: shape.outputChannels) : 0)
}

extension CompiledKernels {
  /// Convolves images, cross-correlation as usual: the filters are not turned around.
  ///
  /// - Parameters:
  ///   - input: (images, height, width, inputChannels).
  ///   - images: At most `shape.group`.
  ///   - map: (3, inputChannels), applied to the input and rectified, or nil for the input itself.
  ///   - packed: As `packForward` leaves it.
  ///   - output: (images, outputHeight, outputWidth, outputChannels).
  ///   - workspace: `forwardWorkspace` floats, with any content.
  /// - Complexity: O(images * positions * weights), a quarter of it for Winograd's.
  @inline(never)
  package func convolve(
    _ input: UnsafePointer<Float>, images: Int, _ shape: ConvolutionShape,
    map: UnsafePointer<Float>?, packed: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, workspace: UnsafeMutablePointer<Float>
  ) {
    let (rows, columns) = shape.paddedInput
    let step = shape.paddedInputCount
    let (inputs, outputs) = (shape.inputChannels, shape.outputChannels)
    for image in 0..<images {
      unsafe padImage(
        input + image * shape.inputCount, height: shape.height, width: shape.width,
        channels: inputs, sampling: shape.sampling, map: map, border: shape.border,
        into: workspace + image * step, rows: rows, columns: columns)
    }
    if shape.isWinograd {
      unsafe convolveWinograd(
        workspace, images: images, shape.inputTiling, weights: packed, outputChannels: outputs,
        height: shape.height, width: shape.width, into: output, accumulates: false,
        block: shape.block,
        workspace: workspace + shape.group * step)
      return
    }
    let stride = shape.stride / shape.sampling
    let grid = PositionGrid(
      rows: shape.outputHeight, columns: shape.outputWidth, aRow: stride * columns * inputs,
      aColumn: stride * inputs, cRow: shape.outputWidth * outputs, cColumn: outputs)
    for image in 0..<images {
      unsafe multiplyPositions(
        grid, a: workspace + image * step, runs: shape.side, runLength: shape.side * inputs,
        runStep: columns * inputs, b: packed, columns: outputs,
        c: output + image * shape.outputCount, accumulates: false)
    }
  }
}
