// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Randomness

/// A convolution without bias and the batch normalisation of its channels over all pixels of all
/// images, as parts of a layer.
///
/// The normalised values are never stored: whoever reads the output goes through its map, max(0, (x
/// - mean) scale + offset). Parameters: weights, (side, side, inputChannels, outputChannels), then
/// gamma and beta. State: running mean and variance. Kept: the outputs, (images, outputCount), the
/// map, the inverse deviations, and sums by image.
///
/// Weights start uniform with variance 2 / (side^2 inputChannels), K. He et al., *Delving deep into
/// rectifiers*, ICCV 2015, eq. 10.
struct NormalizedConvolution: Sendable {
  let shape: ConvolutionShape

  /// Channels of the output.
  private var width: Int { shape.outputChannels }

  var tensors: [ParameterTensor] {
    let scales = ParameterTensor(count: width, isWeight: false)
    return [ParameterTensor(count: shape.weightCount, isWeight: true), scales, scales]
  }

  var parameterCount: Int { shape.weightCount + 2 * width }
  var stateCount: Int { 2 * width }

  func savedCount(rows: Int) -> Int { rows * (shape.outputCount + 2 * width) + 4 * width }

  /// The windows of one convolution, and what of them is what.
  struct Memory {
    let weights, gamma, beta: FloatVector
    let runningMeans, runningVariances: FloatVector
    let channels: NormalizedChannels
    let inverseDeviations: FloatVector
    /// (images, 2 width): on the way forward means and sums of squared deviations, on the way back
    /// what `Engine.rectifyBackward` leaves.
    let sums: Matrix
  }

  /// The windows of this convolution, taken from the front of those that remain of a layer.
  ///
  /// - Parameter rest: The windows of all convolutions from this one on; of the others on return.
  func memory(rows: Int, from rest: inout LayerMemory) -> Memory {
    func split(_ vector: FloatVector, _ count: Int) -> (FloatVector, FloatVector) {
      (vector[0..<count], vector[count..<vector.count])
    }
    let (parameters, otherParameters) = split(rest.parameters, parameterCount)
    let (state, otherState) = split(rest.state, stateCount)
    // The tape may have room for more rows than there are: the vectors come first.
    let (vectors, images) = split(rest.saved, 4 * width)
    let (output, others) = split(images, rows * shape.outputCount)
    let (sums, otherSaved) = split(others, rows * 2 * width)
    rest = LayerMemory(parameters: otherParameters, state: otherState, saved: otherSaved)
    let weightCount = shape.weightCount
    return Memory(
      weights: parameters[0..<weightCount], gamma: parameters[weightCount..<weightCount + width],
      beta: parameters[weightCount + width..<weightCount + 2 * width],
      runningMeans: state[0..<width], runningVariances: state[width..<2 * width],
      channels: NormalizedChannels(
        output: Matrix(output, rows: rows, columns: shape.outputCount),
        map: vectors[0..<3 * width]),
      inverseDeviations: vectors[3 * width..<4 * width],
      sums: Matrix(sums, rows: rows, columns: 2 * width))
  }

  /// Sets parameters and state to what training starts from.
  func initialize(_ memory: Memory, generator: inout SplitMix64) {
    // A uniform law on +-b has variance b^2 / 3.
    let bound = (6 / Double(shape.side * shape.side * shape.inputChannels)).squareRoot()
    for index in 0..<memory.weights.count {
      memory.weights[index] = Float(generator.uniform(-bound, bound))
    }
    memory.gamma.fill(1)
    memory.beta.fill(0)
    memory.runningMeans.fill(0)
    memory.runningVariances.fill(1)
  }

