// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// J(z) = sum_c omega_c prod_(j != c) (g^(w_j) - 1): the anchor's class c has a given number m of
/// negatives, and the other negatives show every other class.
///
///     with replacement     omega_c = w_c^(m+1)
///     without              omega_c = m_c binom(m_c - 1, m)
///
/// Evaluated as F(z) sum_c omega_c/(g^(w_c) - 1), F the coverage function. Majorant: each of the
/// C - 1 factors satisfies |g^w - 1| <= (r/x)(g(x)^w - 1), so (r/x)^(C-1) J(x).
struct AnchorFunction: GeneratingFunction {
  let law: LabelLaw
  let sampling: SamplingScheme
  /// n_g omega_g of each group of equal classes.
  private let groupWeights: [Integer]
  private let coverage: CoverageFunction

  var lowestDegree: Int { law.classCount - 1 }

  init(law: LabelLaw, sampling: SamplingScheme, collisionCount m: Int) {
    self.law = law
    self.sampling = sampling
    coverage = CoverageFunction(law: law, sampling: sampling)
    groupWeights = law.groups.map { group in
      let omega =
        sampling == .withReplacement
        ? group.weight.power(m + 1)
        : group.weight * Integer.binomial((group.weight.int ?? .max) - 1, m)
      return omega * Integer(group.classCount)
    }
  }

  /// The degrees between which J has coefficients other than zero.
  var degrees: ClosedRange<Int> {
    guard sampling == .withoutReplacement, let items = law.itemCount,
      let smallest = zip(law.groups, groupWeights).first(where: { $1.signum > 0 })?.0.weight.int
    else { return lowestDegree...Int.max }
    return lowestDegree...items - smallest
  }

  /// ln of omega_g/(g^w - 1) and the excess of the factor's tilted law, for each group with omega > 0.
  private func terms(_ x: Double) -> [(log: Double, excess: Double)] {
    let slope = sampling.logBase(x) * law.scaledTotal
    return zip(law.groups, groupWeights).compactMap { group, omega in
      guard omega.signum > 0 else { return nil }
      let l = slope * group.probability
      return (omega.naturalLogarithm - logExpMinusOne(l), sampling.excess(l, x))
    }
  }

  func logValue(_ x: Double) -> Double {
    let terms = terms(x)
    let top = terms.map(\.log).max() ?? 0
    return coverage.logValue(x) + top + log(terms.reduce(0) { $0 + exp($1.log - top) })
  }

  func excess(_ x: Double) -> Double {
    let terms = terms(x)
    let top = terms.map(\.log).max() ?? 0
    let weights = terms.map { exp($0.log - top) }
    let omitted = zip(terms, weights).reduce(0) { $0 + $1.0.excess * $1.1 } / weights.reduce(0, +)
    return coverage.excess(x) - omitted
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    logValue(x) + Double(law.classCount - 1) * log(r / x)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    value(x) * powerOfRatio(r, x, law.classCount - 1)
  }

  func makeEvaluator(precision: Int) -> any NodeEvaluator {
    Evaluator(self, precision: precision)
  }

  private final class Evaluator: NodeEvaluator {
    private let groupWeights: [Integer]
    private let powers: WeightPowers
    private let product: GroupProduct
    private let factor, sum: BallBox
    private let scratch: ComplexBall.Scratch

    init(_ function: AnchorFunction, precision: Int) {
      groupWeights = function.groupWeights
      let groups = function.law.groups
      powers = WeightPowers(
        weights: groups.map(\.weight), sampling: function.sampling,
        unit: function.law.unitExponent, precision: precision)
      product = GroupProduct(exponents: groups.map(\.classCount), precision: precision)
      factor = BallBox(precision: precision)
      sum = BallBox(precision: precision)
      scratch = ComplexBall.Scratch(precision: precision)
    }

    func evaluate(_ point: borrowing ComplexBall, into result: inout ComplexBall) {
      powers.begin(at: point)
      product.begin()
      sum.ball.set(0)
      for omega in groupWeights {
        powers.next(into: &factor.ball)
        factor.ball.add(-1, scratch)
        product.multiply(by: factor.ball)
        guard omega.signum > 0 else { continue }
        factor.ball.formReciprocal(scratch)
        factor.ball.multiply(by: omega)
        sum.ball.add(factor.ball)
      }
      product.finish(into: &result)
      result.multiply(by: sum.ball, scratch)
    }
  }
}
