// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// F(z) = prod_c U_c(z), U_c = g^(w_c) less its terms below degree m: every class is drawn at least m
/// times. For m = 1 the `CoverageFunction`.
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
/// positive.
struct CopiesFunction: GeneratingFunction {
  let law: LabelLaw
  let sampling: SamplingScheme
  /// m.
  let copies: Int

  var lowestDegree: Int { law.classCount * copies }

  private func splits(_ x: Double) -> [CopiesSplit] {
    CopiesSplit.groups(of: law, sampling: sampling, point: x, copies: copies)
  }

  func logValue(_ x: Double) -> Double {
    zip(law.groups, splits(x)).reduce(0) { $0 + Double($1.0.classCount) * $1.1.logReached }
  }

  func excess(_ x: Double) -> Double {
    zip(law.groups, splits(x)).reduce(0) { $0 + Double($1.0.classCount) * $1.1.reachedExcess }
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    logValue(x) + Double(lowestDegree) * log(r / x)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    value(x) * powerOfRatio(r, x, lowestDegree)
  }

  func makeEvaluator(precision: Int) -> any NodeEvaluator {
    Evaluator(self, precision: precision)
  }

  private final class Evaluator: NodeEvaluator {
    private let groupCount: Int
    private let powers: CopiesPowers
    private let product: GroupProduct
    private var short, reached: ComplexBall

    init(_ function: CopiesFunction, precision: Int) {
      let law = function.law
      groupCount = law.groups.count
      powers = CopiesPowers(
        law: law, sampling: function.sampling, copies: function.copies, precision: precision)
      product = GroupProduct(exponents: law.groups.map(\.classCount), precision: precision)
      short = ComplexBall(precision: precision)
      reached = ComplexBall(precision: precision)
    }

    func evaluate(_ point: borrowing ComplexBall, into result: inout ComplexBall) {
      powers.begin(at: point)
      product.begin()
      for _ in 0..<groupCount {
        powers.next(short: &short, reached: &reached)
        product.multiply(by: reached)
      }
      product.finish(into: &result)
    }
  }
}
