// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// F(z) = g^W prod_c U_c(z): every class comes at least m_c times.
///
/// Majorant (Theorem 2): |U(re^(it))| <= (r/x)^m U(x) with x the scheme's `majorantArgument`, rounded
/// up, where it is positive, and |g(z)^W| <= g(x)^W. Together |F(re^(it))| <= (r/x)^(sum m_c) F(x).
struct AllReached: PowerMajorized {
  let product: OccupancyProduct

  var lowestDegree: Int { product.requirement.totalCopies }
  var growth: Int { lowestDegree }

  func logValue(_ x: Double) -> Double { product.logReached(x) }

  func excess(_ x: Double) -> Double { product.reachedExcess(x) }

  func makeEvaluator<Number: RigorousNumber & ~Copyable>(_ arithmetic: Number.Type, precision: Int)
    -> NodeEvaluator<Number>
  {
    let powers = FactorPowers<Number>(product, precision: precision)
    let groups = GroupProduct<Number>(product, precision: precision)
    let partCount = product.factors.count
    return NodeEvaluator { point, result in
      powers.begin(at: point)
      groups.begin()
      for _ in 0..<partCount {
        powers.next()
        groups.multiply(by: powers.reached.ball)
      }
      groups.finish(into: &result)
      powers.multiplyByFree(&result)
    }
  }
}

/// J(z) = sum_c omega_c F(z)/G_c(z): the anchor's class c has a given number m of negatives, and
/// all other negatives show every other class as often as it must come.
///
///     with replacement     omega_c = w_c^(m+1)
///     without              omega_c = m_c binom(m_c - 1, m)
///
/// F is `AllReached`, and G_c = U_c if the class must come, at most m + 1 times; omega_c = 0 if more
/// often. G_c = g^(w_c) if it need not come. Majorant: J(x) times the largest power of r/x >= 1 of a
/// term (Theorem 5).
struct AnchorAside: PowerMajorized {
  let product: OccupancyProduct
  /// n_c omega_c of the classes of each part.
  private let weights: [Integer]
  /// n_c omega_c of those that need not come.
  private let freeWeights: [Integer]
  /// ln of both.
  private let logWeights, logFreeWeights: [Double]
  let lowestDegree: Int
  let growth: Int

  init(_ product: OccupancyProduct, collisionCount m: Int) {
    let requirement = product.requirement
    func omega(_ part: Requirement.Part) -> Integer {
      if part.copies > m + 1 { return 0 }
      let one =
        product.sampling == .withReplacement
        ? part.weight.power(m + 1) : part.weight * Integer.binomial(part.items - 1, m)
      return one * Integer(part.classCount)
    }
    self.product = product
    weights = requirement.parts.map(omega)
    freeWeights = requirement.free.map(omega)
    func logarithm(_ x: Integer) -> Double { x.signum > 0 ? x.naturalLogarithm : -.infinity }
    (logWeights, logFreeWeights) = (weights.map(logarithm), freeWeights.map(logarithm))
    let hasFree = freeWeights.contains { $0.signum > 0 }
    let copies = zip(requirement.parts, weights).filter { $1.signum > 0 }.map(\.0.copies)
    lowestDegree = requirement.totalCopies - (copies.max() ?? 0)
    growth = requirement.totalCopies - (hasFree ? 0 : copies.min() ?? 0)
  }

  /// The degrees between which J has coefficients other than zero; nil if it has none.
  var degrees: ClosedRange<Int>? {
    let (parts, free) = (product.requirement.parts, product.requirement.free)
    let anchors = zip(parts + free, weights + freeWeights).filter { $1.signum > 0 }
    guard let smallest = anchors.map(\.0.weight).min() else { return nil }
    guard sampling == .withoutReplacement, let items = law.itemCount, let size = smallest.int else {
      return lowestDegree...Int.max
    }
    return items - size >= lowestDegree ? lowestDegree...items - size : nil
  }

  /// ln of omega_c/G_c for each part, where ln U is known.
  private func logTerms(_ x: Double, _ logReached: [Double]) -> [Double] {
    let slope = law.scaledTotal * sampling.logBase(x)
    return zip(logWeights, logReached).map { $0 - $1 }
      + zip(logFreeWeights, product.requirement.free).map { $0 - slope * $1.probability }
  }

  func logValue(_ x: Double) -> Double {
    let logs = product.logReachedFactors(x)
    return product.logReached(x, logs) + logSumOfExponentials(logTerms(x, logs))
  }

  /// The excess of all classes that must come, less what the anchor's would add.
  func excess(_ x: Double) -> Double {
    let excesses = product.reachedExcesses(x)
    let slope = law.scaledTotal * sampling.baseSlope(x)
    let means =
      zip(product.factors, excesses).map { Double($0.copies) + $1 }
      + product.requirement.free.map { slope * $0.probability }
    let terms = logTerms(x, product.logReachedFactors(x))
    let top = terms.max() ?? 0
    let shares = terms.map { exp($0 - top) }
    let omitted = zip(means, shares).reduce(0) { $0 + $1.0 * $1.1 } / shares.reduce(0, +)
    let copies = product.requirement.totalCopies - lowestDegree
    return product.reachedExcess(x, excesses) + (Double(copies) - omitted)
  }

  func makeEvaluator<Number: RigorousNumber & ~Copyable>(_ arithmetic: Number.Type, precision: Int)
    -> NodeEvaluator<Number>
  {
    let powers = FactorPowers<Number>(product, precision: precision)
    let groups = GroupProduct<Number>(product, precision: precision)
    let free = WeightPowers<Number>(
      weights: product.requirement.free.map(\.weight), sampling: sampling, unit: law.unitExponent,
      precision: precision)
    let quotient = BallBox<Number>(precision: precision)
    let sum = BallBox<Number>(precision: precision)
    let scratch = Number.makeScratch(precision: precision)
    let (weights, freeWeights) = (weights, freeWeights)
    /// sum += omega/factor.
    func addQuotient(_ omega: Integer, _ factor: BallBox<Number>) {
      guard omega.signum > 0 else { return }
      quotient.ball.set(factor.ball)
      quotient.ball.formReciprocal(scratch)
      quotient.ball.multiply(by: omega)
      sum.ball.add(quotient.ball)
    }
    return NodeEvaluator { point, result in
      powers.begin(at: point)
      groups.begin()
      sum.ball.set(0)
      for omega in weights {
        powers.next()
        groups.multiply(by: powers.reached.ball)
        addQuotient(omega, powers.reached)
      }
      if !freeWeights.isEmpty { free.begin(at: point) }
      for omega in freeWeights {
        free.next()
        addQuotient(omega, free.power)
      }
      groups.finish(into: &result)
      powers.multiplyByFree(&result)
      result.multiply(by: sum.ball, scratch)
    }
  }
}
