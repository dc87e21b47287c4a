// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The kernels that are compiled for several instruction sets, as one value that `Engine` chooses.
///
/// The folder `Kernels` is compiled once for each set, and every module conforms to this by a type
/// of its own. Shapes, ranges and what is assigned or accumulated into are documented there:
/// pointers are to memory whose sizes the caller has checked.
package protocol KernelSet: Sendable {
  // MARK: Products and sums

  func multiply(
    rows: Int, columns: Int, depth: Int,
    a: UnsafePointer<Float>, aRow: Int, aDepth: Int,
    b: UnsafePointer<Float>, bDepth: Int, bColumn: Int,
    c: UnsafeMutablePointer<Float>, cRow: Int, accumulates: Bool,
    workspace: UnsafeMutablePointer<Float>
  )

  func pack(
    _ b: UnsafePointer<Float>, depth: Int, columns: Int, bDepth: Int, bColumn: Int,
    into packed: UnsafeMutablePointer<Float>
  )

  func multiply(
    rows: Int, columns: Int, depth: Int,
    a: UnsafePointer<Float>, aRow: Int, aDepth: Int, packed: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>, cRow: Int, accumulates: Bool,
    workspace: UnsafeMutablePointer<Float>
  )

  func dotProduct(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
  ) -> Float

  func addColumnSums(
    _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    to sums: UnsafeMutablePointer<Float>
  )

  // MARK: Element by element

  func rectify(
    _ input: UnsafePointer<Float>, count: Int, into output: UnsafeMutablePointer<Float>
  )

  func rectifyBackward(
    output: UnsafePointer<Float>, count: Int, gradient: UnsafeMutablePointer<Float>
  )

  func exponentials(_ values: UnsafeMutablePointer<Float>, count: Int)

  func logarithms(_ values: UnsafeMutablePointer<Float>, count: Int)

  func logarithms(_ values: UnsafeMutablePointer<Double>, count: Int)

  func moveAverage(
    _ values: UnsafeMutablePointer<Float>, towards targets: UnsafePointer<Float>, count: Int,
    rate: Float
  )

  func transformColumns(
    _ matrix: UnsafeMutablePointer<Float>, rows: Int, columns: Int,
    scale: UnsafePointer<Float>?, offset: UnsafePointer<Float>
  )

  // MARK: Rows

  func logSumExponential(
    _ values: UnsafePointer<Float>, count: Int, factor: Float
  ) -> Float

  func softMax(
    _ values: UnsafeMutablePointer<Float>, count: Int, factor: Float, scale: Float
  ) -> Float

  func crossEntropyBackward(
    _ scores: UnsafeMutablePointer<Float>, rows: Int, columns: Int, labels: UnsafePointer<Int>
  )

  func normalizeRows(
    _ input: UnsafePointer<Float>, rows: Int, columns: Int,
    into output: UnsafeMutablePointer<Float>, lengths: UnsafeMutablePointer<Float>
  )

  func normalizeRowsBackward(
    output: UnsafePointer<Float>, lengths: UnsafePointer<Float>, rows: Int, columns: Int,
    gradient: UnsafeMutablePointer<Float>
  )

  func embedBags(
    _ bags: UnsafePointer<Float>, count: Int, bagStride: Int, table: UnsafePointer<Float>,
    tableRows: Int, columns: Int, into output: UnsafeMutablePointer<Float>
  )

  func embedBagsBackward(
    _ bags: UnsafePointer<Float>, count: Int, bagStride: Int, gradient: UnsafePointer<Float>,
    columns: Int, stride: Int, tableRows: Int, tableGradient: UnsafeMutablePointer<Float>
  )

  // MARK: Batch normalisation

  func normalizeBatch(
    _ input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, epsilon: Float,
    into output: UnsafeMutablePointer<Float>,
    means: UnsafeMutablePointer<Float>, inverseDeviations: UnsafeMutablePointer<Float>,
    rectifies: Bool
  )

  func columnMoments(
    _ input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    means: UnsafeMutablePointer<Float>, squares: UnsafeMutablePointer<Float>
  )

  func normalizeColumns(
    _ input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>,
    means: UnsafePointer<Float>, inverseDeviations: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, rectifies: Bool
  )

  func addNormalizationSums(
    input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    means: UnsafePointer<Float>, inverseDeviations: UnsafePointer<Float>,
    gradient: UnsafePointer<Float>,
    products: UnsafeMutablePointer<Float>, totals: UnsafeMutablePointer<Float>,
    gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, rectified: Bool
  )

  func normalizeBatchBackward(
    input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int, batchRows: Int,
    gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, means: UnsafePointer<Float>,
    inverseDeviations: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    products: UnsafePointer<Float>, totals: UnsafePointer<Float>, rectified: Bool
  )

  // MARK: Convolution

  func packForward(
    _ weights: UnsafePointer<Float>, _ shape: ConvolutionShape,
    into packed: UnsafeMutablePointer<Float>
  )

  func convolve(
    _ input: UnsafePointer<Float>, images: Int, _ shape: ConvolutionShape,
    map: UnsafePointer<Float>?, packed: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, workspace: UnsafeMutablePointer<Float>
  )

  func packBackward(
    _ weights: UnsafePointer<Float>, _ shape: ConvolutionShape,
    into packed: UnsafeMutablePointer<Float>
  )

  func convolveBackward(
    _ input: UnsafePointer<Float>, images: Int, first: Int, _ shape: ConvolutionShape,
    map: UnsafePointer<Float>?, gradient: UnsafePointer<Float>, output: UnsafePointer<Float>,
    gradientMap: UnsafePointer<Float>?, pairs: UnsafeMutablePointer<Float>,
    packed: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?, accumulates: Bool,
    workspace: UnsafeMutablePointer<Float>
  )

  func addWeightGradients(
    _ pairs: UnsafePointer<Float>, images: Int, _ shape: ConvolutionShape, firstUnit: Int,
    unitCount: Int, to sums: UnsafeMutablePointer<Float>
  )

  func addWinogradWeightGradient(
    _ planes: UnsafePointer<Float>, depth: Int, columns: Int,
    to gradient: UnsafeMutablePointer<Float>
  )

  // MARK: Pixels and channels

  func channelGradientSums(
    _ gradient: UnsafeMutablePointer<Float>, input: UnsafePointer<Float>, count: Int, channels: Int,
    map: UnsafePointer<Float>, isRectified: Bool, output: UnsafePointer<Float>?,
    into sums: UnsafeMutablePointer<Float>
  )

  func averagePixels(
    _ input: UnsafePointer<Float>, images: Int, pixels: Int, channels: Int,
    into output: UnsafeMutablePointer<Float>
  )

  func averagePixelsBackward(
    _ gradient: UnsafePointer<Float>, images: Int, pixels: Int, channels: Int,
    into inputGradient: UnsafeMutablePointer<Float>
  )

  func rectifySum(
    _ input: UnsafePointer<Float>, map: UnsafePointer<Float>, shortcut: UnsafePointer<Float>?,
    shortcutMap: UnsafePointer<Float>?, count: Int, channels: Int,
    into output: UnsafeMutablePointer<Float>
  )

  func addElements(
    _ other: UnsafePointer<Float>, count: Int, to sum: UnsafeMutablePointer<Float>
  )

  // MARK: Powers in double precision

  func relativePowers(
    _ values: UnsafePointer<Float>, count: Int, offset: Double, divisor: Double,
    into result: UnsafeMutablePointer<Double>
  )

  // MARK: Laplace transforms

  func scaledExponentials(
    _ values: UnsafePointer<Float>, count: Int, offset: Double, factor: Double,
    into result: UnsafeMutablePointer<Double>
  )

  func addTransforms(
    _ values: UnsafePointer<Double>, weights: UnsafePointer<Double>, count: Int, groups: Int,
    chains: UnsafeMutablePointer<Double>, to sums: UnsafeMutablePointer<Double>
  )

  func powerSum(
    _ logarithms: UnsafePointer<Double>, factors: UnsafePointer<Double>, count: Int,
    exponent: Double
  ) -> Double

  // MARK: Steps of optimisers

  func momentumStep(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    velocities: UnsafeMutablePointer<Float>, count: Int,
    learningRate: Float, momentum: Float, weightDecay: Float, scale: Float
  )

  func adamStep(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    means: UnsafeMutablePointer<Float>, squares: UnsafeMutablePointer<Float>, count: Int,
    beta1: Float, beta2: Float, shrinkage: Float, stepSize: Float, epsilon: Float
  )
}
