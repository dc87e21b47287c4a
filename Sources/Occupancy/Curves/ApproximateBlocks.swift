// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The probabilities of a circle's degrees, sixteen at a time.
///
/// With s the step of the angles t_k = k s and j = n - n0, e^(-i j t_k) is the product of two turns, to the block's
/// first degree and within the block, each the k-th power of a turn by sine and cosine, made by k - 1 products.
/// Errors in units of u, of |a_k|; a_k belongs to the stored angle, which is off k s by u, so by |j| t_k here:
///
/// * A turn e^(-i j s): |j| s for the rounded angle, and 4 for each function, 5.7 in size. Complex products by
///   sqrt(5) (Brent, Percival, Zimmermann 2007): the power by 8 k + |j| t_k; the product of both and that with
///   a_k 4.5, its real part 3. Together 8 + 16 k + 2 |j| t_k + 15 t_k.
/// * The sum over K + 1 nodes: K + 1.
///
/// The factor n! r^-n e^(r + base) is computed for the block's first degree, 13 u as in `UniformApproximation` and
/// 2^-54, and carried on by (n + 1)/r: 2 u each, 30 at most.
struct ApproximateBlocks {
  private let circle: ApproximateCircle
  /// e^(-i b t_k), b = 0...15.
  private var cosines: [SIMD16<Double>]
  private var sines: [SIMD16<Double>]

  /// The first degree of the next block.
  private(set) var degree: Int

  init(_ circle: ApproximateCircle) {
    self.circle = circle
    degree = circle.center - circle.reach
    var (cosine, sine) = (SIMD16<Double>(repeating: 1), SIMD16<Double>())
    for b in 1..<16 {
      cosine[b] = cos(Double(b) * circle.step)
      sine[b] = sin(Double(b) * circle.step)
    }
    (cosines, sines) = ([SIMD16(repeating: 1)], [SIMD16()])
    cosines.reserveCapacity(circle.real.count)
    sines.reserveCapacity(circle.real.count)
    for k in 1..<max(circle.real.count, 1) {
      let (c, s) = (cosines[k - 1], sines[k - 1])
      cosines.append(c * cosine - s * sine)
      sines.append(c * sine + s * cosine)
    }
  }

  /// Whether another block begins within the circle's reach.
  var isFinished: Bool { degree > circle.center + circle.reach }

  /// Goes through the degrees of the next block.
  ///
  /// - Returns: false if an error was not small.
  @inline(__always)
  mutating func next(_ body: (ApproximateCoverage) throws -> Void) rethrows -> Bool {
    let sums = blockSums()
    let count = min(16, circle.center + circle.reach + 1 - degree)
    let (factor, exponent) = prefactor(degree)
    // The quotient by N is counted with the products of the factor.
    var scale = factor / Double(circle.nodeCount)
    let unit = ApproximateCircle.unit
    let fixed =
      circle.error + (9 + Double(cosines.count)) * unit * circle.size
      + (15 + 16 / circle.step) * unit * circle.moment
    for b in 0..<count {
      let n = degree + b
      let distance = Double(abs(n - circle.center))
      let absolute = fixed + 2 * distance * unit * circle.moment
      let sum = sums[b]
      guard sum > 16 * absolute else { return false }
      let error =
        (absolute / (sum - absolute) + (14 + 2 * Double(b)) * unit)
        * (1 + 0x1p-20)
      let coverage = ApproximateCoverage(
        drawCount: n, scale * sum, exponent: exponent, relativeError: error,
        isMiss: circle.isMiss)
      try body(coverage)
      scale = scale * Double(n + 1) / circle.radius
    }
    degree += 16
    return true
  }

  /// The sums for sixteen degrees: a_k turned to the first one, then by each b.
  private func blockSums() -> SIMD16<Double> {
    let angle = Double(degree - circle.center) * circle.step
    let (c, s) = (cos(angle), sin(angle))
    var sums = SIMD16<Double>()
    var (cosine, sine) = (1.0, 0.0)
    for k in cosines.indices {
      let (x, y) = (circle.real[k], circle.imaginary[k])
      let re: Double = x * cosine + y * sine
      let im: Double = y * cosine - x * sine
      let first: SIMD16<Double> = cosines[k] * re
      let second: SIMD16<Double> = sines[k] * im
      sums += first + second
      (cosine, sine) = (cosine * c - sine * s, cosine * s + sine * c)
    }
    return sums
  }

  /// n! r^-n e^(r + base) = sqrt(2 pi n) e^(delta(n) + (r - n) - n ln(r/n) + base).
  private func prefactor(_ n: Int) -> (factor: Double, exponent: Int) {
    var sum = circle.base
    sum.add(1, times: circle.radius)
    sum.add(n, times: -1)
    let significand = UInt128(circle.radius.significandBitPattern | 1 << 52)
    let ratio = FixedLogarithm(
      significand, scale: 52 - Int(circle.radius.exponent), over: UInt64(n))
    sum.add(-n, times: ratio)
    sum.add(small: stirlingError(n))
    let power = sum.exponential()
    return (power.significand * (2 * Double.pi * Double(n)).squareRoot(), power.exponent)
  }
}
