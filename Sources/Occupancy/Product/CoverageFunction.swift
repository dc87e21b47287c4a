// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// F(z) = prod_c (g^(w_c) - 1): every class is drawn at least once.
///
/// Majorant: each factor satisfies |g^w - 1| <= (r/x)(g(x)^w - 1), so (r/x)^C F(x).
struct CoverageFunction: GeneratingFunction {
  let law: LabelLaw
  let sampling: SamplingScheme

  var lowestDegree: Int { law.classCount }

  func logValue(_ x: Double) -> Double {
    let slope = sampling.logBase(x) * law.scaledTotal
    return law.groups.reduce(0) { sum, group in
      sum + Double(group.classCount) * logExpMinusOne(slope * group.probability)
    }
  }

  func excess(_ x: Double) -> Double {
    let slope = sampling.logBase(x) * law.scaledTotal
    return law.groups.reduce(0) { sum, group in
      sum + Double(group.classCount) * sampling.excess(slope * group.probability, x)
    }
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    logValue(x) + Double(law.classCount) * log(r / x)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    value(x) * powerOfRatio(r, x, law.classCount)
  }

  func makeEvaluator(precision: Int) -> any NodeEvaluator {
    Evaluator(law: law, sampling: sampling, precision: precision)
  }

  private final class Evaluator: NodeEvaluator {
    private let groupCount: Int
    private let powers: WeightPowers
    private let product: GroupProduct
    private let factor: BallBox
    private let scratch: ComplexBall.Scratch

    init(law: LabelLaw, sampling: SamplingScheme, precision: Int) {
      groupCount = law.groups.count
      powers = WeightPowers(
        weights: law.groups.map(\.weight), sampling: sampling, unit: law.unitExponent,
        precision: precision)
      product = GroupProduct(exponents: law.groups.map(\.classCount), precision: precision)
      factor = BallBox(precision: precision)
      scratch = ComplexBall.Scratch(precision: precision)
    }

    func evaluate(_ point: borrowing ComplexBall, into result: inout ComplexBall) {
      powers.begin(at: point)
      product.begin()
      for _ in 0..<groupCount {
        powers.next(into: &factor.ball)
        factor.ball.add(-1, scratch)
        product.multiply(by: factor.ball)
      }
      product.finish(into: &result)
    }
  }
}

/// ln(e^x - 1) for x > 0, without overflow.
func logExpMinusOne(_ x: Double) -> Double {
  x > 1 ? x + log1p(-exp(-x)) : log(expm1(x))
}
