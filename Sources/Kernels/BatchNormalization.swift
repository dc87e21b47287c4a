// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Batch normalisation of B rows of D features: y = gamma (x - mean) / sqrt(variance + epsilon) +
// beta, with the mean and the (biased) variance of each feature over the rows. A call covers
// `columns` of the D features, rows being `stride` = D floats apart; sums run down the rows in
// order, so that a partition of the columns among threads changes no bit.
//
// A sweep goes through memory from one end to the other, eight rows abreast, with its sums in
// memory: they stay in the first cache, and the rows come as fast as the second delivers them.
//
// Reference: S. Ioffe and C. Szegedy, *Batch normalization*, ICML 2015, algorithm 1.

extension CompiledKernels {
  /// Normalises by the statistics of the rows themselves, as in training.
  ///
  /// - Parameters:
  ///   - input: x, (B, columns) at `stride`.
  ///   - output: y, the same shape; not `input`.
  ///   - gamma, beta: (columns).
  ///   - means, inverseDeviations: (columns); receive mean and 1 / sqrt(variance + epsilon).
  ///   - rectifies: Whether y is what `rectify` makes of that.
  @inline(never)
  package func normalizeBatch(
    _ input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, epsilon: Float,
    into output: UnsafeMutablePointer<Float>,
    means: UnsafeMutablePointer<Float>, inverseDeviations: UnsafeMutablePointer<Float>,
    rectifies: Bool
  ) {
    unsafe columnMoments(
      input, rows: rows, columns: columns, stride: stride, means: means, squares: inverseDeviations)
    let reciprocal = 1 / Float(rows)
    for j in 0..<columns {
      let variance = unsafe inverseDeviations[j] * reciprocal
      unsafe inverseDeviations[j] = 1 / (variance + epsilon).squareRoot()
    }
    unsafe normalizeColumns(
      input, rows: rows, columns: columns, stride: stride, gamma: gamma, beta: beta, means: means,
      inverseDeviations: inverseDeviations, into: output, rectifies: rectifies)
  }

  /// The statistics of some of the rows of a batch.
  ///
  /// - Parameters:
  ///   - input: x, (rows, columns) at `stride`.
  ///   - means, squares: (columns); receive the mean of each column and the sum of squared
  ///     deviations from it.
  @inline(never)
  package func columnMoments(
    _ input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    means: UnsafeMutablePointer<Float>, squares: UnsafeMutablePointer<Float>
  ) {
    for j in 0..<columns {
      unsafe means[j] = 0
      unsafe squares[j] = 0
    }
    unsafe addColumnSums(input, rows: rows, columns: columns, stride: stride, to: means)
    let reciprocal = 1 / Float(rows)
    for j in 0..<columns { unsafe means[j] *= reciprocal }
    @inline(__always)
    func block(_ i: Int, _ height: Int, _ j: Int, _ width: Int) {
      let mean = unsafe load(means + j, width)
      var total = unsafe load(squares + j, width)
      for r in i..<i + height {
        let deviation = unsafe load(input + (r * stride + j), width) - mean
        total = multiplyAdd(deviation, deviation, total)
      }
      unsafe store(total, squares + j, width)
    }
    sweep(rows: rows, columns: columns, block)
  }

  /// Normalises rows by statistics known beforehand.
  ///
  /// - Parameters: As of `normalizeBatch`; `means` and `inverseDeviations` are read.
  @inline(never)
  package func normalizeColumns(
    _ input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>,
    means: UnsafePointer<Float>, inverseDeviations: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, rectifies: Bool
  ) {
    // Nothing is below minus infinity.
    let floor = Lanes(repeating: rectifies ? 0 : -.infinity)
    @inline(__always)
    func block(_ i: Int, _ height: Int, _ j: Int, _ width: Int) {
      let (mean, offset) = unsafe (load(means + j, width), load(beta + j, width))
      let scale = unsafe load(gamma + j, width) * load(inverseDeviations + j, width)
      for r in i..<i + height {
        let at = r * stride + j
        let deviation = unsafe load(input + at, width) - mean
        let y = multiplyAdd(deviation, scale, offset)
        unsafe store(y.replacing(with: 0, where: y .< floor), output + at, width)
      }
    }
    sweep(rows: rows, columns: columns, backwards: true, block)
  }
}

/// `normalizeBatch` by its definition in double precision: what it is tested against.
@inline(never)
public func normalizeBatchNaive(
  _ input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
  gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, epsilon: Float,
  into output: UnsafeMutablePointer<Float>
) {
  for j in 0..<columns {
    var (total, squares) = (0.0, 0.0)
    for i in 0..<rows { unsafe total += Double(input[i * stride + j]) }
    let mean = total / Double(rows)
    for i in 0..<rows {
      let deviation = unsafe Double(input[i * stride + j]) - mean
      squares += deviation * deviation
    }
    let inverse = 1 / (squares / Double(rows) + Double(epsilon)).squareRoot()
    for i in 0..<rows {
      let normalized = unsafe (Double(input[i * stride + j]) - mean) * inverse
      unsafe output[i * stride + j] = Float(normalized * Double(gamma[j]) + Double(beta[j]))
    }
  }
}
