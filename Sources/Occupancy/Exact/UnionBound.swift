// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The probability of missing a class when that is rarer than the precision asked for.
///
/// With T_1 = sum_c P(class c is missed) and T_2 = sum_(c<d) P(c and d are missed), Bonferroni gives
/// T_1 - T_2 <= 1 - v_n <= T_1. Missing c makes missing d less likely, in either scheme:
///
///     (1 - p_c - p_d)^n <= ((1 - p_c)(1 - p_d))^n,
///     (M - c - d - i)(M - i) <= (M - c - i)(M - d - i) for every draw i,
///
/// so T_2 <= T_1^2/2, and T_1 (1 - T_1/2) <= 1 - v_n <= T_1: relative width below T_1.
struct UnionBound {
  let law: LabelLaw
  let sampling: SamplingScheme
  let drawCount: Int

  /// An enclosure of 1 - v_n; narrow when that is small.
  func missProbability(precision: Int) -> Enclosure {
    let extra = 12 + 2 * (Int.bitWidth - drawCount.leadingZeroBitCount)
    let first = MissWeights(law: law, sampling: sampling, drawCount: drawCount)
      .sum(law.singleClasses, precision: precision + extra).enclosure().nonnegative
    guard first.upper <= Real(1) else { return Enclosure(lower: Real(0), upper: Real(1)) }
    // x (1 - x/2) increases for x <= 1, so its lower bound is taken at T_1's lower end.
    var rest = Accumulator(precision: precision + extra)
    rest.set(first.lower, rounding: .up)
    rest.scale(byPowerOfTwo: -1)
    rest.negate()
    rest.add(1, rounding: .down)
    var lower = Accumulator(precision: precision + extra)
    lower.set(first.lower, rounding: .down)
    lower.multiply(by: rest, rounding: .down)
    return Enclosure(lower: Real(lower), upper: first.upper)
  }
}
