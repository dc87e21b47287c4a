// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// v_n and 1 - v_n for C equal classes and n draws with replacement as floating-point numbers, without
/// allocation.
///
/// u = 2^-53 throughout; libm's exp, expm1, log, log1p, sin, cos and atan are assumed to err by at most 2
/// units in the last place, 4 u relatively, which the tests compare with MPFR.
struct UniformApproximation {
  let probability: ApproximateProbability
  let complement: ApproximateProbability

  /// nil where no small error can be proven: more than 2^26 classes or 2^32 draws, or few classes that
  /// are drawn several times each.
  ///
  /// - Precondition: 2 <= C <= n.
  init?(classCount: Int, drawCount: Int) {
    guard classCount <= UniformSaddle.classLimit, drawCount <= UniformSaddle.drawLimit else {
      return nil
    }
    if let miss = UniformAlternatingSum(classCount: classCount, drawCount: drawCount) {
      self.init(miss)
      return
    }
    guard let (sum, sumError) = Self.tilted(classCount, drawCount) else { return nil }
    let prefactor = sum.prefactor.exponential()
    // sqrt(2 pi n): u for the constant, the product and the root, halved or not: 2.5 u. Its product with the
    // exponential, the sum's quotient by N, and their product: 3 u. The exponential 6 u, its
    // argument 2^-54 + 2^-55: 13 u.
    let root = (2 * Double.pi * Double(drawCount)).squareRoot()
    let factor = root * prefactor.significand * (sum.value / sum.nodes)
    let error = (sumError + 13 * 0x1p-53) * (1 + 0x1p-30)
    let probability = ApproximateProbability(
      factor, exponent: prefactor.exponent, relativeError: error)
    let v = probability.value
    // v < 1/2: 1 - v errs by error v/(1 - v) and u. Below the normal range v is less than u.
    let complement = ApproximateProbability(
      1 - v, exponent: 0, relativeError: (error * v / (1 - v) + 0x1p-52) * (1 + 0x1p-30))
    self.init(probability: probability, complement: complement)
  }

  private init(probability: ApproximateProbability, complement: ApproximateProbability) {
    self.probability = probability
    self.complement = complement
  }

  /// 1 - v_n <= 1 is given; v_n = 1 - value 2^exponent.
  private init(_ miss: UniformAlternatingSum) {
    complement = ApproximateProbability(
      miss.value, exponent: miss.exponent, relativeError: miss.relativeError)
    let m = complement.value
    let v = 1 - m
    // The difference is rounded, and 1 - v_n errs by m times its error, or by 2^-1000.
    let error = (m * miss.relativeError / v + 0x1p-53) * (1 + 0x1p-30) + 0x1p-60
    probability = ApproximateProbability(v, exponent: 0, relativeError: error)
  }

  private struct Tilted {
    let prefactor: FixedSum
    let value: Double
    let nodes: Double
  }

  /// P(S = n) N and the rest of v_n.
  private static func tilted(_ classCount: Int, _ drawCount: Int) -> (Tilted, Double)? {
    if drawCount == classCount {
      // C!/C^C = sqrt(2 pi C) e^(delta(C) - C).
      var sum = FixedSum()
      sum.add(drawCount, times: -1)
      sum.add(small: stirlingError(drawCount))
      return (Tilted(prefactor: sum, value: 1, nodes: 1), 0)
    }
    let saddle = UniformSaddle(classCount: classCount, drawCount: drawCount)
    guard let contour = UniformContour(saddle) else { return nil }
    let (value, error) = contour.sum()
    guard error < 0x1p-40 else { return nil }
    return (
      Tilted(
        prefactor: saddle.logPrefactor, value: value, nodes: Double(contour.nodeCount)), error
    )
  }
}
