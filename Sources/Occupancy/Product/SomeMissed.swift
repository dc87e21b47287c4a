// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// G(z) = g^M - g^W prod_c U_c: some class comes fewer than m_c times. Its coefficients count
/// draws, so it serves 1 - v_n as `AllReached` serves v_n, with full relative accuracy where v_n is
/// near 1.
///
/// Majorant: G = g^W sum_c g^(w_(c+1) + ... + w_C) L_c prod_(i<c) U_i, where |g^w| <= g(x)^w, |L|
/// <= L(r) and |U| <= (r/x)^m U(x) <= (r/x)^m g(x)^w (`AllReached`). As r/x >= 1,
///
///     |G| <= (r/x)^(sum m_c) g(x)^M sum_c L_c(r) g(x)^-(w_c).
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
      ? logShortShare(splits) : covered < -1 ? log1p(-exp(covered)) : log(-expm1(covered))
    return (share, logSumOfExponentials(drifts))
  }

  /// ln of sum_c L_c g^-(w_c).
  private func logShortShare(_ splits: [ClassFactor.Split]) -> Double {
    logSumOfExponentials(zip(splits, product.counts).map { log($1) + $0.logMissed })
  }

  func logValue(_ x: Double) -> Double {
    sampling.logBase(x) * law.scaledTotal + miss(product.splits(x), x).share
  }

  func excess(_ x: Double) -> Double {
    // With covered = F/E: x G'/G = (x E'/E - covered x F'/F)/(1 - covered)
    // = x E'/E - drift covered/(1 - covered), and the drift is small where the latter is large.
    let splits = product.splits(x)
    let (share, drift) = miss(splits, x)
    let ratio = exp(drift - share) - exp(drift)
    return law.scaledTotal * sampling.baseSlope(x) - ratio
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    let short = zip(product.splits(r), product.splits(x)).map { $0.logShort - $1.logAll }
    return sampling.logBase(x) * law.scaledTotal
      + Double(product.requirement.totalCopies) * log(r / x)
      + logSumOfExponentials(zip(short, product.counts).map { log($1) + $0 })
  }

  /// L_c(r) and g(x)^-(w_c) as balls.
  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let precision = boundPrecision + law.total.bitWidth
    let scratch = ComplexBall.makeScratch(precision: precision)
    let atRadius = FactorPowers<ComplexBall>(product, precision: precision)
    let here = FactorPowers<ComplexBall>(product, precision: precision)
    let groups = GroupProduct<ComplexBall>(
      exponents: product.requirement.parts.map(\.classCount), precision: precision)
    var point = ComplexBall(precision: precision)
    var power = ComplexBall(precision: precision)
    var term = ComplexBall(precision: precision)
    var unused = ComplexBall(precision: precision)
    point.set(r)
    atRadius.begin(at: point)
    point.set(x)
    here.begin(at: point)
    groups.begin()
    var sum = Magnitude.zero
    for part in product.requirement.parts {
      here.nextAll(into: &power)
      groups.multiply(by: power)
      atRadius.next(short: &term, reached: &unused)
      power.formReciprocal(scratch)
      term.multiply(by: power, scratch)
      term.multiply(by: part.classCount)
      sum = sum + term.size + term.size * term.error
    }
    groups.finish(into: &power)
    here.multiplyByFree(&power)
    return (power.size + power.size * power.error)
      * powerOfRatio(r, x, product.requirement.totalCopies) * sum
  }

  func makeEvaluator<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, precision: Int
  ) -> NodeEvaluator<Number> {
    let evaluator = Evaluator<Number>(product, precision: precision)
    return NodeEvaluator { evaluator.evaluate($0, into: &$1) }
  }

  /// G by sums of products, without the difference.
  private final class Evaluator<Number: RigorousComplex & ~Copyable> {
    private let partCount: Int
    private let isSingle: Bool
    private let powers: FactorPowers<Number>
    private let groups: MissedProduct<Number>
    private let all, short, reached: BallBox<Number>

    init(_ product: OccupancyProduct, precision: Int) {
      partCount = product.factors.count
      isSingle = product.requirement.isSingle
      powers = FactorPowers(product, precision: precision)
      groups = MissedProduct(
        exponents: product.requirement.parts.map(\.classCount), precision: precision)
      all = BallBox(precision: precision)
      short = BallBox(precision: precision)
      reached = BallBox(precision: precision)
    }

    func evaluate(_ point: borrowing Number, into result: inout Number) {
      powers.begin(at: point)
      groups.begin()
      for _ in 0..<partCount {
        if isSingle {
          powers.nextReached(into: &reached.ball, all: &all.ball)
        } else {
          powers.next(short: &short.ball, reached: &reached.ball)
          all.ball.set(short.ball)
          all.ball.add(reached.ball)
        }
        groups.multiply(by: reached, all: all, short: isSingle ? nil : short)
      }
      groups.finish(into: &result)
      powers.multiplyByFree(&result)
    }
  }
}
