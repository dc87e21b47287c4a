// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// P(z) = prod_c (1 + w_c z): every class is drawn at most once. [z^k]P is the elementary symmetric
/// polynomial e_k of the weights, in either sampling.
///
/// Majorant (Theorem 10): for any x >= r cos t, |P|^2 <= prod_c (1 + 2 w_c x + (w_c r)^2).
struct AtMostOnce: GeneratingFunction {
  let product: OccupancyProduct

  /// The polynomial has no base g. With replacement the majorant's argument is r cos t, as needed
  /// here.
  init(_ law: LabelLaw) { product = OccupancyProduct(.everyClassOnce(law), .withReplacement) }

  var lowestDegree: Int { 0 }

  /// The sum over classes of a function of w x.
  private func sum(_ x: Double, _ term: (_ rate: Double) -> Double) -> Double {
    law.groups.reduce(0) { $0 + Double($1.classCount) * term(x * law.scaledTotal * $1.probability) }
  }

  func logValue(_ x: Double) -> Double { sum(x) { log1p($0) } }

  func excess(_ x: Double) -> Double { sum(x) { $0 / (1 + $0) } }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    sum(x) { log1p(2 * $0 + (r / x * $0) * (r / x * $0)) / 2 }
  }

  /// The square of the majorant is evaluated as a ball, like F itself; its root rounds up.
  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let precision = product.valuePrecision
    let groups = GroupProduct<RealBall>(product, precision: precision)
    var factor = RealBall(precision: precision)
    var square = RealBall(precision: precision)
    groups.begin()
    for group in law.groups {
      factor.set(x)
      factor.scale(byPowerOfTwo: 1 - law.unitExponent)
      factor.multiply(by: group.weight)
      square.set(r)
      square.scale(byPowerOfTwo: -law.unitExponent)
      square.multiply(by: group.weight)
      square.square()
      factor.add(square)
      factor.add(1, ())
      groups.multiply(by: factor)
    }
    groups.finish(into: &square)
    return Magnitude(Enclosure(upTo: square.bound).squareRoot(precision: boundPrecision).upper)
  }

  func makeEvaluator<Number: RigorousNumber & ~Copyable>(_ arithmetic: Number.Type, precision: Int)
    -> NodeEvaluator<Number>
  {
    let groups = GroupProduct<Number>(product, precision: precision)
    let factor = BallBox<Number>(precision: precision)
    let scratch = Number.makeScratch(precision: precision)
    let law = law
    return NodeEvaluator { point, result in
      groups.begin()
      for group in law.groups {
        factor.ball.set(point)
        factor.ball.scale(byPowerOfTwo: -law.unitExponent)
        factor.ball.multiply(by: group.weight)
        factor.ball.add(1, scratch)
        groups.multiply(by: factor.ball)
      }
      groups.finish(into: &result)
    }
  }
}

/// The probability that n draws show n distinct labels, by formulas that cannot cancel: n! e_n/M^n,
/// or e_n/binom(M, n) without replacement, with the elementary symmetric polynomial e_n of the
/// weights. A binomial coefficient and powers for equal classes, and for all classes, else the
/// coefficient of `AtMostOnce` on a circle.
struct AllDistinct {
  let law: LabelLaw
  let sampling: SamplingScheme
  /// n, from 1 to C.
  let drawCount: Int

  /// An enclosure of relative width at most 2^-precision.
  func probability(precision: Int) throws -> Enclosure {
    guard law.isUniform || drawCount == law.classCount else {
      return try ContourProbability(AtMostOnce(law), sampling, drawCount: drawCount).enclosure(
        precision: precision)
    }
    // The powers' roundings of their exponents, and a few more.
    let working = precision + 16 + 2 * law.classCount.bitLength
    var value = Factorials.binomial(law.classCount, drawCount, precision: working)
    for group in law.groups {
      var power = RealBall(group.weight, precision: working)
      power.formPower(min(drawCount, group.classCount))
      value.multiply(by: power)
    }
    value.divide(
      by: sampling.drawWeight(total: law.total, drawCount: drawCount, radius: 1, precision: working)
    )
    return value.enclosure().clampedToProbability
  }
}
