// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// G(z) = g^M - g^W prod_c U_c: some class comes fewer than m_c times. Its coefficients count
/// draws, so it serves 1 - v_n as `AllReached` serves v_n, with full relative accuracy where v_n is
/// near 1.
///
/// Majorant (Theorem 3): |G| <= (r/x)^(sum m_c) g(x)^M sum_c L_c(r) g(x)^-(w_c).
struct SomeMissed: GeneratingFunction {
  let product: OccupancyProduct

  var lowestDegree: Int { 0 }

  /// ln of the share G/E of draws that miss a class, and ln of the mean number of draws of F less
  /// that of E, which is not negative.
  private func miss(_ splits: [ClassFactor.Split], _ x: Double) -> (share: Double, drift: Double) {
    var covered = 0.0
    var drifts: [Double] = []
    for (index, split) in splits.enumerated() {
      let (n, factor) = (product.counts[index], product.factors[index])
      let short = exp(split.logMissed)
      let mean = factor.weight * sampling.baseSlope(x)
      // E[X | X >= m] - E X = P(X < m) (E X - E[X | X < m])/P(X >= m): without cancellation.
      if short < 0.5 {
        covered += n * log1p(-short)
        drifts.append(split.logMissed + log(n * (mean - split.shortMean) / (1 - short)))
      } else {
        covered += n * (split.logReached - split.logAll)
        drifts.append(log(n * (Double(factor.copies) + split.reachedExcess - mean)))
      }
    }
    // Below the range of Double the sum of all chances stands for their union.
    let share =
      covered > -1e-200
      ? logSum(splits.map(\.logMissed)) : covered < -1 ? log1p(-exp(covered)) : log(-expm1(covered))
    return (share, logSumOfExponentials(drifts))
  }

  /// ln of a sum over classes.
  private func logSum(_ logarithms: [Double]) -> Double {
    logSumOfExponentials(zip(logarithms, product.counts).map { log($1) + $0 })
  }

  func logValue(_ x: Double) -> Double {
    sampling.logBase(x) * law.scaledTotal + miss(product.splits(x), x).share
  }

  func excess(_ x: Double) -> Double {
    // With covered = F/E: x G'/G = (x E'/E - covered x F'/F)/(1 - covered)
    // = x E'/E - drift covered/(1 - covered), and the drift is small where the latter is large.
    let (share, drift) = miss(product.splits(x), x)
    return law.scaledTotal * sampling.baseSlope(x) - (exp(drift - share) - exp(drift))
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    sampling.logBase(x) * law.scaledTotal + Double(product.requirement.totalCopies) * log(r / x)
      + logSum(zip(product.splits(r), product.splits(x)).map { $0.logShort - $1.logAll })
  }

  /// L_c(r) and g(x)^-(w_c) as balls.
  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let precision = product.valuePrecision
    let atRadius = FactorPowers<RealBall>(product, precision: precision)
    let here = FactorPowers<RealBall>(product, precision: precision)
    let groups = GroupProduct<RealBall>(product, precision: precision)
    var term = RealBall(precision: precision)
    term.set(r)
    atRadius.begin(at: term)
    term.set(x)
    here.begin(at: term)
    groups.begin()
    var sum = Magnitude.zero
    for part in product.requirement.parts {
      here.next()
      groups.multiply(by: here.all.ball)
      atRadius.next()
      term.set(atRadius.short.ball)
      term.divide(by: here.all.ball)
      term.multiply(by: part.classCount)
      sum = sum + term.bound
    }
    groups.finish(into: &term)
    here.multiplyByFree(&term)
    return term.bound * powerOfRatio(r, x, product.requirement.totalCopies) * sum
  }

  /// G by sums of products, without the difference.
  func makeEvaluator<Number: RigorousNumber & ~Copyable>(_ arithmetic: Number.Type, precision: Int)
    -> NodeEvaluator<Number>
  {
    let requirement = product.requirement
    let powers = FactorPowers<Number>(product, precision: precision)
    let groups = MissedProduct<Number>(
      exponents: requirement.parts.map(\.classCount), precision: precision)
    return NodeEvaluator { point, result in
      powers.begin(at: point)
      groups.begin()
      for _ in requirement.parts {
        powers.next()
        groups.multiply(
          by: powers.reached, all: powers.all, short: requirement.isSingle ? nil : powers.short)
      }
      groups.finish(into: &result)
      powers.multiplyByFree(&result)
    }
  }
}
