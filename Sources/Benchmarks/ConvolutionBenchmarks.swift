// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Kernels
import Training

/// The convolutions of the residual network on images of 32 x 32 pixels, 16 images at a time,
/// beside the definition and the product of matrices of the same number of operations; and whole
/// steps.
///
/// The name says how many millions of multiplications and additions of the definition a run stands
/// for, so that millions over microseconds are GFLOP/s.
enum ConvolutionBenchmarks {
  static func all() -> [Benchmark] {
    shapes.flatMap { shape in
      variants.flatMap { [forward(shape, $0), backward(shape, $0)] } + [
        product(shape), definition(shape),
      ]
    } + steps
  }

  private static let imageCount = 16

  private static let shapes: [ConvolutionShape] = [
    (32, 3, 32, 3, 1), (32, 32, 32, 3, 1), (32, 32, 64, 3, 2), (32, 32, 64, 1, 2),
    (16, 64, 64, 3, 1), (16, 64, 128, 3, 2), (16, 64, 128, 1, 2), (8, 128, 128, 3, 1),
    (4, 512, 512, 3, 1),
  ].map { size, inputs, outputs, side, stride in
    ConvolutionShape(
      height: size, width: size, inputChannels: inputs, outputChannels: outputs, side: side,
      stride: stride)
  }

  private static var variants: [(instructionSet: InstructionSet, threadCount: Int)] {
    InstructionSet.available.map { ($0, 1) } + [(.best, 2)]
  }

  private static func size(_ shape: ConvolutionShape, passes: Int) -> String {
    let operations = 2 * imageCount * shape.positionCount * shape.weightCount * passes
    let kind = "\(shape.side)x\(shape.side)/\(shape.stride)"
    return "\(shape.height)x\(shape.width)x\(shape.inputChannels) \(kind) "
      + "\(shape.outputChannels) MFLOP=\(operations / 1_000_000)"
  }

  /// The same numbers in +-1 each time.
  private static func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    let matrix = Matrix(rows: rows, columns: columns)
    var state: UInt32 = 1
    for index in 0..<rows * columns {
      state = state &* 1_664_525 &+ 1_013_904_223
      matrix.elements[index] = Float(Int32(bitPattern: state)) * 0x1p-31
    }
    return matrix
  }

  private static func forward(
    _ shape: ConvolutionShape, _ variant: (instructionSet: InstructionSet, threadCount: Int)
  ) -> Benchmark {
    let name = "\(variant.instructionSet)/threads=\(variant.threadCount)"
    return Benchmark(
      "convolution/forward/\(name)", size(shape, passes: 1),
      prepare: {
        let engine = Engine(
          instructionSet: variant.instructionSet, threadCount: variant.threadCount)
        let (input, weights) = (
          matrix(imageCount, shape.inputCount), matrix(1, shape.weightCount).elements
        )
        let output = Matrix(rows: imageCount, columns: shape.outputCount)
        return {
          engine.convolve(
            input, shape, map: nil, weights: weights, into: output, moments: nil)
          return "\(output.elements[1])"
        }
      })
  }

  /// Gradients with respect to both, or, of the first layer, to the weights alone.
  private static func backward(
    _ shape: ConvolutionShape, _ variant: (instructionSet: InstructionSet, threadCount: Int)
  ) -> Benchmark {
    let name = "\(variant.instructionSet)/threads=\(variant.threadCount)"
    let isFirst = shape.inputChannels == 3
    return Benchmark(
      "convolution/backward/\(name)", size(shape, passes: isFirst ? 1 : 2),
      prepare: {
        let engine = Engine(
          instructionSet: variant.instructionSet, threadCount: variant.threadCount)
        let (input, weights) = (
          matrix(imageCount, shape.inputCount), matrix(1, shape.weightCount).elements
        )
        let gradient = matrix(imageCount, shape.outputCount)
        let inputGradient = isFirst ? nil : Matrix(rows: imageCount, columns: shape.inputCount)
        let weightGradient = FloatVector(count: shape.weightCount)
        let zeros = FloatVector(count: shape.weightCount)
        return {
          weightGradient.copy(zeros)
          engine.convolveBackward(
            input, shape, map: nil, weights: weights, output: gradient, gradient: gradient,
            gradientMap: nil, weightGradient: weightGradient, inputGradient: inputGradient)
          return "\(weightGradient[0])"
        }
      })
  }

  /// The product of matrices that the convolution is, without what gathers the windows.
  private static func product(_ shape: ConvolutionShape) -> Benchmark {
    let depth = shape.side * shape.side * shape.inputChannels
    return Benchmark(
      "convolution/product", size(shape, passes: 1),
      prepare: {
        let rows = imageCount * shape.positionCount
        let (a, b) = (matrix(rows, depth), matrix(depth, shape.outputChannels))
        let c = Matrix(rows: rows, columns: shape.outputChannels)
        let engine = Engine()
        return {
          engine.multiply(.plain(a), .plain(b), into: c)
          return "\(c.elements[1])"
        }
      })
  }

  private static func definition(_ shape: ConvolutionShape) -> Benchmark {
    Benchmark(
      "convolution/definition", size(shape, passes: 1),
      prepare: {
        let (input, weights) = (
          matrix(imageCount, shape.inputCount), matrix(1, shape.weightCount).elements
        )
        let output = UnsafeMutablePointer<Double>.allocate(capacity: shape.outputCount)
        nonisolated(unsafe) let result = unsafe output
        return {
          for image in 0..<imageCount {
            unsafe result.initialize(repeating: 0, count: shape.outputCount)
            unsafe convolveNaive(
              input.pointer + image * shape.inputCount, shape, weights: weights.pointer,
              into: result)
          }
          return unsafe "\(result[1])"
        }
      })
  }

  /// Forward, loss, backward and update of the residual network on a batch of 128 images of 32 x 32
  /// x 3, two views each, as `scripts/compare-convolution` does it with another program.
  private static var steps: [Benchmark] {
    [(InstructionSet.best, 1), (.best, 2)].map { set, threadCount in
      Benchmark(
        "step/residual/\(set)/threads=\(threadCount)", "batch=128 32x32x3",
        prepare: {
          let image = ImageShape(height: 32, width: 32, channels: 3)
          let encoder = Encoder(shape: EncoderShape(residual: .small), image: image, seed: 7)
          let engine = Engine(instructionSet: set, threadCount: threadCount)
          let batch = BatchGradient(
            encoder: encoder, loss: .infoNCE, temperature: 0.5, imageCount: 128, chunkSize: 128,
            engine: engine)
          let optimizer = Optimizer(kind: .sgd, weightDecay: 1e-4, encoder: encoder)
          let views = matrix(256, image.pixelCount)
          return {
            let loss = batch.evaluate { _, rows in rows.elements.copy(views.elements) }
            optimizer.step(
              parameters: encoder.parameters, gradients: batch.gradients, learningRate: 0.05,
              engine: engine)
            return loss.isFinite ? "finite" : "diverged"
          }
        })
    }
  }
}
