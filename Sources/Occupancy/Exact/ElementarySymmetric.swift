// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// Elementary symmetric polynomials of the weights of a law: e_k = [y^k] prod_c (1 + y w_c).
struct ElementarySymmetric {
  let law: LabelLaw

  /// e_k, by the recurrence e_k(1..c) = e_k(1..c-1) + w_c e_(k-1)(1..c-1): positive terms only,
  /// rounded down once and up once.
  ///
  /// - Complexity: O(log k) products for equal classes, O(G log C) for k = C, O(k C) otherwise.
  func value(_ k: Int, precision: Int) -> Enclosure {
    if law.isUniform {
      var power = RealBall(law.smallestWeight, precision: precision)
      power.formPower(k)
      power.multiply(by: Factorials.binomial(law.classCount, k, precision: precision))
      return power.enclosure()
    }
    if k == law.classCount { return product(precision).enclosure() }
    return Enclosure(lower: run(k, precision, .down), upper: run(k, precision, .up))
  }

  /// e_C, the product of all weights.
  private func product(_ precision: Int) -> RealBall {
    var product = RealBall(1, precision: precision)
    var power = RealBall(precision: precision)
    for group in law.groups {
      power.set(group.weight)
      power.formPower(group.classCount)
      product.multiply(by: power)
    }
    return product
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
