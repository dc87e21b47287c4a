// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// J(z) = sum_c omega_c F(z)/G_c(z): the anchor's class c has a given number m of negatives, and
/// all other negatives show every other class as often as it must come.
///
///     with replacement     omega_c = w_c^(m+1)
///     without              omega_c = m_c binom(m_c - 1, m)
///
/// F is `AllReached`, and G_c = U_c if the class must come, at most m + 1 times, so that anchor and
/// negatives are enough; omega_c = 0 if more often. G_c = g^(w_c) if it need not come.
///
/// Majorant: each U satisfies |U| <= (r/x)^m U(x) (`AllReached`), so J(x) times the largest power
/// of r/x >= 1 of a term.
struct AnchorAside: GeneratingFunction {
  let product: OccupancyProduct
  /// n_c omega_c of the classes of each part.
  private let weights: [Integer]
  /// n_c omega_c of those that need not come.
  private let freeWeights: [Integer]
  let lowestDegree: Int
  /// The power of r/x in the majorant.
  private let growth: Int
  private let reached: AllReached

  init(_ product: OccupancyProduct, collisionCount m: Int) {
    let (requirement, sampling) = (product.requirement, product.sampling)
    func omega(_ part: Requirement.Part) -> Integer {
      if part.copies > m + 1 { return 0 }
      let one =
        sampling == .withReplacement
        ? part.weight.power(m + 1)
        : part.weight * Integer.binomial((part.weight.int ?? .max) - 1, m)
      return one * Integer(part.classCount)
    }
    self.product = product
    reached = AllReached(product: product)
    weights = requirement.parts.map(omega)
    freeWeights = requirement.free.map(omega)
    let hasFree = freeWeights.contains { $0.signum > 0 }
    let copies = zip(requirement.parts, weights).filter { $1.signum > 0 }.map(\.0.copies)
    lowestDegree = requirement.totalCopies - (copies.max() ?? 0)
    growth = requirement.totalCopies - (hasFree ? 0 : copies.min() ?? 0)
  }

  /// The degrees between which J has coefficients other than zero; nil if it has none.
  var degrees: ClosedRange<Int>? {
    let requirement = product.requirement
    let anchors =
      zip(requirement.parts, weights).filter { $1.signum > 0 }.map(\.0)
      + zip(requirement.free, freeWeights).filter { $1.signum > 0 }.map(\.0)
    guard let smallest = anchors.map(\.weight).min() else { return nil }
    guard sampling == .withoutReplacement, let items = law.itemCount, let size = smallest.int else {
      return lowestDegree...Int.max
    }
    return items - size >= lowestDegree ? lowestDegree...items - size : nil
  }

  /// ln of omega_c/G_c and the mean number of draws of the factor left out, for each group with
  /// omega > 0.
  private func terms(_ x: Double) -> [(log: Double, mean: Double)] {
    var terms: [(log: Double, mean: Double)] = []
    for (factor, omega) in zip(product.factors, weights) where omega.signum > 0 {
      terms.append(
        (
          omega.naturalLogarithm - factor.logReached(x),
          Double(factor.copies) + factor.reachedExcess(x)
        ))
    }
    for (part, omega) in zip(product.requirement.free, freeWeights) where omega.signum > 0 {
      let weight = law.scaledTotal * part.probability
      terms.append(
        (
          omega.naturalLogarithm - weight * sampling.logBase(x), weight * sampling.baseSlope(x)
        ))
    }
    return terms
  }

  func logValue(_ x: Double) -> Double {
    reached.logValue(x) + logSumOfExponentials(terms(x).map(\.log))
  }

  func excess(_ x: Double) -> Double {
    let terms = terms(x)
    let top = terms.map(\.log).max() ?? 0
    let shares = terms.map { exp($0.log - top) }
    let omitted = zip(terms, shares).reduce(0) { $0 + $1.0.mean * $1.1 } / shares.reduce(0, +)
    let copies = product.requirement.totalCopies - lowestDegree
    return reached.excess(x) + (Double(copies) - omitted)
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    logValue(x) + Double(growth) * log(r / x)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    value(x) * powerOfRatio(r, x, growth)
  }

  func makeEvaluator<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, precision: Int
  ) -> NodeEvaluator<Number> {
    let evaluator = Evaluator<Number>(self, precision: precision)
    return NodeEvaluator { evaluator.evaluate($0, into: &$1) }
  }

  private final class Evaluator<Number: RigorousComplex & ~Copyable> {
    private let weights, freeWeights: [Integer]
    private let powers: FactorPowers<Number>
    private let freePowers: WeightPowers<Number>?
    private let groups: GroupProduct<Number>
    private let factor, sum: BallBox<Number>
    private let scratch: Number.Scratch

    init(_ function: AnchorAside, precision: Int) {
      (weights, freeWeights) = (function.weights, function.freeWeights)
      let product = function.product
      powers = FactorPowers(product, precision: precision)
      let free = product.requirement.free
      freePowers =
        free.isEmpty
        ? nil
        : WeightPowers(
          weights: free.map(\.weight), sampling: product.sampling,
          unit: product.law.unitExponent, precision: precision)
      groups = GroupProduct(
        exponents: product.requirement.parts.map(\.classCount), precision: precision)
      factor = BallBox(precision: precision)
      sum = BallBox(precision: precision)
      scratch = Number.makeScratch(precision: precision)
    }

    func evaluate(_ point: borrowing Number, into result: inout Number) {
      powers.begin(at: point)
      groups.begin()
      sum.ball.set(0)
      for omega in weights {
        powers.nextReached(into: &factor.ball)
        groups.multiply(by: factor.ball)
        addQuotient(omega)
      }
      if let freePowers {
        freePowers.begin(at: point)
        for omega in freeWeights {
          freePowers.next(into: &factor.ball)
          addQuotient(omega)
        }
      }
      groups.finish(into: &result)
      powers.multiplyByFree(&result)
      result.multiply(by: sum.ball, scratch)
    }

    /// sum += omega/factor.
    private func addQuotient(_ omega: Integer) {
      guard omega.signum > 0 else { return }
      factor.ball.formReciprocal(scratch)
      factor.ball.multiply(by: omega)
      sum.ball.add(factor.ball)
    }
  }
}
