// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Q(z) = prod_c (g^(w_c) - w_c z): no class is drawn exactly once.
///
/// Majorant: with g^w - 1 - w z the terms of degree two and more,
///
///     e^(wz) - 1 - w z = (w z)^2 int_0^1 (1-s) e^(s w z) ds,
///     (1+z)^w - 1 - w z = z^2 sum_(i <= w-2) (w-1-i) (1+z)^i,
///
/// so both are at most (r/x)^2 (g(x)^w - 1 - w x) in size for x as `majorantArgument` gives it: the
/// integrand and the terms are not larger at x, where |e^z| = e^x or |1+z| = 1+x. What the square
/// of x divides grows with x, by the same formulas with x for z. A factor is at most one more.
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

  // MARK: - Planning

  /// One group at x: the number of classes, w x, w ln g(x), and g^w - 1 - w x.
  private struct Term {
    let classCount, rate, log, rest: Double
  }

  private func terms(_ x: Double) -> [Term] {
    let slope = sampling.logBase(x) * law.scaledTotal
    // The terms of a binomial series lack x each time, those of an exponential one nothing.
    let step = sampling == .withReplacement ? 0 : x
    return groups.map { group in
      let rate = x * law.scaledTotal * group.probability
      let l = slope * group.probability
      let rest: Double
      if rate < 0.01 {
        let third = (rate - 2 * step) / 3 * (1 + (rate - 3 * step) / 4)
        rest = rate * (rate - step) / 2 * (1 + third)
      } else {
        rest = expm1(l) - rate
      }
      return Term(classCount: Double(group.classCount), rate: rate, log: l, rest: rest)
    }
  }

  /// ln of 1 + factor (g^w - 1 - w x), without overflow.
  private static func logFactor(_ term: Term, scaledBy factor: Double) -> Double {
    term.log < 600 ? log1p(factor * max(term.rest, 0)) : term.log + log(factor)
  }

  func logValue(_ x: Double) -> Double {
    terms(x).reduce(0) { $0 + $1.classCount * Self.logFactor($1, scaledBy: 1) }
  }

  func excess(_ x: Double) -> Double {
    // x d/dx ln(g^w - w x) = w x (g^(w-1) g' - 1)/(g^w - w x); g' is g or 1.
    let base = sampling == .withReplacement ? 0 : sampling.logBase(x)
    return terms(x).reduce(0) { sum, term in
      let slope =
        term.log < 1
        ? expm1(term.log - base) / (1 + max(term.rest, 0))
        : (exp(-base) - exp(-term.log)) / (1 - term.rate * exp(-term.log))
      return sum + term.classCount * term.rate * slope
    }
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    let ratio = (r / x) * (r / x)
    return terms(x).reduce(0) { $0 + $1.classCount * Self.logFactor($1, scaledBy: ratio) }
  }

  // MARK: - Bounds

  /// As many bits more as w x, to the power of two, is small.
  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let least = x * law.scaledTotal * (groups.first?.probability ?? 1)
    let smallBits = Int(min(max(-2 * log2(least), 0), 1e5))
    let precision = boundPrecision + law.total.bitWidth + smallBits
    let evaluator = Evaluator<ComplexBall>(self, precision: precision)
    var result = ComplexBall(precision: precision)
    // Four operations, each of which errs by less than 2^-52 of its result.
    evaluator.evaluateMajorant(x, ratioSquared: (r / x) * (r / x) * (1 + 0x1p-49), into: &result)
    return result.size + result.size * result.error
  }

  func makeEvaluator<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, precision: Int
  ) -> NodeEvaluator<Number> {
    let evaluator = Evaluator<Number>(self, precision: precision)
    return NodeEvaluator { evaluator.evaluate($0, into: &$1) }
  }

  private final class Evaluator<Number: RigorousComplex & ~Copyable> {
    private let groups: [LabelLaw.Group]
    private let unit: Int
    private let powers: WeightPowers<Number>
    private let product: GroupProduct<Number>
    private let factor, linear: BallBox<Number>
    private let scratch: Number.Scratch
    private let precision: Int

    init(_ function: NeverOnce, precision: Int) {
      groups = function.groups
      unit = function.law.unitExponent
      self.precision = precision
      powers = WeightPowers(
        weights: groups.map(\.weight), sampling: function.sampling, unit: unit, precision: precision
      )
      product = GroupProduct(exponents: groups.map(\.classCount), precision: precision)
      factor = BallBox(precision: precision)
      linear = BallBox(precision: precision)
      scratch = Number.makeScratch(precision: precision)
    }

    func evaluate(_ point: borrowing Number, into result: inout Number) {
      begin(at: point)
      for group in groups {
        next(group, at: point)
        product.multiply(by: factor.ball)
      }
      product.finish(into: &result)
    }

    /// prod_c (1 + q (g^(w_c) - 1 - w_c x)) with q >= 0.
    func evaluateMajorant(_ x: Double, ratioSquared q: Double, into result: inout Number) {
      var point = Number(precision: precision)
      point.set(x)
      begin(at: point)
      for group in groups {
        next(group, at: point)
        factor.ball.add(-1, scratch)
        factor.ball.multiply(by: q, scratch)
        factor.ball.add(1, scratch)
        product.multiply(by: factor.ball)
      }
      product.finish(into: &result)
    }

    private func begin(at point: borrowing Number) {
      powers.begin(at: point)
      product.begin()
    }

    /// factor = g^w - w z.
    private func next(_ group: LabelLaw.Group, at point: borrowing Number) {
      powers.next(into: &factor.ball)
      linear.ball.set(point)
      linear.ball.scale(byPowerOfTwo: -unit)
      linear.ball.multiply(by: group.weight)
      linear.ball.negate()
      factor.ball.add(linear.ball)
    }
  }
}
