// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Kernels
import TestSupport
import Testing

@testable import Training

@Suite struct ConvolutionBackwardTests {
  private struct Gradients {
    var input: [Double]
    var weights: [Double]
  }

  private func naive(
    _ input: Matrix, _ gradient: Matrix, _ shape: ConvolutionShape, weights: FloatVector
  ) -> Gradients {
    var result = Gradients(
      input: [Double](repeating: 0, count: input.elements.count),
      weights: [Double](repeating: 0, count: shape.weightCount))
    for image in 0..<input.rows {
      unsafe result.input.withUnsafeMutableBufferPointer { dx in
        unsafe result.weights.withUnsafeMutableBufferPointer { dw in
          guard let dx = dx.baseAddress, let dw = dw.baseAddress else { return }
          unsafe convolveBackwardNaive(
            input.pointer + image * shape.inputCount, shape, weights: weights.pointer,
            gradient: gradient.pointer + image * shape.outputCount,
            inputGradient: dx + image * shape.inputCount, weightGradient: dw)
        }
      }
    }
    return result
  }

  private func largestError(_ found: [Float], _ exact: [Double], added: Double) -> Double {
    zip(found, exact).reduce(0.0) { worst, pair in
      let error = abs(Double(pair.0) - pair.1 - added)
      return error <= worst ? worst : error
    }
  }

  @Test(arguments: [false, true])
  func `gradients of all shapes are those of the definition, on any number of threads`(
    hasMaps: Bool
  ) {
    var random = RandomNumbers(510)
    let engines = Engine.variants
    for shape in convolutionShapes {
      let images = 5
      let given = ConvolutionCase(shape, images: images, hasMaps: hasMaps, &random)
      let (input, gradient) = (given.mappedInput, given.mappedGradient)
      let exact = naive(input, gradient, shape, weights: given.weights)
      let sums = naive(
        Matrix(magnitudes(input.elements), rows: images, columns: shape.inputCount),
        Matrix(magnitudes(gradient.elements), rows: images, columns: shape.outputCount), shape,
        weights: magnitudes(given.weights))
      let factor = hasMaps ? 8.0 : 1
      let inputBound = shape.errorBound(
        terms: shape.side * shape.side * shape.outputChannels,
        magnitude: factor * (sums.input.max() ?? 0) + 1)
      let weightBound = shape.errorBound(
        terms: images * shape.positionCount, magnitude: factor * (sums.weights.max() ?? 0) + 1)
      var bits: [InstructionSet: [Float]] = [:]
      for engine in engines {
        let inputGradient = Matrix(rows: images, columns: shape.inputCount)
        // Gradients with respect to the input replace what is there, or are added to it.
        let accumulates = hasMaps
        inputGradient.elements.fill(accumulates ? 0.5 : .nan)
        let weightGradient = FloatVector(count: shape.weightCount)
        weightGradient.fill(0.25)
        engine.convolveBackward(
          given.input, shape, map: given.map, weights: given.weights, output: given.output,
          gradient: given.gradient, gradientMap: given.gradientMap,
          weightGradient: weightGradient, inputGradient: inputGradient, accumulates: accumulates)
        let (dx, dw) = (inputGradient.elements.elements, weightGradient.elements)
        let name = "\(shape), \(engine.instructionSet), seed \(RandomTests.seed)"
        #expect(
          largestError(dx, exact.input, added: accumulates ? 0.5 : 0) <= inputBound, "\(name)")
        #expect(largestError(dw, exact.weights, added: 0.25) <= weightBound, "\(name)")
        let arithmetic = engine.instructionSet.arithmetic
        #expect(bits[arithmetic, default: dx + dw] == dx + dw, "\(shape): threads or widths differ")
        bits[arithmetic] = dx + dw
      }
    }
  }

  @Test func `images beyond one batch of the sums are all taken in, once`() {
    var random = RandomNumbers(511)
    for isWinograd in [false, true] {
      let shape = ConvolutionShape(
        height: 16, width: 16, inputChannels: 64, outputChannels: isWinograd ? 64 : 63, side: 3,
        stride: 1)
      #expect(shape.isWinograd == isWinograd)
      let images = shape.batch + 1
      let input = Matrix(rows: images, columns: shape.inputCount)
      let gradient = Matrix(rows: images, columns: shape.outputCount)
      // One pixel in the middle of every image: the gradient of the middle tap is a sum of
      // products.
      let pixel = 7 * 16 + 9
      var sum = 0.0
      for image in 0..<images {
        input[image, pixel * 64 + 3] = random.next()
        gradient[image, pixel * shape.outputChannels + 5] = random.next()
        sum +=
          Double(input[image, pixel * 64 + 3])
          * Double(gradient[image, pixel * shape.outputChannels + 5])
      }
      let weightGradient = FloatVector(count: shape.weightCount)
      var seen: [Int] = []
      Engine().convolveBackward(
        input, shape, map: nil, weights: FloatVector(count: shape.weightCount), output: gradient,
        gradient: gradient, gradientMap: nil, weightGradient: weightGradient, inputGradient: nil
      ) { seen += Array($0) }
      #expect(seen == Array(0..<images))
      let found = Double(weightGradient[(4 * 64 + 3) * shape.outputChannels + 5])
      #expect(abs(found - sum) < 1e-4 && abs(sum) > 1e-3, "seed \(RandomTests.seed)")
    }
  }
}
