// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The entire function E(z) whose coefficient [z^n] counts all ways to draw n labels.
///
/// With replacement E(z) = e^(Mz), without E(z) = (1+z)^M: in both cases E = g^M with one base g, a
/// class of weight w has the factor g^w - 1 (seen at least once), and a probability is a quotient
/// of coefficients, [z^n] F / [z^n] E. So one engine serves both schemes.
extension SamplingScheme {
  /// ln g(x) for real x > -1.
  func logBase(_ x: Double) -> Double { self == .withReplacement ? x : log1p(x) }

  /// x g'(x)/g(x), the logarithmic derivative of the base.
  func baseSlope(_ x: Double) -> Double { self == .withReplacement ? x : x / (1 + x) }

  /// x d/dx ln(g^w - 1) - 1, what the mean number of draws of a class that is seen exceeds one by.
  ///
  /// - Parameter l: w ln g(x).
  func excess(_ l: Double, _ x: Double) -> Double {
    // q l/(1 - e^-l) - 1 with q = 1 or x/((1+x) ln(1+x)); by its series where that would cancel.
    if l > 1e-4 {
      return (self == .withReplacement ? l : l * x / ((1 + x) * log1p(x))) / -expm1(-l) - 1
    }
    let shrink = self == .withReplacement ? 0 : -x / 2 + x * x * 5 / 12
    return l / 2 + l * l / 12 + shrink * (1 + l / 2)
  }

  /// Turns z into g(z): e^z or 1 + z.
  func formBase<Number: RigorousNumber & ~Copyable>(_ z: inout Number, _ t: Number.Scratch) {
    if self == .withReplacement { z.formExponential(t) } else { z.add(1, t) }
  }

  /// An upper bound of x(t) with |g(r e^(it))^w - 1| <= (r/x)(g(x)^w - 1) for every w: the majorant
  /// on the circle of radius r at the angle t, 0 <= t <= pi.
  ///
  /// x = r cos t with replacement and |1+z| - 1 without (Theorem 2); (g(x)^w - 1)/x grows with x,
  /// so x may be rounded up: the `Double` operations here, and the angle by three roundings, err by
  /// less than 2^-48 r.
  func majorantArgument(radius r: Double, angle t: Double) -> Double {
    let half = sin(t / 2)
    if self == .withReplacement { return r * (1 - 2 * half * half) + r * 0x1p-45 }
    // |1+z| - 1 = (|1+z|^2 - 1)/(|1+z| + 1), |1+z|^2 = (1-r)^2 + 4 r cos^2(t/2): near z = -1 its
    // root would turn the rounding of (1+r)^2 - 4 r sin^2(t/2) into one of 2^-26.
    let other = cos(t / 2)
    let square = (1 - r) * (1 - r) + 4 * r * other * other
    let excess = r * (2 + r) - 4 * r * half * half
    return excess / (square.squareRoot() + 1) + r * 0x1p-45
  }

  /// [z^n] E(z) r^n, the weight of all draws on the circle of radius r: (Mr)^n / n! or
  /// binom(M, n) r^n.
  ///
  /// - Parameter unit: k: the radius is given in units of 2^-k.
  func drawWeight(total: Integer, drawCount n: Int, radius r: Double, unit: Int = 0, precision: Int)
    -> RealBall
  {
    var weight = RealBall(precision: precision)
    weight.set(r)
    weight.value.scale(byPowerOfTwo: -unit)
    if self == .withReplacement { weight.multiply(by: RealBall(total, precision: precision)) }
    weight.formPower(n)
    if self == .withReplacement {
      weight.divide(by: Factorials.factorial(n, precision: precision))
    } else {
      weight.multiply(by: Factorials.binomial(total.int ?? .max, n, precision: precision))
    }
    return weight
  }

  /// All draws of n items or labels: M^n or binom(M, n).
  func drawWays(_ total: Integer, _ n: Int) -> Integer {
    self == .withReplacement ? total.power(n) : Integer.binomial(total.int ?? .max, n)
  }
}
