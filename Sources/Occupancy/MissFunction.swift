// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// G(z) = g^M - prod_c (g^(w_c) - 1): some class is missed. Its coefficients count draws, so it serves
/// 1 - v_n as `CoverageFunction` serves v_n, with full relative accuracy where v_n is near 1.
///
/// Majorant: G = sum_c g^(w_c+1 + ... + w_C) prod_(i<c) (g^(w_i) - 1), where |g^w| <= g(x)^w and
/// |g^w - 1| <= (r/x)(g(x)^w - 1) <= (r/x) g(x)^w. As r/x >= 1,
///
///     |G| <= (r/x)^C g(x)^M sum_c g(x)^-(w_c).
struct MissFunction: GeneratingFunction {
  let law: LabelLaw
  let scheme: SamplingScheme

  var lowestDegree: Int { 0 }

  /// ln of prod_c (1 - g^-(w_c)), the part of all draws that misses no class.
  private func logCoverage(_ slope: Double) -> Double {
    law.groups.reduce(0) { $0 + Double($1.classCount) * log1p(-exp(-slope * $1.probability)) }
  }

  func logValue(_ x: Double) -> Double {
    let slope = scheme.logBase(x) * law.scaledTotal
    return slope + logOfMiss(logCoverage(slope))
  }

  /// ln(1 - e^y) for y < 0, also where e^y is 0.
  private func logOfMiss(_ y: Double) -> Double { y < -1 ? log1p(-exp(y)) : log(-expm1(y)) }

  func excess(_ x: Double) -> Double {
    let slope = scheme.logBase(x) * law.scaledTotal
    let factor = scheme.baseSlope(x) / scheme.logBase(x)
    let coverage = logCoverage(slope)
    let miss = -expm1(coverage)
    // With covered = F/E: x G'/G = (x E'/E - covered x F'/F)/(1 - covered)
    // = x F'/F - (x F'/F - x E'/E)/(1 - covered).
    var (covering, all) = (0.0, 0.0)
    for group in law.groups {
      let l = slope * group.probability
      covering += Double(group.classCount) * l / expm1(l)
      all += Double(group.classCount) * l
    }
    return factor * (all + covering - covering / miss)
  }

  private func logMissSum(_ slope: Double) -> Double {
    log(law.groups.reduce(0) { $0 + Double($1.classCount) * exp(-slope * $1.probability) })
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    let slope = scheme.logBase(x) * law.scaledTotal
    return slope + Double(law.classCount) * log(r / x) + logMissSum(slope)
  }

  /// The sum of exponentials is computed in `Double`: each argument errs by less than 2^-48 of itself, so
  /// of 700 where the exponential is not 0, and each exponential by 4 u: the factor 1 + 2^-30 covers all,
  /// and what underflows is below the last summand.
  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let slope = scheme.logBase(x) * law.scaledTotal
    let sum = law.groups.reduce(0) { $0 + Double($1.classCount) * exp(-slope * $1.probability) }
    let exponentials = Magnitude(sum * (1 + 0x1p-30) + Double(law.classCount) * 0x1p-1000)
    let precision = boundPrecision + law.total.bitWidth
    let evaluator = Evaluator(law: law, scheme: scheme, precision: precision)
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
    let bits =
      -logOfMiss(logCoverage(scheme.logBase(x) * law.scaledTotal)) / 0.693_147_180_559_945_3
    return Int(min(max(bits, 0), 1e6)) + 2
  }

  func makeEvaluator(precision: Int) -> any NodeEvaluator {
    Evaluator(law: law, scheme: scheme, precision: precision)
  }

  private final class Evaluator: NodeEvaluator {
    private let groupCount: Int
    private let precision: Int
    private let powers: WeightPowers
    private let covering, all: GroupProduct
    private var factor, product: ComplexBall
    private let scratch: ComplexBall.Scratch

    init(law: LabelLaw, scheme: SamplingScheme, precision: Int) {
      groupCount = law.groups.count
      self.precision = precision
      powers = WeightPowers(
        weights: law.groups.map(\.weight), scheme: scheme, unit: law.unitExponent,
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

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
