// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// P(z) = prod_c (1 + w_c z): every class is drawn at most once. [z^k]P is the elementary symmetric
/// polynomial e_k of the weights, in either sampling.
///
/// Majorant: |1 + w z|^2 = 1 + 2 w Re z + (w r)^2 for |z| = r, which grows with Re z = r cos t. So
/// for any x >= r cos t
///
///     |P|^2 <= prod_c (1 + 2 w_c x + (w_c r)^2).
struct AtMostOnce: GeneratingFunction {
  let product: OccupancyProduct

  /// The polynomial has no base g. With replacement the majorant's argument is r cos t, as needed
  /// here.
  init(_ law: LabelLaw) { product = OccupancyProduct(.everyClassOnce(law), .withReplacement) }

  var lowestDegree: Int { 0 }

  /// The number of classes of each group, and w x.
  private func terms(_ x: Double) -> [(classCount: Double, rate: Double)] {
    let scale = x * law.scaledTotal
    return law.groups.map { (Double($0.classCount), scale * $0.probability) }
  }

  func logValue(_ x: Double) -> Double {
    terms(x).reduce(0) { $0 + $1.classCount * log1p($1.rate) }
  }

  func excess(_ x: Double) -> Double {
    terms(x).reduce(0) { $0 + $1.classCount * $1.rate / (1 + $1.rate) }
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    let ratio = r / x
    return terms(x).reduce(0) { sum, term in
      let reach = term.rate * ratio
      return sum + term.classCount * log1p(2 * term.rate + reach * reach) / 2
    }
  }

  /// The square of the majorant is evaluated as a ball, like F itself; its root rounds up.
  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let precision = boundPrecision + law.total.bitWidth
    let product = GroupProduct<ComplexBall>(
      exponents: law.groups.map(\.classCount), precision: precision)
    let scratch = ComplexBall.makeScratch(precision: precision)
    var factor = ComplexBall(precision: precision)
    var square = ComplexBall(precision: precision)
    product.begin()
    for group in law.groups {
      factor.set(x)
      factor.scale(byPowerOfTwo: 1 - law.unitExponent)
      factor.multiply(by: group.weight)
      square.set(r)
      square.scale(byPowerOfTwo: -law.unitExponent)
      square.multiply(by: group.weight)
      square.square(scratch)
      factor.add(square)
      factor.add(1, scratch)
      product.multiply(by: factor)
    }
    product.finish(into: &square)
    let bound = square.size + square.size * square.error
    return Magnitude(
      Enclosure(lower: Real(0), upper: bound.real).squareRoot(precision: boundPrecision).upper)
  }

  func makeEvaluator<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, precision: Int
  ) -> NodeEvaluator<Number> {
    let evaluator = Evaluator<Number>(law, precision: precision)
    return NodeEvaluator { evaluator.evaluate($0, into: &$1) }
  }

  private final class Evaluator<Number: RigorousComplex & ~Copyable> {
    private let law: LabelLaw
    private let product: GroupProduct<Number>
    private let factor: BallBox<Number>
    private let scratch: Number.Scratch

    init(_ law: LabelLaw, precision: Int) {
      self.law = law
      product = GroupProduct(exponents: law.groups.map(\.classCount), precision: precision)
      factor = BallBox(precision: precision)
      scratch = Number.makeScratch(precision: precision)
    }

    func evaluate(_ point: borrowing Number, into result: inout Number) {
      product.begin()
      for group in law.groups {
        factor.ball.set(point)
        factor.ball.scale(byPowerOfTwo: -law.unitExponent)
        factor.ball.multiply(by: group.weight)
        factor.ball.add(1, scratch)
        product.multiply(by: factor.ball)
      }
      product.finish(into: &result)
    }
  }
}
