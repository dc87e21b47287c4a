// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

package import Kernels

/// The law of the negatives of an anchor's class c and of one other class j, rounded.
package struct PairShares: Sendable {
  /// P(a negative is of c), of j, and of neither.
  let (own, other, rest): (Double, Double, Double)
  /// K.
  let negativeCount: Double

  /// Shares that are right to half a unit each.
  package init(own: Double, other: Double, rest: Double, negativeCount: Int) {
    (self.own, self.other, self.rest) = (own, other, max(0, rest))
    self.negativeCount = Double(negativeCount)
  }

  /// E ln(1 + Col + n y + (K - Col - n) x) with its derivatives.
  package func logarithm(y: Double, x: Double) -> MultinomialLogarithm {
    multinomialLogarithm(
      own: own, other: other, rest: rest, trialCount: negativeCount, y: y, x: x)
  }
}

/// An anchor's class c and one other class j, whose relative score is y; that of the rest is x <= y.
package struct SpreadShape: Sendable {
  /// The law of the negatives of c and j.
  let law: PairShares
  /// The weights of y and x in the sum, rho_j/rho_c and (1 - rho_c - rho_j)/rho_c.
  let (otherWeight, restWeight): (Double, Double)
  /// The weights of ln y, and of ln y and ln x together, in S: multiples of rho_j and 1 - rho_c.
  let (otherSpread, spread): (Double, Double)
  /// ln of the largest sum: ln((1/rho_c - 1) e^(2/t)), since r_j <= e^(2/t). Rounded up.
  let logarithmOfEnd: Double

  /// - Parameters:
  ///   - law: The law of the negatives.
  ///   - own: rho_c.
  ///   - other: rho_j.
  ///   - rest: 1 - rho_c - rho_j.
  ///   - scale: What S is multiplied by.
  ///   - inverseTemperature: 1/t.
  package init(
    law: PairShares, own: Double, other: Double, rest: Double, scale: Double,
    inverseTemperature: Double
  ) {
    self.law = law
    otherWeight = other / own
    restWeight = rest / own
    otherSpread = scale * other
    spread = scale * (other + rest)
    let end = Kernels.logarithm((other + rest) / own) + 2 * inverseTemperature
    logarithmOfEnd = end + abs(end) * 0x1p-48 + 0x1p-48
  }

  /// The largest loss l, ln(1 + e^sigma) at the largest sum, rounded up.
  var largestLoss: Double { softPlus(logarithmOfEnd) * (1 + 0x1p-48) }

  /// Whether there are other classes than c and j.
  var hasRest: Bool { restWeight > 0 }

  /// D(tau) = ln(e^tau rho_j/rho_c + (1 - rho_c - rho_j)/rho_c).
  func logarithm(_ tau: Double) -> Double {
    let other = Kernels.logarithm(otherWeight) + tau
    return !hasRest ? other : other + softPlus(Kernels.logarithm(restWeight) - other)
  }

  /// D'(tau).
  func slope(_ tau: Double) -> Double {
    1 / (1 + restWeight / otherWeight * exponential(-tau))
  }

  /// The last tau of the domain, and 0 where there is no rest.
  var lastRatio: Double {
    let k = max(1, law.negativeCount)
    return !hasRest
      ? 0 : max(0, Kernels.logarithm(k / otherWeight) + logarithmOfEnd) + 40
  }
}

/// ln(1 + e^x).
func softPlus(_ x: Double) -> Double {
  // ln(1 + v) = 2 artanh(v/(2 + v)), whose series serves small v.
  let v = exponential(-abs(x))
  let positive = max(0, x)
  guard v < 0x1p-10 else { return positive + logarithm(1 + v) }
  let z = v / (2 + v)
  let w = z * z
  return positive + 2 * z * (1 + w * (1 / 3.0 + w * (0.2 + w / 7)))
}

/// e^s - 1 for s >= 0.
func exponentialMinusOne(_ s: Double) -> Double {
  guard s < 0.25 else { return exponential(s) - 1 }
  // The Taylor series up to s^13 leaves s^13/14! < 2^-60 of it.
  return stride(from: 13.0, through: 1, by: -1).reduce(0) { (1 + $0) * s / $1 }
}

extension ClosedRange<Double> {
  var width: Double { upperBound - lowerBound }
  var middle: Double { lowerBound + (upperBound - lowerBound) / 2 }

  /// Two halves; nil if there is no number between the ends.
  var halves: (Self, Self)? {
    let m = middle
    guard lowerBound < m, m < upperBound else { return nil }
    return (lowerBound...m, m...upperBound)
  }
}
