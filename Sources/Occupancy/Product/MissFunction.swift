// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// G(z) = g^M - prod_c (g^(w_c) - 1): some class is missed. Its coefficients count draws, so it serves
/// 1 - v_n as `CoverageFunction` serves v_n, with full relative accuracy where v_n is near 1.
///
/// Majorant: G = sum_c g^(w_c+1 + ... + w_C) prod_(i<c) (g^(w_i) - 1), where |g^w| <= g(x)^w and
/// |g^w - 1| <= (r/x)(g(x)^w - 1) <= (r/x) g(x)^w. As r/x >= 1,
///
///     |G| <= (r/x)^C g(x)^M sum_c g(x)^-(w_c).
struct MissFunction: GeneratingFunction {
  let law: LabelLaw
  let sampling: SamplingScheme

  var lowestDegree: Int { 0 }

  /// ln(1 - prod_c (1 - e^-l_c)) and sum_c l_c/(e^l_c - 1) over that difference.
  ///
  /// - Parameter slope: M ln g(x).
  private func miss(_ slope: Double) -> (logarithm: Double, covering: Double) {
    let least = slope * law.groups[0].probability
    guard least < Self.sureRate else {
      // Products of exponentials are below e^-300 of the sum.
      let weights = law.groups.map {
        Double($0.classCount) * exp(least - slope * $0.probability)
      }
      let sum = weights.reduce(0, +)
      let covering = zip(weights, law.groups).reduce(0) {
        $0 + $1.0 * slope * $1.1.probability
      }
      return (log(sum) - least, covering / sum)
    }
    var (coverage, covering) = (0.0, 0.0)
    for group in law.groups {
      let l = slope * group.probability
      let count = Double(group.classCount)
      coverage += count * log1p(-exp(-l))
      covering += count * l / expm1(l)
    }
    let logarithm = coverage < -1 ? log1p(-exp(coverage)) : log(-expm1(coverage))
    return (logarithm, covering / -expm1(coverage))
  }

  /// From here on a class is missed so rarely that two never are.
  private static let sureRate = 300.0

  func logValue(_ x: Double) -> Double {
    let slope = sampling.logBase(x) * law.scaledTotal
    return slope + miss(slope).logarithm
  }

  func excess(_ x: Double) -> Double {
    let slope = sampling.logBase(x) * law.scaledTotal
    let factor = sampling.baseSlope(x) / sampling.logBase(x)
    // With covered = F/E: x G'/G = (x E'/E - covered x F'/F)/(1 - covered)
    // = x F'/F - (x F'/F - x E'/E)/(1 - covered).
    let (logarithm, ratio) = miss(slope)
    return factor * (slope + ratio * exp(logarithm) - ratio)
  }

  /// ln of sum_c e^-l_c.
  private func logMissSum(_ slope: Double) -> Double {
    let least = slope * law.groups[0].probability
    return log(
      law.groups.reduce(0) {
        $0 + Double($1.classCount) * exp(least - slope * $1.probability)
      }) - least
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    let slope = sampling.logBase(x) * law.scaledTotal
    return slope + Double(law.classCount) * log(r / x) + logMissSum(slope)
  }

  /// The sum of exponentials is computed in `Double`: each argument errs by less than 2^-48 of itself, so
  /// of 700 where the exponential is not 0, and each exponential by 4 u: the factor 1 + 2^-30 covers all,
  /// and what underflows is below the last summand.
  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let slope = sampling.logBase(x) * law.scaledTotal
    let sum = law.groups.reduce(0) { $0 + Double($1.classCount) * exp(-slope * $1.probability) }
    let exponentials = Magnitude(sum * (1 + 0x1p-30) + Double(law.classCount) * 0x1p-1000)
    let precision = boundPrecision + law.total.bitWidth
    let evaluator = Evaluator(law: law, sampling: sampling, precision: precision)
    return evaluator.allDraws(x) * powerOfRatio(r, x, law.classCount) * exponentials
  }

  /// As many bits more as E - F cancels.
  func value(_ x: Double) -> Magnitude {
    let precision = boundPrecision + law.total.bitWidth + missBits(x)
    var point = ComplexBall(precision: precision)
    var value = ComplexBall(precision: precision)
    point.set(x)
    makeEvaluator(precision: precision).evaluate(point, into: &value)
    return value.size + value.size * value.error
  }

  /// -log2 of G/E at x, about.
  func missBits(_ x: Double) -> Int {
    let slope = sampling.logBase(x) * law.scaledTotal
    let bits = -miss(slope).logarithm / 0.693_147_180_559_945_3
    return Int(min(max(bits, 0), 1e6)) + 2
  }

  func makeEvaluator(precision: Int) -> any NodeEvaluator {
    Evaluator(law: law, sampling: sampling, precision: precision)
  }

  private final class Evaluator: NodeEvaluator {
    private let groupCount: Int
    private let precision: Int
    private let powers: WeightPowers
    private let covering, all: GroupProduct
    private var factor, product: ComplexBall
    private let scratch: ComplexBall.Scratch

    init(law: LabelLaw, sampling: SamplingScheme, precision: Int) {
      groupCount = law.groups.count
      self.precision = precision
      powers = WeightPowers(
        weights: law.groups.map(\.weight), sampling: sampling, unit: law.unitExponent,
        precision: precision)
      let exponents = law.groups.map(\.classCount)
      covering = GroupProduct(exponents: exponents, precision: precision)
      all = GroupProduct(exponents: exponents, precision: precision)
      factor = ComplexBall(precision: precision)
      product = ComplexBall(precision: precision)
      scratch = ComplexBall.Scratch(precision: precision)
    }

    func evaluate(_ point: borrowing ComplexBall, into result: inout ComplexBall) {
      powers.begin(at: point)
      covering.begin()
      all.begin()
      for _ in 0..<groupCount {
        powers.next(into: &factor)
        all.multiply(by: factor)
        factor.add(-1, scratch)
        covering.multiply(by: factor)
      }
      all.finish(into: &result)
      covering.finish(into: &product)
      product.negate()
      result.add(product)
    }

    /// g(x)^M, from above.
    func allDraws(_ x: Double) -> Magnitude {
      var point = ComplexBall(precision: precision)
      var result = ComplexBall(precision: precision)
      point.set(x)
      powers.begin(at: point)
      all.begin()
      for _ in 0..<groupCount {
        powers.next(into: &factor)
        all.multiply(by: factor)
      }
      all.finish(into: &result)
      return result.size + result.size * result.error
    }
  }
}
