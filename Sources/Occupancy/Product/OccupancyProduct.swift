// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The product over classes that every occupancy quantity is a coefficient or an integral of,
///
///     H(y, z) = g^W prod_c (L_c(z) + y U_c(z)),
///
/// with g^(w_c) = L_c + U_c split at the copies m_c that class c must come, and W the weight of all
/// draws that need not show anything. Here at real points, for planning, in `Double` arithmetic;
/// `FactorPowers` has L and U at complex ones.
struct OccupancyProduct: Sendable {
  let requirement: Requirement
  let sampling: SamplingScheme
  /// The factor of a class of each part, and the number of its classes.
  let factors: [ClassFactor]
  let counts: [Double]
  /// W, in the units of the law.
  private let freeWeight: Double

  init(_ requirement: Requirement, _ sampling: SamplingScheme) {
    self.requirement = requirement
    self.sampling = sampling
    factors = requirement.parts.map { ClassFactor($0, requirement.law, sampling) }
    counts = requirement.parts.map { Double($0.classCount) }
    freeWeight = requirement.freeWeight.scaledDouble(requirement.law.unitExponent)
  }

  var law: LabelLaw { requirement.law }

  /// x at which E(x) has its mean at n draws: where x g'/g = n/M.
  func freePoint(drawCount n: Double) -> Double {
    let total = law.scaledTotal
    return sampling == .withReplacement ? n / total : n / max(total - n, 1e-9)
  }

  /// ln g^W.
  func logFree(_ x: Double) -> Double {
    freeWeight == 0 ? 0 : freeWeight * sampling.logBase(x)
  }

  /// The mean number of draws that need not show anything.
  func freeMean(_ x: Double) -> Double {
    freeWeight == 0 ? 0 : freeWeight * sampling.baseSlope(x)
  }

  /// ln of g^W prod_c U_c: every class comes m times.
  func logReached(_ x: Double) -> Double {
    let logBase = sampling.logBase(x)
    var sum = logFree(x)
    for index in factors.indices {
      sum += counts[index] * factors[index].logReached(x, logBase: logBase)
    }
    return sum
  }

  /// The mean number of draws where every class comes m times, less the fewest.
  func reachedExcess(_ x: Double) -> Double {
    zip(factors, counts).reduce(freeMean(x)) { $0 + $1.1 * $1.0.reachedExcess(x) }
  }

  /// ln of the chances that a class of each part comes m times, and that it does not.
  func logTails(_ x: Double) -> [(reached: Double, missed: Double)] {
    let logBase = sampling.logBase(x)
    return factors.map { $0.logTails(x, logBase: logBase) }
  }

  /// L and U of a class of every part.
  func splits(_ x: Double) -> [ClassFactor.Split] { factors.map { $0.split(x) } }

  // MARK: - Tilted

  /// The number of classes that count, at a point.
  func tilt(_ x: Double) -> ClassTilt { ClassTilt(zip(splits(x), counts).map { .init($0, $1) }) }

  /// ln H(s, x).
  func logTilted(_ x: Double, log tilt: Double) -> Double {
    self.tilt(x).logProduct(tilt) + logFree(x)
  }

  /// What is known of the tilted law P(S = a, D = b) = [y^b z^a] H s^b x^a / H(s, x): S draws show
  /// D classes that count, class c independently with the odds s U_c : L_c.
  struct Moments {
    var draws = 0.0
    var distinct = 0.0
    var distinctVariance = 0.0
    var covariance = 0.0
  }

  func moments(_ x: Double, log tilt: Double) -> Moments {
    moments(splits(x), x, log: tilt)
  }

  func moments(_ splits: [ClassFactor.Split], _ x: Double, log tilt: Double) -> Moments {
    var sum = Moments(draws: freeMean(x))
    for (index, split) in splits.enumerated() {
      let n = counts[index]
      let q = ClassTilt.Class(split, n).chance(tilt)
      let reached = q == 0 ? 0 : Double(factors[index].copies) + split.reachedExcess
      sum.distinct += n * q
      sum.draws += n * (q * reached + (1 - q) * split.shortMean)
      sum.distinctVariance += n * q * (1 - q)
      sum.covariance += n * q * (1 - q) * (reached - split.shortMean)
    }
    return sum
  }

  /// Var S: what the mean of S grows by with ln x.
  func drawsVariance(_ x: Double, log tilt: Double) -> Double {
    let step = 1e-4
    let (below, above) = (x * exp(-step), x * exp(step))
    return (moments(above, log: tilt).draws - moments(below, log: tilt).draws) / (2 * step)
  }
}
