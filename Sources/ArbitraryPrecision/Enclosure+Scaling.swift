// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// Products of intervals of either sign with factors that are not negative, and natural logarithms.
extension Enclosure {
  /// The product with an integer that is not negative: each end stays on its side.
  package func scaled(by factor: Integer, precision: Int) -> Enclosure {
    precondition(factor.signum >= 0, "a factor is not negative")
    let low = Accumulator(precision: precision)
    let high = Accumulator(precision: precision)
    unsafe mpfr_mul_z(low.pointer, lower.pointer, factor.storage.pointer, MPFR_RNDD)
    unsafe mpfr_mul_z(high.pointer, upper.pointer, factor.storage.pointer, MPFR_RNDU)
    return Enclosure(lower: Real(low), upper: Real(high))
  }

  /// The product with a fraction that is not negative: each end stays on its side.
  package func scaled(by factor: Rational, precision: Int) -> Enclosure {
    precondition(factor.signum >= 0, "a factor is not negative")
    let low = Accumulator(precision: precision)
    let high = Accumulator(precision: precision)
    unsafe mpfr_mul_q(low.pointer, lower.pointer, factor.storage.pointer, MPFR_RNDD)
    unsafe mpfr_mul_q(high.pointer, upper.pointer, factor.storage.pointer, MPFR_RNDU)
    return Enclosure(lower: Real(low), upper: Real(high))
  }

  /// The product with an interval of numbers that are not negative.
  ///
  /// The least product takes the factor's lower end if this interval's lower end is not negative,
  /// else the upper one; the greatest product the other way round.
  package func scaled(by factor: Enclosure, precision: Int) -> Enclosure {
    precondition(factor.lower.signum >= 0, "a factor is not negative")
    let low = Accumulator(precision: precision)
    let high = Accumulator(precision: precision)
    let forLow = lower.signum >= 0 ? factor.lower : factor.upper
    let forHigh = upper.signum >= 0 ? factor.upper : factor.lower
    unsafe mpfr_mul(low.pointer, lower.pointer, forLow.pointer, MPFR_RNDD)
    unsafe mpfr_mul(high.pointer, upper.pointer, forHigh.pointer, MPFR_RNDU)
    return Enclosure(lower: Real(low), upper: Real(high))
  }

  /// The number with its sign changed: exact.
  package var negated: Enclosure {
    let low = Accumulator(precision: upper.precision)
    let high = Accumulator(precision: lower.precision)
    unsafe mpfr_neg(low.pointer, upper.pointer, MPFR_RNDD)
    unsafe mpfr_neg(high.pointer, lower.pointer, MPFR_RNDU)
    return Enclosure(lower: Real(low), upper: Real(high))
  }

  /// The natural logarithm of an interval of positive numbers.
  package func naturalLogarithm(precision: Int) -> Enclosure {
    precondition(lower.signum > 0, "a logarithm of positive numbers")
    let low = Accumulator(precision: precision)
    let high = Accumulator(precision: precision)
    unsafe mpfr_log(low.pointer, lower.pointer, MPFR_RNDD)
    unsafe mpfr_log(high.pointer, upper.pointer, MPFR_RNDU)
    return Enclosure(lower: Real(low), upper: Real(high))
  }
}

extension Accumulator {
  /// Multiplies by a shared number.
  @discardableResult
  package mutating func multiply(by other: Real, rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_mul(pointer, pointer, other.pointer, rounding.mode))
  }

  /// Adds a shared number.
  @discardableResult
  package mutating func add(_ other: Real, rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_add(pointer, pointer, other.pointer, rounding.mode))
  }
}
