// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// G(z) = sum_d H_d(z) over the d >= j, or the d <= j, of a range, with H_d(z) = [y^d] H(y, z): d
/// classes come at least m_c times.
///
/// Bounds for x > 0 (Theorem 4): G(x) <= s^-j H(s, x) for every s on the side of 1 where j lies
/// (`ClassTilt`), and on the circle |G(z)| <= s^-j g(x)^W prod_c (L_c(r) + s (r/x)^m U_c(x)).
struct SomeReached: GeneratingFunction {
  let product: OccupancyProduct
  let side: CountSide
  /// j.
  let bound: Int
  /// The last d of the range on the side away from j.
  var outer: Int
  /// The lowest degree with a coefficient other than zero; where the shift needs room, one less:
  /// then its coefficient is 0.
  let lowestDegree: Int
  /// What the mean of the tilted law is moved by to have a saddle point at the ends of the degrees,
  /// where there is none: -1/2 at the lowest one, 1/2 at the highest one.
  let shift: Double

  /// - Parameter degree: n, at which G is wanted.
  init(_ product: OccupancyProduct, _ side: CountSide, _ bound: Int, degree n: Int) {
    self.product = product
    self.side = side
    self.bound = bound
    outer = side == .atLeast ? product.requirement.classCount : 0
    let tail = product.requirement.needing(side == .atLeast ? bound : bound + 1)
    switch side {
    case .atLeast:
      let least = tail.leastDraws(product.sampling)
      shift = n == least ? -0.5 : 0
      lowestDegree = least - (n == least ? 1 : 0)
    case .atMost:
      shift = n == tail.failureLimit(product.sampling) ? 0.5 : 0
      lowestDegree = 0
    }
  }

  func logValue(_ x: Double) -> Double {
    product.tilt(x).logBound(of: side, bound) + product.logFree(x)
  }

  func excess(_ x: Double) -> Double {
    let splits = product.splits(x)
    let classes = product.tilt(splits)
    let tilt = classes.logTilt(for: side, bound)
    // A tilt near e^(-10^14) would leave the mean uncertain by far more than the deviation.
    let center = tilt != 0 && splits.count == 1 ? classes.center(bound) : nil
    return product.moments(x, log: tilt, splits, center: center).draws - Double(lowestDegree)
      + shift
  }

  private func majorantTilt(_ x: Double, radius r: Double) -> ClassTilt {
    let (short, reached) = (product.splits(r), product.splits(x))
    return ClassTilt(
      classes: product.counts.indices.map { index in
        let growth = Double(product.factors[index].copies) * log(r / x)
        return .init(
          classCount: product.counts[index], logShort: short[index].logShort,
          logReached: reached[index].logReached + growth)
      })
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    majorantTilt(x, radius: r).logBound(of: side, bound) + product.logFree(x)
  }

  func value(_ x: Double) -> Magnitude {
    let tilt = Tilt(log: product.tilt(x).logTilt(for: side, bound))
    return product.value(tilt: tilt, at: x) * Tilt.power(.one, over: tilt, bound)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let tilt = Tilt(log: majorantTilt(x, radius: r).logTilt(for: side, bound))
    return product.value(tilt: tilt, short: r, reached: x) * Tilt.power(.one, over: tilt, bound)
  }

  func makeEvaluator<Number: RigorousNumber & ~Copyable>(_ arithmetic: Number.Type, precision: Int)
    -> NodeEvaluator<Number>
  {
    product.requirement.isEven
      ? evenEvaluator(precision: precision) : unevenEvaluator(precision: precision)
  }

  /// The most classes on the rarer side.
  private var stateLimit: Int { side == .atLeast ? product.requirement.classCount - bound : bound }

  var work: Double {
    if product.requirement.isEven { return powerWork + 2 * Double(abs(outer - bound) + 1) }
    return powerWork + 2 * Double(stateLimit + 1) * Double(product.requirement.classCount)
  }
}

extension SomeReached {
  /// Equal classes: the terms of the range.
  private func evenEvaluator<Number: RigorousNumber & ~Copyable>(precision: Int) -> NodeEvaluator<
    Number
  > {
    let powers = FactorPowers<Number>(product, precision: precision)
    let classes = EqualClasses<Number>(
      product.requirement.classCount, from: bound, isUpward: side == .atLeast, precision: precision)
    let outer = outer
    return NodeEvaluator { point, result in
      powers.begin(at: point)
      powers.next()
      classes.begin(short: powers.short, reached: powers.reached)
      // A sum of midpoints, its error beside it.
      result.set(0)
      var error = result.addMidpoint(of: classes.term.ball)
      while classes.position != outer {
        classes.advance()
        error = error + result.addMidpoint(of: classes.term.ball)
      }
      result.widen(by: error)
      powers.multiplyByFree(&result)
    }
  }

  /// Unequal classes: for d >= j at most C - j fall short, for d <= j at most j count.
  private func unevenEvaluator<Number: RigorousNumber & ~Copyable>(precision: Int) -> NodeEvaluator<
    Number
  > {
    let parts = product.requirement.parts
    let powers = FactorPowers<Number>(product, precision: precision)
    let (short, reached) = (powers.short, powers.reached)
    let (other, rare) = side == .atLeast ? (reached, short) : (short, reached)
    let classes = UnequalClasses<Number>(limit: stateLimit, precision: precision)
    return NodeEvaluator { point, result in
      powers.begin(at: point)
      classes.begin()
      for part in parts {
        powers.next()
        classes.take(part.classCount, other: other, rare: rare)
      }
      classes.sum(into: &result)
      powers.multiplyByFree(&result)
    }
  }
}
