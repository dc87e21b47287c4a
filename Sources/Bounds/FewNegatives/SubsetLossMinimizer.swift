// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Kernels

/// Minimises a subset loss by Newton's method, with a proof of how near the minimiser is.
struct SubsetLossMinimizer {
  /// Scores, with a bound of the Euclidean distance to the minimiser of the same mean.
  struct Solution {
    let scores: [Rational]
    let distance: Enclosure
    /// A bound of f there above its minimum.
    let excess: Enclosure
  }

  /// Corrections after the solution in double precision: each adds more than ten bits.
  private static let refinementLimit = 400
  private static let stepLimit = 200

  let loss: SubsetLoss
  private let weights: [Double]
  private let coefficients: [Double]

  init(_ loss: SubsetLoss) {
    self.loss = loss
    weights = loss.terms.map(\.weight.double)
    coefficients = loss.coefficients.map(\.double)
  }

  /// Scores near the minimiser, at a working precision in bits.
  ///
  /// Newton's method in double precision, then corrections -H^-1 g with exact scores and a gradient
  /// at the working precision, of which each is right to about half a double's digits.
  ///
  /// - Throws: `ConvergenceError` if the distance cannot be bounded.
  func solution(precision: Int) throws(ConvergenceError) -> Solution {
    var scores = doubleMinimizer().map { Real($0).rational }
    var best: Solution?
    var lastSize = Double.infinity
    for _ in 0..<Self.refinementLimit {
      let gradient = loss.gradient(scores, precision: precision)
      if let solution = certified(scores, gradient, precision: precision) {
        let size = solution.distance.upper.double()
        // Once rounding is all that is left of the gradient it does not get smaller.
        if size >= 0.5 * lastSize { break }
        lastSize = size
        best = solution
      }
      let middle = gradient.map { 0.5 * ($0.lower.double() + $0.upper.double()) }
      let step = newtonStep(at: scores.map(\.double), gradient: middle)
      scores = zip(scores, step).map { $0 + Real($1).rational }
    }
    guard let best else {
      throw ConvergenceError(operation: "a subset loss", precisionReached: precision)
    }
    return best
  }

  // MARK: - The proof

  /// The distance to the minimiser, if it can be bounded.
  ///
  /// A pair {i, j} adds W p_i p_j (e_i - e_j)(e_i - e_j)^T to the Hessian. There
  /// p_i p_j = 1/(2 + 2 cosh(q_i - q_j)) >= 1/(2 + 2 e^|q_i - q_j|). Within distance 1/2 of q,
  /// differences change by at most sqrt 2 / 2 < 3/4. With all pairs, the least eigenvalue on
  /// vectors of sum 0 is at least m = C min W/(2 + 2 e^(|q_i - q_j| + 3/4)): that of the complete
  /// graph is C. If |g| < m/2, the minimiser is within |g|/m. Beyond distance 1/2 the derivative
  /// outward would be at least m/2 - |g| > 0 everywhere. Within,
  /// (grad f(q*) - g).(q* - q) = -g.(q* - q) >= m |q* - q|^2.
  private func certified(
    _ scores: [Rational], _ gradient: [Enclosure], precision: Int
  ) -> Solution? {
    let working = 64
    var least: Enclosure?
    for term in loss.terms where term.members.count == 2 {
      let difference = scores[term.members[0]] - scores[term.members[1]]
      let exponent = difference.magnitude + Rational(3, 4)
      let divisor = Enclosure(exponent, precision: working).exponential(precision: working)
        .adding(Enclosure(1), precision: working)
        .scaled(by: Rational(2), precision: working)
      let value = Enclosure(term.weight * Rational(loss.classCount), precision: working)
        .divided(by: divisor, precision: working)
      if least.map({ value.lower < $0.lower }) ?? true { least = value }
    }
    guard let least, least.isPositive else { return nil }
    // |g| is at most the sum of the magnitudes.
    let size = gradient.reduce(Enclosure(0)) { sum, g in
      let magnitude = Enclosure(
        lower: Real(0), upper: max(g.upper, g.negated.upper, Real(0)))
      return sum.adding(magnitude, precision: working)
    }
    let distance = size.divided(by: least, precision: working)
    guard distance.upper < Real(0.5) else { return nil }
    // f(q) - f(q*) <= g.(q - q*), for f is convex.
    return Solution(
      scores: scores, distance: distance,
      excess: size.multiplied(by: distance, precision: working))
  }

  // MARK: - Double precision

  /// The minimiser up to rounding: damped steps while they lower the gradient.
  private func doubleMinimizer() -> [Double] {
    var scores = [Double](repeating: 0, count: loss.classCount)
    for _ in 0..<Self.stepLimit {
      let gradient = gradientAndHessian(scores).gradient
      let size = Self.norm(gradient)
      let step = newtonStep(at: scores, gradient: gradient)
      var factor = 1.0
      var next = scores
      while factor > 1e-6 {
        next = zip(scores, step).map { $0 + factor * $1 }
        if Self.norm(gradientAndHessian(next).gradient) < size { break }
        factor /= 2
      }
      if factor <= 1e-6 { break }
      scores = next
    }
    return scores
  }

  private static func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private func gradientAndHessian(_ scores: [Double]) -> (gradient: [Double], hessian: [[Double]]) {
    let count = loss.classCount
    var gradient = coefficients.map { -$0 }
    var hessian = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    let largest = scores.max() ?? 0
    let exponentials = scores.map { exponential($0 - largest) }
    for (term, weight) in zip(loss.terms, weights) {
      let total = term.members.reduce(0) { $0 + exponentials[$1] }
      for i in term.members {
        let p = exponentials[i] / total
        gradient[i] += weight * p
        hessian[i][i] += weight * p
        for j in term.members { hessian[i][j] -= weight * p * exponentials[j] / total }
      }
    }
    return (gradient, hessian)
  }

  /// The solution s of H s = -g with sum 0: H + 1 1^T trace/C is positive definite.
  private func newtonStep(at scores: [Double], gradient: [Double]) -> [Double] {
    let count = loss.classCount
    var matrix = gradientAndHessian(scores).hessian
    let shift = matrix.indices.reduce(0) { $0 + matrix[$1][$1] } / Double(count)
    let mean = gradient.reduce(0, +) / Double(count)
    var right = gradient.map { mean - $0 }
    for i in 0..<count {
      for j in 0..<count { matrix[i][j] += shift / Double(count) }
    }
    // Gaussian elimination; a positive definite matrix needs no exchange of rows.
    for k in 0..<count {
      for i in k + 1..<count {
        let factor = matrix[i][k] / matrix[k][k]
        for j in k..<count { matrix[i][j] -= factor * matrix[k][j] }
        right[i] -= factor * right[k]
      }
    }
    for k in stride(from: count - 1, through: 0, by: -1) {
      for j in k + 1..<count { right[k] -= matrix[k][j] * right[j] }
      right[k] /= matrix[k][k]
    }
    return right
  }
}
