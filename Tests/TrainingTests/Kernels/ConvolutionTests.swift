// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Kernels
import TestSupport
import Testing

@testable import Training

/// Shapes of all kinds: with odd sizes, with channels that fill no vector or no panel, direct and
/// Winograd's, of one tile and of many.
let convolutionShapes: [ConvolutionShape] = [
  (1, 1, 3, 5, 3, 1), (2, 3, 1, 1, 3, 2), (5, 7, 3, 16, 3, 1), (9, 4, 17, 9, 3, 2),
  (8, 8, 8, 24, 3, 2), (7, 5, 9, 20, 3, 1), (5, 6, 12, 7, 1, 1), (7, 6, 6, 17, 1, 2),
  (1, 1, 8, 8, 3, 1), (4, 4, 16, 8, 3, 1), (5, 7, 8, 24, 3, 1), (13, 9, 24, 16, 3, 1),
  (6, 3, 40, 32, 3, 1), (6, 5, 32, 72, 3, 1), (4, 5, 33, 64, 3, 2),
].map { height, width, inputs, outputs, side, stride in
  ConvolutionShape(
    height: height, width: width, inputChannels: inputs, outputChannels: outputs, side: side,
    stride: stride)
}

extension ConvolutionShape {
  /// A bound of the error of a result, whose terms have magnitudes that sum to at most `magnitude`
  /// for any result of the same channel.
  ///
  /// Of a direct convolution it is that of a sum (`roundingBound`), two more roundings for a map.
  /// Winograd's errors depend on what else is in a tile, and are bounded here by 40 units of the
  /// last place of the largest sum of magnitudes: eight times what was seen.
  func errorBound(terms: Int, magnitude: Double) -> Double {
    isWinograd ? 40 * 0x1p-24 * magnitude : roundingBound(terms + 8) * magnitude
  }
}

/// Everything that a convolution of some images is given.
struct ConvolutionCase {
  let shape: ConvolutionShape
  let input, gradient, output: Matrix
  let weights: FloatVector
  let map, gradientMap: FloatVector?

  init(
    _ shape: ConvolutionShape, images: Int, hasMaps: Bool, _ random: inout RandomNumbers
  ) {
    self.shape = shape
    input = random.matrix(images, shape.inputCount)
    gradient = random.matrix(images, shape.outputCount)
    output = random.matrix(images, shape.outputCount)
    weights = random.vector(shape.weightCount)
    map = hasMaps ? random.vector(3 * shape.inputChannels) : nil
    gradientMap = hasMaps ? random.vector(4 * shape.outputChannels) : nil
  }

  /// The input after its map.
  var mappedInput: Matrix {
    guard let map else { return input }
    let result = Matrix(rows: input.rows, columns: input.columns)
    let channels = shape.inputChannels
    for index in 0..<input.elements.count {
      let j = index % channels
      let deviation = Double(input.elements[index]) - Double(map[j])
      let y = deviation * Double(map[channels + j]) + Double(map[2 * channels + j])
      result.elements[index] = Float(max(0, y))
    }
    return result
  }

  /// The gradient after its map.
  var mappedGradient: Matrix {
    guard let gradientMap else { return gradient }
    let result = Matrix(rows: gradient.rows, columns: gradient.columns)
    let channels = shape.outputChannels
    for index in 0..<gradient.elements.count {
      let values = (0..<4).map { Double(gradientMap[$0 * channels + index % channels]) }
      let deviation = Double(output.elements[index]) - values[0]
      let rest = Double(gradient.elements[index]) - values[3] - deviation * values[2]
      result.elements[index] = Float(values[1] * rest)
    }
    return result
  }
}

/// The magnitudes of a vector.
func magnitudes(_ vector: FloatVector) -> FloatVector {
  FloatVector(vector.elements.map(\.magnitude))
}

@Suite struct ConvolutionTests {
  private func naive(
    _ input: Matrix, _ shape: ConvolutionShape, weights: FloatVector
  ) -> [Double] {
    var result = [Double](repeating: 0, count: input.rows * shape.outputCount)
    for image in 0..<input.rows {
      unsafe result.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        unsafe convolveNaive(
          input.pointer + image * shape.inputCount, shape, weights: weights.pointer,
          into: base + image * shape.outputCount)
      }
    }
    return result
  }

  @Test(arguments: [false, true])
  func `outputs of all shapes are those of the definition, on any number of threads`(hasMaps: Bool)
  {
    var random = RandomNumbers(500)
    let engines = Engine.variants
    for shape in convolutionShapes {
      let images = 5
      let given = ConvolutionCase(shape, images: images, hasMaps: hasMaps, &random)
      let input = given.mappedInput
      let exact = naive(input, shape, weights: given.weights)
      let sums = naive(
        Matrix(magnitudes(input.elements), rows: images, columns: shape.inputCount), shape,
        weights: magnitudes(given.weights))
      // A map multiplies rounding errors by what it cancels.
      let magnitude = (sums.max() ?? 0) * (hasMaps ? 4 : 1)
      let bound = shape.errorBound(
        terms: shape.side * shape.side * shape.inputChannels, magnitude: magnitude)
      var bits: [InstructionSet: [Float]] = [:]
      for engine in engines {
        let output = Matrix(rows: images, columns: shape.outputCount)
        output.elements.fill(.nan)
        let moments = Matrix(rows: images, columns: 2 * shape.outputChannels)
        engine.convolve(
          given.input, shape, map: given.map, weights: given.weights, into: output,
          moments: moments)
        let elements = output.elements.elements
        let worst = zip(elements, exact).reduce(0.0) { worst, pair in
          let error = abs(Double(pair.0) - pair.1)
          return error <= worst ? worst : error
        }
        #expect(worst <= bound, "\(shape), \(engine.instructionSet), seed \(RandomTests.seed)")
        let all = elements + moments.elements.elements
        let arithmetic = engine.instructionSet.arithmetic
        #expect(bits[arithmetic, default: all] == all, "\(shape): threads or widths differ")
        bits[arithmetic] = all
      }
    }
  }

  @Test func `an image is convolved alike whatever images are beside it`() {
    var random = RandomNumbers(501)
    for shape in convolutionShapes {
      let given = ConvolutionCase(shape, images: 19, hasMaps: true, &random)
      let engine = Engine()
      let (all, one) = (
        Matrix(rows: 19, columns: shape.outputCount), Matrix(rows: 1, columns: shape.outputCount)
      )
      engine.convolve(
        given.input, shape, map: given.map, weights: given.weights, into: all, moments: nil)
      for image in [0, 7, 18] {
        engine.convolve(
          given.input[rows: image..<image + 1], shape, map: given.map, weights: given.weights,
          into: one, moments: nil)
        #expect(one.elements.elements == all[row: image].elements, "\(shape)")
      }
    }
  }

  @Test func `matrices that do not fit are refused`() async {
    await #expect(processExitsWith: .failure) {
      let shape = convolutionShapes[0]
      Engine().convolve(
        Matrix(rows: 2, columns: shape.inputCount), shape, map: nil,
        weights: FloatVector(count: shape.weightCount),
        into: Matrix(rows: 1, columns: shape.outputCount), moments: nil)
    }
  }
}
