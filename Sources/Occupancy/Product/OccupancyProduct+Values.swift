// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// Rigorous values at positive numbers, for bounds of errors.
extension OccupancyProduct {
  /// H(s, x), from above.
  func value(tilt: Tilt, at x: Double) -> Magnitude {
    bound(tilt, short: x, reached: x, growth: 0)
  }

  /// g(x)^W prod_c (L_c(r) + s (r/x)^m U_c(x)), from above.
  func value(tilt: Tilt, short r: Double, reached x: Double) -> Magnitude {
    bound(tilt, short: r, reached: x, growth: 1)
  }

  /// g(b)^W prod_c (L_c(a) + s (a/b)^(growth m_c) U_c(b)), as a ball: powers lose the bits of M.
  private func bound(
    _ tilt: Tilt, short a: Double, reached b: Double, growth: Int
  ) -> Magnitude {
    let precision = boundPrecision + law.total.bitWidth
    let scratch = ComplexBall.makeScratch(precision: precision)
    let atShort = FactorPowers<ComplexBall>(self, precision: precision)
    let atReached = FactorPowers<ComplexBall>(self, precision: precision)
    let groups = GroupProduct<ComplexBall>(
      exponents: requirement.parts.map(\.classCount), precision: precision)
    var l = ComplexBall(precision: precision)
    var u = ComplexBall(precision: precision)
    var unused = ComplexBall(precision: precision)
    var scale = ComplexBall(precision: precision)
    var quotient = RealBall(precision: precision)
    var power = RealBall(precision: precision)
    quotient.set(a)
    power.set(b)
    quotient.divide(by: power)
    unused.set(a)
    atShort.begin(at: unused)
    unused.set(b)
    atReached.begin(at: unused)
    groups.begin()
    for part in requirement.parts {
      atReached.next(short: &unused, reached: &u)
      atShort.next(short: &l, reached: &unused)
      power.set(quotient)
      power.formPower(growth * part.copies)
      power.multiply(by: tilt.ball(precision: precision))
      scale.set(power)
      u.multiply(by: scale, scratch)
      u.add(l)
      groups.multiply(by: u)
    }
    groups.finish(into: &u)
    atReached.multiplyByFree(&u)
    return u.size + u.size * u.error
  }
}
