// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The probabilities of a circle's degrees, sixteen at a time.
///
/// e^(-i j t), j = n - n0, is the product of three turns: to the start of every second block by sine and cosine,
/// from there to the next block by e^(-16 i t), and within the block by e^(-i b t), b = 4 h + l, itself a product of
/// two. Errors in units of u, of |a_k|: the stored angle is exact here (see `ApproximateCircle`).
///
/// * A turn by sine and cosine: the angle's rounding |j| t, and 4 for each function, 5.7 in size. Complex products
///   sqrt(5) (Brent, Percival, Zimmermann 2007). Start: |j| t + 8; next block 8; within: 5.7 + 5.7 + 2.3, two products of
///   angles 15 t at most, less than |j| t + 15 t; real part of the product: 3. Together 34 + 3 |j| t + 15 t.
/// * The sum over K + 1 nodes: K + 1.
///
/// The factor n! r^-n e^(r + base) is computed for the block's first degree, 13 u as in `UniformApproximation` and
/// 2^-54, and carried on by (n + 1)/r: 2 u each, 30 at most.
struct ApproximateBlocks {
  private let circle: ApproximateCircle
  /// e^(-i b t_k), b = 0...15.
  private var cosines: [SIMD16<Double>]
  private var sines: [SIMD16<Double>]
  /// a_k turned to the current block's first degree.
  private var real: [Double]
  private var imaginary: [Double]
  private var blockCount = 0

  /// The first degree of the next block.
  private(set) var degree: Int

  init(_ circle: ApproximateCircle) {
    self.circle = circle
    degree = circle.center - circle.reach
    (real, imaginary) = (circle.real, circle.imaginary)
    cosines = []
    sines = []
    cosines.reserveCapacity(real.count)
    sines.reserveCapacity(real.count)
    for t in circle.angles {
      var (cosine, sine) = (SIMD16<Double>(), SIMD16<Double>())
      var low: (SIMD4<Double>, SIMD4<Double>) = ([1, 0, 0, 0], [0, 0, 0, 0])
      for l in 1..<4 {
        low.0[l] = cos(Double(l) * t)
        low.1[l] = sin(Double(l) * t)
      }
      for h in 0..<4 {
        let (c, s) = h == 0 ? (1, 0) : (cos(Double(4 * h) * t), sin(Double(4 * h) * t))
        for l in 0..<4 {
          cosine[4 * h + l] = low.0[l] * c - low.1[l] * s
          sine[4 * h + l] = low.0[l] * s + low.1[l] * c
        }
      }
      cosines.append(cosine)
      sines.append(sine)
    }
  }

  /// Whether another block begins within the circle's reach.
  var isFinished: Bool { degree > circle.center + circle.reach }

  /// Goes through the degrees of the next block.
  ///
  /// - Returns: false if an error was not small.
  @inline(__always)
  mutating func next(_ body: (ApproximateCoverage) throws -> Void) rethrows -> Bool {
    turn()
    var sums = SIMD16<Double>()
    for k in real.indices {
      sums += real[k] * cosines[k] + imaginary[k] * sines[k]
    }
    let count = min(16, circle.center + circle.reach + 1 - degree)
    let (factor, exponent) = prefactor(degree)
    var scale = factor
    let nodes = Double(circle.nodeCount)
    let fixed = circle.error + (35 + Double(real.count)) * ApproximateCircle.unit * circle.size
    for b in 0..<count {
      let n = degree + b
      let distance = Double(abs(n - circle.center))
      let absolute =
        fixed + (3 * distance + 15) * ApproximateCircle.unit * circle.moment
      let sum = sums[b]
      guard sum > 16 * absolute else { return false }
      let error =
        (absolute / (sum - absolute) + (14 + 2 * Double(b)) * ApproximateCircle.unit)
        * (1 + 0x1p-20)
      let coverage = ApproximateCoverage(
        drawCount: n, scale * (sum / nodes), exponent: exponent, relativeError: error,
        isMiss: circle.isMiss)
      try body(coverage)
      scale = scale * Double(n + 1) / circle.radius
    }
    degree += 16
    return true
  }

  /// Turns to `degree`, by which the block begins.
  private mutating func turn() {
    let isFresh = blockCount % 2 == 0
    let offset = Double(degree - circle.center)
    for k in real.indices {
      let t = circle.angles[k]
      let angle = isFresh ? offset * t : 16 * t
      let (c, s) = (cos(angle), sin(angle))
      let (x, y) = isFresh ? (circle.real[k], circle.imaginary[k]) : (real[k], imaginary[k])
      real[k] = x * c + y * s
      imaginary[k] = y * c - x * s
    }
    blockCount += 1
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

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
