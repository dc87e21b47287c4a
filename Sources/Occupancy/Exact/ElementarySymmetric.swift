// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The probability that n draws show n distinct labels, by formulas that cannot cancel.
///
///     with replacement     n! e_n(w)/M^n
///     without              e_n(m)/binom(M, n)
///
/// e_n is the elementary symmetric polynomial of the weights: a binomial coefficient for equal
/// classes, by its recurrence where that is short, else the coefficient of `AtMostOnce` on a
/// circle.
struct AllDistinct {
  let law: LabelLaw
  let sampling: SamplingScheme
  /// n, from 1 to C.
  let drawCount: Int

  /// Updates of the recurrence that take as long as a contour integral, measured.
  private static let recurrenceLimit = 20_000

  /// An enclosure of relative width at most 2^-precision.
  func probability(precision: Int) throws -> Enclosure {
    if !law.isUniform && drawCount < law.classCount
      && drawCount > Self.recurrenceLimit / law.classCount
    {
      return try ContourProbability(AtMostOnce(law), sampling, drawCount: drawCount)
        .enclosure(precision: precision)
    }
    // At most two roundings for each class and each draw, and the powers' of their exponents.
    let working = precision + 16 + 2 * law.classCount.bitLength
    let value = ElementarySymmetric(law: law).value(drawCount, precision: working)
    let all = sampling.drawWeight(
      total: law.total, drawCount: drawCount, radius: 1, precision: working)
    return value.divided(by: all.enclosure(), precision: working).clampedToProbability
  }
}

/// Elementary symmetric polynomials of the weights of a law: e_k = [y^k] prod_c (1 + y w_c).
struct ElementarySymmetric {
  let law: LabelLaw

  /// e_k, by the recurrence e_k(1..c) = e_k(1..c-1) + w_c e_(k-1)(1..c-1): positive terms only,
  /// rounded down once and up once.
  ///
  /// - Complexity: O(log k) products for equal classes, O(G log C) for k = C, O(k C) otherwise.
  func value(_ k: Int, precision: Int) -> Enclosure {
    guard law.isUniform || k == law.classCount else {
      return Enclosure(lower: run(k, precision, .down), upper: run(k, precision, .up))
    }
    // The product of k weights, and the number of ways to choose them.
    var product = Factorials.binomial(law.classCount, k, precision: precision)
    for group in law.groups {
      var power = RealBall(group.weight, precision: precision)
      power.formPower(min(k, group.classCount))
      product.multiply(by: power)
    }
    return product.enclosure()
  }

  private func run(_ k: Int, _ precision: Int, _ rounding: Rounding) -> Real {
    var e = AccumulatorVector(count: k + 1, precision: precision)
    var scratch = Accumulator(precision: precision)
    var weight = Accumulator(precision: precision)
    e.set(0, to: 1)
    var used = 0
    for group in law.groups {
      weight.set(group.weight, rounding: rounding)
      for _ in 0..<group.classCount {
        used += 1
        for j in stride(from: min(used, k), through: 1, by: -1) {
          e.addProduct(of: j - 1, weight, to: j, scratch: &scratch, rounding: rounding)
        }
      }
    }
    return e.value(k)
  }
}
