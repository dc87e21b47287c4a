// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// H(s, z) = prod_c (1 + s (g^(w_c) - 1)) for one s > 0: s^d weights the draws with d distinct labels.
struct OccupancyFunction: Sendable {
  let law: LabelLaw
  let sampling: SamplingScheme
  /// s.
  let tilt: Tilt

  /// ln H(s, x) for x > 0, an approximation for planning.
  func logValue(_ x: Double) -> Double {
    let slope = sampling.logBase(x) * law.scaledTotal
    let logTilt = tilt.log
    return law.groups.reduce(0) { sum, group in
      // ln(1 + e^u) without overflow
      let u = logTilt + logExpMinusOne(slope * group.probability)
      return sum + Double(group.classCount) * (u > 0 ? u + log1p(exp(-u)) : log1p(exp(u)))
    }
  }

  /// Means and variances of the tilted law P(S = a, D = b) = [y^b z^a] H s^b x^a / H(s, x): class c
  /// is seen with probability q, independently, and then gets a number of draws that is a Poisson or
  /// binomial one, not 0. For planning.
  struct Moments {
    var draws = 0.0
    var distinct = 0.0
    var drawsVariance = 0.0
    var distinctVariance = 0.0
    var covariance = 0.0
  }

  func moments(_ x: Double) -> Moments {
    let slope = sampling.logBase(x) * law.scaledTotal
    let scale = sampling.baseSlope(x) * law.scaledTotal
    // The variance of one draw's indicator: 1 for Poisson counts, 1 - x/(1+x) for binomial ones.
    let spread = sampling == .withReplacement ? 1 : 1 / (1 + x)
    let logTilt = tilt.log
    var sum = Moments()
    for group in law.groups {
      let l = slope * group.probability
      let n = Double(group.classCount)
      let u = logTilt + logExpMinusOne(l)
      let (q, rest) = (1 / (1 + exp(-u)), 1 / (1 + exp(u)))
      let free = scale * group.probability
      let mean = free / -expm1(-l)
      let square = free * (spread + free) / -expm1(-l)
      sum.distinct += n * q
      sum.draws += n * q * mean
      sum.distinctVariance += n * q * rest
      sum.drawsVariance += n * q * (square - q * mean * mean)
      sum.covariance += n * q * rest * mean
    }
    return sum
  }

  /// H(s, x) for x > 0, from above.
  func value(_ x: Double) -> Magnitude {
    // As for any series: the bits that powers lose.
    let precision = boundPrecision + law.total.bitWidth
    var point = ComplexBall(precision: precision)
    var value = ComplexBall(precision: precision)
    point.set(x)
    let evaluator = Evaluator(self, precision: precision)
    evaluator.begin(at: point)
    evaluator.evaluate(into: &value)
    return value.size + value.size * value.error
  }

  /// Evaluates at y = s e^(ip) for several angles p at each point z.
  final class Evaluator {
    private let powers: WeightPowers
    private let product: GroupProduct
    /// g^w - 1 for every group, after `begin`.
    let seen: [BallBox]
    private let factor, realTilt: BallBox
    private let scratch: ComplexBall.Scratch

    init(_ function: OccupancyFunction, precision: Int) {
      let groups = function.law.groups
      powers = WeightPowers(
        weights: groups.map(\.weight), sampling: function.sampling,
        unit: function.law.unitExponent, precision: precision)
      product = GroupProduct(exponents: groups.map(\.classCount), precision: precision)
      seen = groups.map { _ in BallBox(precision: precision) }
      factor = BallBox(precision: precision)
      realTilt = BallBox(precision: precision)
      scratch = ComplexBall.Scratch(precision: precision)
      realTilt.ball.set(function.tilt.ball(precision: precision))
    }

    /// Prepares g^w - 1 for every group.
    func begin(at point: borrowing ComplexBall) {
      powers.begin(at: point)
      for box in seen {
        powers.next(into: &box.ball)
        box.ball.add(-1, scratch)
      }
    }

    /// Sets `result` to H(y, z) at the point begun with.
    func evaluate(tilt y: borrowing ComplexBall, into result: inout ComplexBall) {
      product.begin()
      for box in seen {
        factor.ball.set(box.ball)
        factor.ball.multiply(by: y, scratch)
        factor.ball.add(1, scratch)
        product.multiply(by: factor.ball)
      }
      product.finish(into: &result)
    }

    /// Sets `result` to H(s, z).
    func evaluate(into result: inout ComplexBall) { evaluate(tilt: realTilt.ball, into: &result) }
  }
}
