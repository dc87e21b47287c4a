// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Batch normalisation of B rows of D features: y = gamma (x - mean) / sqrt(variance + epsilon) +
// beta, with the mean and the (biased) variance of each feature over the rows. A call covers
// `columns` of the D features, rows being `stride` = D floats apart; sums run down the rows in
// order, so that a partition of the columns among threads changes no bit.
//
// Reference: S. Ioffe and C. Szegedy, *Batch normalization*, ICML 2015, algorithm 1.

/// Normalises by the statistics of the rows themselves, as in training.
///
/// - Parameters:
///   - input: x, (B, columns) at `stride`.
///   - output: y, the same shape; not `input`.
///   - gamma, beta: (columns).
///   - means, inverseDeviations: (columns); receive mean and 1 / sqrt(variance + epsilon).
@inline(never)
public func normalizeBatch(
  _ input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
  gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, epsilon: Float,
  into output: UnsafeMutablePointer<Float>,
  means: UnsafeMutablePointer<Float>, inverseDeviations: UnsafeMutablePointer<Float>
) {
  let reciprocal = 1 / Float(rows)
  var j = 0
  while j + 8 <= columns {
    var total = Lanes(repeating: 0)
    for i in 0..<rows { unsafe total += load(input + (i * stride + j)) }
    let mean = total * reciprocal
    var squares = Lanes(repeating: 0)
    for i in 0..<rows {
      let deviation = unsafe load(input + (i * stride + j)) - mean
      squares = multiplyAdd(deviation, deviation, squares)
    }
    let inverse = 1 / (squares * reciprocal + epsilon).squareRoot()
    let (scale, offset) = unsafe (load(gamma + j) * inverse, load(beta + j))
    for i in 0..<rows {
      let deviation = unsafe load(input + (i * stride + j)) - mean
      unsafe store(multiplyAdd(deviation, scale, offset), output + (i * stride + j))
    }
    unsafe store(mean, means + j)
    unsafe store(inverse, inverseDeviations + j)
    j += 8
  }
  while j < columns {
    var total: Float = 0
    for i in 0..<rows { unsafe total += input[i * stride + j] }
    let mean = total * reciprocal
    var squares: Float = 0
    for i in 0..<rows {
      let deviation = unsafe input[i * stride + j] - mean
      squares += deviation * deviation
    }
    let inverse = 1 / (squares * reciprocal + epsilon).squareRoot()
    let scale = unsafe gamma[j] * inverse
    for i in 0..<rows {
      unsafe output[i * stride + j] = (input[i * stride + j] - mean) * scale + beta[j]
    }
    unsafe means[j] = mean
    unsafe inverseDeviations[j] = inverse
    j += 1
  }
}

/// The gradient of `normalizeBatch`. With xhat = (x - mean) * inverseDeviation and sums over rows,
///
///     dgamma += sum dy xhat,  dbeta += sum dy,
///     dx = gamma inverseDeviation (dy - (sum dy + xhat sum dy xhat) / B).
///
/// - Parameters:
///   - input: x, (B, columns) at `stride`.
///   - gradient: dy on entry, dx on return; the same shape.
///   - gammaGradient, betaGradient: (columns); accumulated into.
@inline(never)
public func normalizeBatchBackward(
  input: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
  gamma: UnsafePointer<Float>, means: UnsafePointer<Float>,
  inverseDeviations: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
  gammaGradient: UnsafeMutablePointer<Float>, betaGradient: UnsafeMutablePointer<Float>
) {
  let reciprocal = 1 / Float(rows)
  var j = 0
  while j + 8 <= columns {
    let (mean, inverse) = unsafe (load(means + j), load(inverseDeviations + j))
    var (total, product) = (Lanes(repeating: 0), Lanes(repeating: 0))
    for i in 0..<rows {
      let at = i * stride + j
      let dy = unsafe load(gradient + at)
      total += dy
      product = unsafe multiplyAdd(dy, (load(input + at) - mean) * inverse, product)
    }
    unsafe store(load(gammaGradient + j) + product, gammaGradient + j)
    unsafe store(load(betaGradient + j) + total, betaGradient + j)
    let scale = unsafe load(gamma + j) * inverse
    let (level, slope) = (total * reciprocal, product * reciprocal)
    for i in 0..<rows {
      let at = i * stride + j
      let normalized = unsafe (load(input + at) - mean) * inverse
      unsafe store((load(gradient + at) - level - normalized * slope) * scale, gradient + at)
    }
    j += 8
  }
  while j < columns {
    let (mean, inverse) = unsafe (means[j], inverseDeviations[j])
    var (total, product) = (Float(0), Float(0))
    for i in 0..<rows {
      let at = i * stride + j
      unsafe total += gradient[at]
      unsafe product += gradient[at] * ((input[at] - mean) * inverse)
    }
    unsafe gammaGradient[j] += product
    unsafe betaGradient[j] += total
    let scale = unsafe gamma[j] * inverse
    let (level, slope) = (total * reciprocal, product * reciprocal)
    for i in 0..<rows {
      let at = i * stride + j
      let normalized = unsafe (input[at] - mean) * inverse
      unsafe gradient[at] = (gradient[at] - level - normalized * slope) * scale
    }
    j += 1
  }
}

/// y = x * scale + offset for every feature: normalisation by statistics known beforehand, and the
/// addition of a bias.
///
/// - Parameters:
///   - matrix: (rows, columns), contiguous; x on entry, y on return.
///   - scale: (columns), or nil for 1.
///   - offset: (columns).
@inline(never)
public func transformColumns(
  _ matrix: UnsafeMutablePointer<Float>, rows: Int, columns: Int,
  scale: UnsafePointer<Float>?, offset: UnsafePointer<Float>
) {
  for i in 0..<rows {
    let row = unsafe matrix + i * columns
    var j = 0
    if let scale = unsafe scale {
      while j + 8 <= columns {
        unsafe store(multiplyAdd(load(row + j), load(scale + j), load(offset + j)), row + j)
        j += 8
      }
      while j < columns {
        unsafe row[j] = row[j] * scale[j] + offset[j]
        j += 1
      }
    } else {
      while j + 8 <= columns {
        unsafe store(load(row + j) + load(offset + j), row + j)
        j += 8
      }
      while j < columns {
        unsafe row[j] += offset[j]
        j += 1
      }
    }
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
