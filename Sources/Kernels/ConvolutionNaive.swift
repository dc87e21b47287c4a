// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

package import KernelInterface

/// `convolve` of one image by its definition in double precision: what it is tested against.
@inline(never)
package func convolveNaive(
  _ input: UnsafePointer<Float>, _ shape: ConvolutionShape, weights: UnsafePointer<Float>,
  into output: UnsafeMutablePointer<Double>
) {
  let outputs = shape.outputChannels
  forEachPair(shape) { x, y, w in
    for j in 0..<outputs {
      unsafe output[y * outputs + j] += Double(input[x]) * Double(weights[w * outputs + j])
    }
  }
}

/// The gradients of `convolve` of one image by their definitions in double precision.
///
/// - Parameters:
///   - gradient: With respect to the output.
///   - inputGradient, weightGradient: Accumulated into.
@inline(never)
package func convolveBackwardNaive(
  _ input: UnsafePointer<Float>, _ shape: ConvolutionShape, weights: UnsafePointer<Float>,
  gradient: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Double>,
  weightGradient: UnsafeMutablePointer<Double>
) {
  let outputs = shape.outputChannels
  forEachPair(shape) { x, y, w in
    for j in 0..<outputs {
      let dy = unsafe Double(gradient[y * outputs + j])
      unsafe inputGradient[x] += dy * Double(weights[w * outputs + j])
      unsafe weightGradient[w * outputs + j] += dy * Double(input[x])
    }
  }
}

/// Calls `body` for every value of the input that meets a tap, with its place in the input, the
/// number of the output's pixel and the row of weights.
@inline(__always)
private func forEachPair(
  _ shape: ConvolutionShape, _ body: (_ x: Int, _ y: Int, _ weights: Int) -> Void
) {
  for i in 0..<shape.outputHeight {
    for j in 0..<shape.outputWidth {
      for tap in 0..<shape.side * shape.side {
        let row = i * shape.stride + tap / shape.side - shape.border
        let column = j * shape.stride + tap % shape.side - shape.border
        if row < 0 || row >= shape.height || column < 0 || column >= shape.width { continue }
        for k in 0..<shape.inputChannels {
          body(
            (row * shape.width + column) * shape.inputChannels + k, i * shape.outputWidth + j,
            tap * shape.inputChannels + k)
        }
      }
    }
  }
}
