// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The probability that no draw falls in classes of a given total weight, for one weight after
/// another.
///
///     with replacement     ((M - w)/M)^n
///     without              binom(M - w, n)/binom(M, n) = prod_(i<w) (M - n - i)/(M - i)
///
/// Weights come in increasing order. Without replacement short gaps are walked factor by factor;
/// long ones take (M-w)! (M-n)!/((M-w-n)! M!) by logarithms of factorials.
struct MissWeights {
  let law: LabelLaw
  let sampling: SamplingScheme
  let drawCount: Int

  /// Gaps up to this many factors are walked; beyond, logarithms cost less (measured).
  private static let walkLimit = 400

  /// sum of count * P(no draw in weight w) over terms of increasing weight.
  func sum(_ terms: [SubsetLevels.Term], precision: Int) -> RealBall {
    var sum = Accumulator(precision: precision)
    var error = Magnitude.zero
    var survival = RealBall(1, precision: precision)
    var base = RealBall(precision: precision)
    var weight = 0
    for term in terms {
      if sampling == .withReplacement {
        survival.set(Rational(law.total - term.weight, law.total))
        survival.formPower(drawCount, base: &base)
      } else {
        let target = term.weight.int ?? .max
        advance(&survival, from: weight, to: target)
        weight = target
      }
      base.set(term.count)
      base.multiply(by: survival)
      sum.add(base.value, rounding: .nearest)
      // The sum is rounded once for each term.
      error =
        error + base.absoluteError
        + Magnitude(sum) * RelativeError.rounding(precision: precision)
    }
    return RealBall(sum, absoluteError: error)
  }

  private func advance(_ survival: inout RealBall, from weight: Int, to target: Int) {
    let items = law.itemCount ?? 0
    if target > items - drawCount {
      survival.set(0)
    } else if target - weight <= Self.walkLimit {
      for w in weight..<target {
        survival.multiply(by: items - drawCount - w)
        survival.divide(by: items - w)
      }
    } else {
      survival.set(
        Factorials.missProbability(
          items: items, missed: target, drawCount: drawCount, precision: survival.value.precision))
    }
  }
}
