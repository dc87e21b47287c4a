// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// E[T] and Var[T] as fractions, by inclusion-exclusion over the weights that sets of classes have.
///
/// With prod_c (1 - x^(w_c)) = sum_w a_w x^w, M the sum of all weights:
///
///     with replacement     E[T] = -M sum_(w>0) a_w/w,          E[T(T+1)] = -2 M^2 sum a_w/w^2
///     without              E[T] = -(M+1) sum_(w>0) a_w/(w+1),
///                          E[T(T+1)] = -2 (M+1)(M+2) sum a_w/((w+1)(w+2))
///
/// from the integrals of `WaitingQuadrature`, as 1 - P(s) = -sum_(w>0) a_w e^(-ws).
struct ExactWaitingMoments: Sendable {
  let mean: Rational
  let variance: Rational

  init(mean: Rational, variance: Rational) {
    self.mean = mean
    self.variance = variance
  }

  /// - Returns: nil when the product has more than `termLimit` terms.
  init?(law: LabelLaw, sampling: SamplingScheme, termLimit: Int) {
    guard let terms = Self.terms(law, limit: termLimit) else { return nil }
    let m = law.total
    let sums: (Rational, Rational)
    let scale: Integer
    switch sampling {
    case .withReplacement:
      sums = (
        Self.sum(terms[...]) { Rational($1, $0) }, Self.sum(terms[...]) { Rational($1, $0 * $0) }
      )
      scale = m
    case .withoutReplacement:
      sums = (
        Self.sum(terms[...]) { Rational($1, $0 + 1) },
        Self.sum(terms[...]) { Rational($1, ($0 + 1) * ($0 + 2)) }
      )
      scale = m + 1
    }
    mean = -Rational(scale) * sums.0
    let square = sampling == .withReplacement ? m * m : scale * (m + 2)
    variance = -2 * Rational(square) * sums.1 - mean * mean - mean
  }

  /// The terms a_w x^w with w > 0.
  private static func terms(_ law: LabelLaw, limit: Int) -> [(weight: Integer, count: Integer)]? {
    var terms: [Integer: Integer] = [0: 1]
    for group in law.groups {
      // (1 - x^w)^k has k + 1 terms, and a product at least as many as each factor.
      guard group.classCount < limit else { return nil }
      var powers: [(weight: Integer, count: Integer)] = []
      var binomial: Integer = 1
      for j in 0...group.classCount {
        let shift = group.weight * Integer(j)
        powers.append((shift, j % 2 == 0 ? binomial : -binomial))
        binomial.multiply(by: group.classCount - j)
        binomial = binomial.exactlyDivided(by: Integer(j + 1))
      }
      var product: [Integer: Integer] = [:]
      for (weight, count) in terms {
        for power in powers {
          product[weight + power.weight, default: 0].addProduct(count, power.count)
        }
        if product.count > limit { return nil }
      }
      terms = product.filter { $0.value.signum != 0 }
    }
    terms[0] = nil
    return terms.map { ($0.key, $0.value) }.sorted { $0.weight < $1.weight }
  }

  /// A sum by halves, so that fractions of like length meet.
  private static func sum(
    _ terms: ArraySlice<(weight: Integer, count: Integer)>,
    _ fraction: (_ weight: Integer, _ count: Integer) -> Rational
  ) -> Rational {
    if terms.count <= 1 {
      return terms.first.map { fraction($0.weight, $0.count) } ?? 0
    }
    let middle = (terms.startIndex + terms.endIndex) / 2
    return sum(terms[..<middle], fraction) + sum(terms[middle...], fraction)
  }
}
