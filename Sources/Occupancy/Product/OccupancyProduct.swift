// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

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
  func logFree(_ x: Double) -> Double { freeWeight == 0 ? 0 : freeWeight * sampling.logBase(x) }

  /// The mean number of draws that need not show anything.
  private func freeMean(_ x: Double) -> Double {
    freeWeight == 0 ? 0 : freeWeight * sampling.baseSlope(x)
  }

  /// ln U of a class of each part.
  func logReachedFactors(_ x: Double) -> [Double] {
    let logBase = sampling.logBase(x)
    return factors.map { $0.logReached(x, logBase: logBase) }
  }

  /// ln of g^W prod_c U_c: every class comes m times.
  func logReached(_ x: Double) -> Double { logReached(x, logReachedFactors(x)) }

  /// The same where ln U is known.
  func logReached(_ x: Double, _ logFactors: [Double]) -> Double {
    zip(logFactors, counts).reduce(logFree(x)) { $0 + $1.1 * $1.0 }
  }

  /// E[X | X >= m] - m of a class of each part.
  func reachedExcesses(_ x: Double) -> [Double] { factors.map { $0.reachedExcess(x) } }

  /// The mean number of draws where every class comes m times, less the fewest.
  func reachedExcess(_ x: Double) -> Double { reachedExcess(x, reachedExcesses(x)) }

  /// The same where that of each class is known.
  func reachedExcess(_ x: Double, _ excesses: [Double]) -> Double {
    zip(excesses, counts).reduce(freeMean(x)) { $0 + $1.1 * $1.0 }
  }

  /// ln of the chances that a class of each part comes m times, and that it does not.
  func logTails(_ x: Double) -> [(reached: Double, missed: Double)] {
    let logBase = sampling.logBase(x)
    return factors.map { $0.logTails(x, logBase: logBase) }
  }

  /// L and U of a class of every part.
  func splits(_ x: Double) -> [ClassFactor.Split] { factors.map { $0.split(x) } }

  /// The number of classes that count, at a point.
  func tilt(_ x: Double) -> ClassTilt { tilt(splits(x)) }

  /// The same where L and U are known.
  func tilt(_ splits: [ClassFactor.Split]) -> ClassTilt {
    ClassTilt(
      classes: zip(splits, counts).map {
        .init(classCount: $1, logShort: $0.logShort, logReached: $0.logReached)
      })
  }

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
    /// Where every class comes once.
    var drawsVariance = 0.0
  }

  /// - Parameters:
  ///   - splits: L and U at x, if they are known.
  ///   - center: E D of equal classes, if it is known better than by the tilt.
  func moments(
    _ x: Double, log logTilt: Double, _ splits: [ClassFactor.Split]? = nil, center: Double? = nil
  ) -> Moments {
    let splits = splits ?? self.splits(x)
    // x is the odds of an item and x/(1 + x) its chance without replacement, as there is then.
    let share = sampling == .withReplacement ? 1 : 1 / (1 + x)
    var sum = Moments(draws: freeMean(x), drawsVariance: freeMean(x) * share)
    for (index, (split, odds)) in zip(splits, tilt(splits).classes).enumerated() {
      let (n, q) = (counts[index], center.map { $0 / counts[index] } ?? odds.chance(logTilt))
      let reached = q == 0 ? 0 : Double(factors[index].copies) + split.reachedExcess
      sum.distinct += n * q
      sum.draws += n * (q * reached + (1 - q) * split.shortMean)
      sum.distinctVariance += n * q * (1 - q)
      sum.covariance += n * q * (1 - q) * (reached - split.shortMean)
      // E X(X-1)/E X is that of all draws: l, or (w - 1) x/(1 + x).
      let pairs = factors[index].weight - (sampling == .withReplacement ? 0 : 1)
      let spread = reached * max(pairs * x * share - split.reachedExcess, 0)
      sum.drawsVariance += n * q * (spread + (1 - q) * reached * reached)
    }
    return sum
  }
}

extension OccupancyProduct {
  /// Products of a `GroupProduct` over the classes that must come.
  var groupWork: Double {
    let parts = requirement.parts
    return Double(
      parts.reduce(requirement.classCount.bitLength) { $0 + $1.classCount.nonzeroBitCount })
  }

  /// Products of H(y, z) for so many y at the same z, about.
  func tiltWork(_ count: Int) -> Double {
    LinearFactorBlocks.work(exponents: requirement.parts.map(\.classCount), pointCount: count)
  }
}

/// Rigorous values, for bounds of errors.
extension OccupancyProduct {
  /// The precision at which values are bounded: powers lose the bits of M.
  var valuePrecision: Int { boundPrecision + law.total.bitWidth }

  /// H(s, x), from above.
  func value(tilt: Tilt, at x: Double) -> Magnitude { value(tilt: tilt, short: x, reached: x) }

  /// g(x)^W prod_c (L_c(r) + s (r/x)^m U_c(x)), from above.
  func value(tilt: Tilt, short r: Double, reached x: Double) -> Magnitude {
    let precision = valuePrecision
    let atShort = FactorPowers<RealBall>(self, precision: precision)
    let atReached = FactorPowers<RealBall>(self, precision: precision)
    let groups = GroupProduct<RealBall>(self, precision: precision)
    var u = RealBall(precision: precision)
    var quotient = RealBall(precision: precision)
    u.set(x)
    atReached.begin(at: u)
    quotient.set(r)
    atShort.begin(at: quotient)
    quotient.divide(by: u)
    groups.begin()
    for part in requirement.parts {
      atReached.next()
      atShort.next()
      u.set(quotient)
      u.formPower(part.copies)
      u.multiply(by: tilt.ball(precision: precision))
      u.multiply(by: atReached.reached.ball)
      u.add(atShort.short.ball)
      groups.multiply(by: u)
    }
    groups.finish(into: &u)
    atReached.multiplyByFree(&u)
    return u.bound
  }

  /// [z^n] E(z) r^n, the weight of all draws on the circle of radius r.
  func drawWeight(_ n: Int, radius: Double, precision: Int) -> RealBall {
    law.drawWeight(sampling, n, radius: radius, precision: precision)
  }

  /// An upper bound of F(r)/(r^n [z^n] E), and so of a probability, by Chernoff's inequality; nil
  /// where all draws have a weight of which nothing is known.
  func chance(_ value: Magnitude, drawCount n: Int, radius: Double) -> Real? {
    let all = drawWeight(n, radius: radius, precision: boundPrecision + n.bitLength).enclosure()
    guard all.isPositive else { return nil }
    return Enclosure(upTo: value).divided(by: all, precision: boundPrecision).upper
  }
}

extension GroupProduct where Number: ~Copyable {
  /// A product over the classes that must come.
  convenience init(_ product: OccupancyProduct, precision: Int) {
    self.init(exponents: product.requirement.parts.map(\.classCount), precision: precision)
  }
}
