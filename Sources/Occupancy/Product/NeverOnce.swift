// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// Q(z) = prod_c (g^(w_c) - w_c z): no class is drawn exactly once.
///
/// Majorant (Theorem 11): g^w - 1 - w z, the terms of degree two and more, is at most (r/x)^2
/// (g(x)^w - 1 - w x) in size for x as `majorantArgument` gives it; a factor is at most one more.
struct NeverOnce: GeneratingFunction {
  let product: OccupancyProduct
  /// The groups whose factor is not 1: without replacement (1+z)^1 - z is.
  private let groups: [LabelLaw.Group]

  var lowestDegree: Int { 0 }

  init(law: LabelLaw, sampling: SamplingScheme) {
    product = OccupancyProduct(.everyClassOnce(law), sampling)
    groups = law.groups.filter { sampling == .withReplacement || $0.weight > 1 }
    precondition(!groups.isEmpty, "some class can be drawn twice")
  }

  /// One group at x: the number of classes, w x, w ln g(x), and g^w - 1 - w x.
  private struct Term { let classCount, rate, log, rest: Double }

  /// The sum over classes of a function of the terms.
  private func sum(_ x: Double, _ value: (Term) -> Double) -> Double {
    let slope = sampling.logBase(x) * law.scaledTotal
    // The terms of a binomial series lack x each time, those of an exponential one nothing.
    let step = sampling == .withReplacement ? 0 : x
    return groups.reduce(0) { sum, group in
      let rate = x * law.scaledTotal * group.probability
      let l = slope * group.probability
      let third = (rate - 2 * step) / 3 * (1 + (rate - 3 * step) / 4)
      let rest = rate < 0.01 ? rate * (rate - step) / 2 * (1 + third) : expm1(l) - rate
      let count = Double(group.classCount)
      return sum + count * value(Term(classCount: count, rate: rate, log: l, rest: max(rest, 0)))
    }
  }

  /// ln of prod_c (1 + q (g^w - 1 - w x)), without overflow.
  private func logProduct(_ x: Double, scaledBy q: Double) -> Double {
    sum(x) { $0.log < 600 ? log1p(q * $0.rest) : $0.log + log(q) }
  }

  func logValue(_ x: Double) -> Double { logProduct(x, scaledBy: 1) }

  func excess(_ x: Double) -> Double {
    // x d/dx ln(g^w - w x) = w x (g^(w-1) g' - 1)/(g^w - w x); g' is g or 1.
    let base = sampling == .withReplacement ? 0 : sampling.logBase(x)
    return sum(x) { term in
      term.rate
        * (term.log < 1
          ? expm1(term.log - base) / (1 + term.rest)
          : (exp(-base) - exp(-term.log)) / (1 - term.rate * exp(-term.log)))
    }
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    logProduct(x, scaledBy: (r / x) * (r / x))
  }

  /// As many bits more as w x, to the power of two, is small.
  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let least = x * law.scaledTotal * (groups.first?.probability ?? 1)
    let smallBits = Int(saturating: min(max(-2 * log2(least), 0), 1e5))
    let precision = product.valuePrecision + smallBits
    var point = RealBall(precision: precision)
    var result = RealBall(precision: precision)
    point.set(x)
    // Four operations, each of which errs by less than 2^-52 of its result.
    makeEvaluator(
      RealBall.self, precision: precision, ratioSquared: (r / x) * (r / x) * (1 + 0x1p-49)
    ).evaluate(point, into: &result)
    return result.bound
  }

  func makeEvaluator<Number: RigorousNumber & ~Copyable>(_ arithmetic: Number.Type, precision: Int)
    -> NodeEvaluator<Number>
  { makeEvaluator(Number.self, precision: precision, ratioSquared: nil) }

  /// prod_c (g^(w_c) - w_c z), or prod_c (1 + q (g^(w_c) - 1 - w_c z)) with q >= 0.
  private func makeEvaluator<Number: RigorousNumber & ~Copyable>(
    _ arithmetic: Number.Type, precision: Int, ratioSquared q: Double?
  ) -> NodeEvaluator<Number> {
    let (groups, unit) = (groups, law.unitExponent)
    let powers = WeightPowers<Number>(
      weights: groups.map(\.weight), sampling: sampling, unit: unit, precision: precision)
    let product = GroupProduct<Number>(exponents: groups.map(\.classCount), precision: precision)
    let factor = BallBox<Number>(precision: precision)
    let scratch = Number.makeScratch(precision: precision)
    return NodeEvaluator { point, result in
      powers.begin(at: point)
      product.begin()
      for group in groups {
        powers.next()
        factor.ball.set(point)
        factor.ball.scale(byPowerOfTwo: -unit)
        factor.ball.multiply(by: group.weight)
        factor.ball.negate()
        factor.ball.add(powers.power.ball)
        if let q {
          factor.ball.add(-1, scratch)
          factor.ball.multiply(by: q, scratch)
          factor.ball.add(1, scratch)
        }
        product.multiply(by: factor.ball)
      }
      product.finish(into: &result)
    }
  }
}
