// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// F(z) = g^W prod_c U_c(z): every class comes at least m_c times.
///
/// Majorant: with V = U/z^m, a series with non-negative coefficients,
///
///     with replacement     V(z) = w^m/(m-1)! int_0^1 (1-s)^(m-1) e^(s w z) ds (Taylor's remainder), so
///                          |V(re^(it))| <= V(r cos t), and V increases on the whole real line;
///     without              V(z) = m binom(w, m) int_0^1 (1-s)^(m-1) (1+sz)^(w-m) ds, and |1 + sz| <=
///                          1 + s x with x = |1+z| - 1 (the triangle inequality, as 1 + sz =
///                          (1-s) + s(1+z)), so |V(z)| <= V(x), which increases for x >= -1.
///
/// So |U(re^(it))| <= (r/x)^m U(x) with x the scheme's `majorantArgument`, rounded up, where it is
/// positive. And |g(z)^W| <= g(x)^W. Together |F(re^(it))| <= (r/x)^(sum m_c) F(x).
struct AllReached: GeneratingFunction {
  let product: OccupancyProduct

  var lowestDegree: Int { product.requirement.totalCopies }

  func logValue(_ x: Double) -> Double { product.logReached(x) }

  func excess(_ x: Double) -> Double { product.reachedExcess(x) }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    logValue(x) + Double(lowestDegree) * log(r / x)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    value(x) * powerOfRatio(r, x, lowestDegree)
  }

  func makeEvaluator<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, precision: Int
  ) -> NodeEvaluator<Number> {
    let evaluator = Evaluator<Number>(product, precision: precision)
    return NodeEvaluator { evaluator.evaluate($0, into: &$1) }
  }

  private final class Evaluator<Number: RigorousComplex & ~Copyable> {
    private let partCount: Int
    private let powers: FactorPowers<Number>
    private let groups: GroupProduct<Number>
    private let factor: BallBox<Number>

    init(_ product: OccupancyProduct, precision: Int) {
      partCount = product.factors.count
      powers = FactorPowers(product, precision: precision)
      groups = GroupProduct(
        exponents: product.requirement.parts.map(\.classCount), precision: precision)
      factor = BallBox(precision: precision)
    }

    func evaluate(_ point: borrowing Number, into result: inout Number) {
      powers.begin(at: point)
      groups.begin()
      for _ in 0..<partCount {
        powers.nextReached(into: &factor.ball)
        groups.multiply(by: factor.ball)
      }
      groups.finish(into: &result)
      powers.multiplyByFree(&result)
    }
  }
}