  /// Computes the outputs and their map.
  ///
  /// - Parameters:
  ///   - input: (images, inputCount).
  ///   - map: What the input goes through first, or nil.
  ///   - before: As in `Engine.convolve`.
  func forward(
    _ input: Matrix, map: FloatVector?, memory: Memory, mode: LayerMode, engine: Engine,
    before: (_ images: Range<Int>) -> Void = { _ in }
  ) {
    let channels = memory.channels
    let (means, scales) = (channels.map[0..<width], channels.map[width..<2 * width])
    let epsilon = BatchNormalizationLayer.epsilon
    channels.map[2 * width..<3 * width].copy(memory.beta)
    switch mode {
    case .training(let updatesState), .trainingPart(let updatesState):
      engine.convolve(
        input, shape, map: map, weights: memory.weights, into: channels.output,
        moments: memory.sums, before: before)
      for j in 0..<width {
        let (mean, variance) = statistics(memory.sums, channel: j)
        let inverse = 1 / (variance + Double(epsilon)).squareRoot()
        means[j] = Float(mean)
        memory.inverseDeviations[j] = Float(inverse)
        scales[j] = memory.gamma[j] * Float(inverse)
        if updatesState { updateState(memory, channel: j, mean, variance, images: input.rows) }
      }
    case .evaluation:
      engine.convolve(
        input, shape, map: map, weights: memory.weights, into: channels.output, moments: nil,
        before: before)
      means.copy(memory.runningMeans)
      for j in 0..<width {
        scales[j] = memory.gamma[j] / (memory.runningVariances[j] + epsilon).squareRoot()
      }
    }
  }

  /// Mean and biased variance of a channel over all images, from those of each image.
  private func statistics(_ moments: Matrix, channel: Int) -> (mean: Double, variance: Double) {
    let (images, pixels) = (Double(moments.rows), Double(shape.positionCount))
    var total = 0.0
    for image in 0..<moments.rows { total += Double(moments[image, channel]) }
    let mean = total / images
    var squares = 0.0
    for image in 0..<moments.rows {
      let deviation = Double(moments[image, channel]) - mean
      squares += Double(moments[image, width + channel]) + pixels * deviation * deviation
    }
    return (mean, squares / (images * pixels))
  }

  private func updateState(
    _ memory: Memory, channel: Int, _ mean: Double, _ variance: Double, images: Int
  ) {
    let count = Double(images * shape.positionCount)
    // A single pixel has no unbiased variance; its biased one, 0, is taken as it is.
    let unbiased = Float(count > 1 ? variance * count / (count - 1) : variance)
    let (means, variances) = (memory.runningMeans, memory.runningVariances)
    means[channel] += BatchNormalizationLayer.rate * (Float(mean) - means[channel])
    variances[channel] += BatchNormalizationLayer.rate * (unbiased - variances[channel])
  }

  /// Computes the gradients.
  ///
  /// - Parameters:
  ///   - input, map: As in `forward`, whose mode was training.
  ///   - gradient: With respect to the normalised outputs; its sums by image are in `memory`.
  ///   - gradients: The part of the gradients of parameters that is this convolution's.
  ///   - inputGradient, accumulates, done: As in `Engine.convolveBackward`.
  func backward(
    _ input: Matrix, map: FloatVector?, memory: Memory, gradient: Matrix,
    gradients: FloatVector?, inputGradient: Matrix?, accumulates: Bool = false, engine: Engine,
    done: (_ images: Range<Int>) -> Void = { _ in }
  ) {
    let weightCount = shape.weightCount
    let scaleGradients = gradients?[weightCount..<weightCount + 2 * width]
    let (sums, count) = (memory.sums, Double(input.rows * shape.positionCount))
    let gradientMap = FloatVector(count: 4 * width)
    for j in 0..<width {
      var (total, product) = (0.0, 0.0)
      for image in 0..<sums.rows {
        total += Double(sums[image, j])
        product += Double(sums[image, width + j])
      }
      // With xhat = (x - mean) inverse: dx = gamma inverse (dy - mean of dy - xhat mean of dy
      // xhat).
      let inverse = Double(memory.inverseDeviations[j])
      scaleGradients?[j] += Float(product * inverse)
      scaleGradients?[width + j] += Float(total)
      gradientMap[j] = memory.channels.map[j]
      gradientMap[width + j] = memory.channels.map[width + j]
      gradientMap[2 * width + j] = Float(inverse * inverse * product / count)
      gradientMap[3 * width + j] = Float(total / count)
    }
    engine.convolveBackward(
      input, shape, map: map, weights: memory.weights, output: memory.channels.output,
      gradient: gradient, gradientMap: gradientMap, weightGradient: gradients?[0..<weightCount],
      inputGradient: inputGradient, accumulates: accumulates, done: done)
  }
}
