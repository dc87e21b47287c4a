// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// G(z) = sum_d H_d(z) over the d >= j, or the d <= j, of a range, with H_d(z) = [y^d] prod_c (L_c(z) +
/// y U_c(z)): d classes are drawn at least m times (`CopiesPowers`).
///
/// Bounds for x > 0: as no coefficient is negative, G(x) <= s^-j prod_c (L_c(x) + s U_c(x)) for every s on
/// the side of 1 where j lies (`PartialTilt`). On the circle |L_c(z)| <= L_c(r) and |U_c(z)| <= (r/x)^m
/// U_c(x) (`CopiesFunction`), so |G(z)| <= s^-j prod_c (L_c(r) + s (r/x)^m U_c(x)), which falls with
/// the angle because U_c(x)/x^m grows with x.
struct PartialFunction: GeneratingFunction {
  let law: LabelLaw
  let sampling: SamplingScheme
  /// m.
  let copies: Int
  let side: PartialSide
  /// j.
  let bound: Int
  /// The last d of the range on the side away from j.
  var outer: Int
  /// What the mean of the tilted law is moved by to have a saddle point at the ends of the degrees,
  /// where there is none: -1/2 at the lowest one, 1/2 at the highest one.
  var shift = 0.0
  /// -log2 of the error of a `PartialTorus`, relative to the bound above; nil where classes are taken one
  /// after another.
  var torusBits: Int?

  /// The lowest degree or, where the shift needs room, one less: then its coefficient is 0.
  var lowestDegree: Int { side == .atLeast ? copies * bound - (shift < 0 ? 1 : 0) : 0 }

  private func splits(_ x: Double) -> [CopiesSplit] {
    CopiesSplit.groups(of: law, sampling: sampling, point: x, copies: copies)
  }

  private func tilt(_ splits: [CopiesSplit]) -> PartialTilt {
    PartialTilt(
      zip(law.groups, splits).map {
        .init(
          classCount: Double($0.classCount), logShort: $1.logShort, logReached: $1.logReached)
      }, side: side, bound: bound)
  }

  /// The best tilt at a point.
  func tilt(at x: Double) -> PartialTilt { tilt(splits(x)) }

  func logValue(_ x: Double) -> Double { tilt(splits(x)).logBound(bound) }

  func excess(_ x: Double) -> Double {
    let splits = splits(x)
    let tilt = tilt(splits)
    let mean = zip(splits, tilt.factors).reduce(0.0) { sum, pair in
      let (split, factor) = pair
      let q = factor.chance(tilt.log)
      let reached = q == 0 ? 0 : q * (Double(copies) + split.reachedExcess)
      return sum + factor.classCount * (reached + (1 - q) * split.shortMean)
    }
    return mean - Double(lowestDegree) + shift
  }

  private func majorantTilt(_ x: Double, radius r: Double) -> PartialTilt {
    let growth = Double(copies) * log(r / x)
    return PartialTilt(
      zip(law.groups, zip(splits(r), splits(x))).map {
        .init(
          classCount: Double($0.classCount), logShort: $1.0.logShort,
          logReached: $1.1.logReached + growth)
      }, side: side, bound: bound)
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    majorantTilt(x, radius: r).logBound(bound)
  }

  func value(_ x: Double) -> Magnitude {
    let tilt = tilt(at: x).tilt
    return tiltedValue(tilt, at: x) * Tilt.power(.one, over: tilt, bound)
  }

  /// prod_c (L_c(x) + s U_c(x)), from above.
  func tiltedValue(_ tilt: Tilt, at x: Double) -> Magnitude {
    product(tilt, short: x, reached: x, 0)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let tilt = majorantTilt(x, radius: r).tilt
    return product(tilt, short: r, reached: x, copies) * Tilt.power(.one, over: tilt, bound)
  }

  /// prod_c (L_c(a) + s (a/b)^power U_c(b)), from above.
  private func product(
    _ tilt: Tilt, short a: Double, reached b: Double, _ power: Int
  ) -> Magnitude {
    let precision = boundPrecision + law.total.bitWidth
    let scratch = ComplexBall.Scratch(precision: precision)
    let atShort = CopiesPowers(law: law, sampling: sampling, copies: copies, precision: precision)
    let atReached = CopiesPowers(law: law, sampling: sampling, copies: copies, precision: precision)
    let product = GroupProduct(exponents: law.groups.map(\.classCount), precision: precision)
    var l = ComplexBall(precision: precision)
    var u = ComplexBall(precision: precision)
    var unused = ComplexBall(precision: precision)
    var scale = ComplexBall(precision: precision)
    var ratio = RealBall(precision: precision)
    var divisor = RealBall(precision: precision)
    ratio.set(a)
    divisor.set(b)
    ratio.divide(by: divisor)
    ratio.formPower(power)
    ratio.multiply(by: tilt.ball(precision: precision))
    scale.set(ratio)
    unused.set(a)
    atShort.begin(at: unused)
    unused.set(b)
    atReached.begin(at: unused)
    product.begin()
    for _ in law.groups {
      atReached.next(short: &unused, reached: &u)
      atShort.next(short: &l, reached: &unused)
      u.multiply(by: scale, scratch)
      u.add(l)
      product.multiply(by: u)
    }
    product.finish(into: &u)
    return u.size + u.size * u.error
  }

  func makeEvaluator(precision: Int) -> any NodeEvaluator {
    if let torusBits { return PartialTorus(self, bits: torusBits, precision: precision) }
    return PartialEvaluator(self, precision: precision)
  }
}
