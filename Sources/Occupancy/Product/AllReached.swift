// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
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

  func makeEvaluator<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, precision: Int
  ) -> NodeEvaluator<Number> {
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
