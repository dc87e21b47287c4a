// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// Products of intervals of either sign with factors that are not negative, and natural logarithms.
extension Enclosure {
  /// The product with an integer that is not negative: each end stays on its side.
  package func scaled(by factor: Integer, precision: Int) -> Enclosure {
    precondition(factor.signum >= 0, "a factor is not negative")
    return unsafe mapped(precision: precision) { low, high, x in
      unsafe mpfr_mul_z(low, x.lower, factor.storage.pointer, MPFR_RNDD)
      unsafe mpfr_mul_z(high, x.upper, factor.storage.pointer, MPFR_RNDU)
    }
  }

  /// The product with a fraction that is not negative: each end stays on its side.
  package func scaled(by factor: Rational, precision: Int) -> Enclosure {
    precondition(factor.signum >= 0, "a factor is not negative")
    return unsafe mapped(precision: precision) { low, high, x in
      unsafe mpfr_mul_q(low, x.lower, factor.storage.pointer, MPFR_RNDD)
      unsafe mpfr_mul_q(high, x.upper, factor.storage.pointer, MPFR_RNDU)
    }
  }

  /// The product with an interval of numbers that are not negative.
  ///
  /// The least product takes the factor's lower end if this interval's lower end is not negative,
  /// else the upper one; the greatest product the other way round.
  package func scaled(by factor: Enclosure, precision: Int) -> Enclosure {
    precondition(factor.lower.signum >= 0, "a factor is not negative")
    return unsafe combined(with: factor, precision: precision) { low, high, x, y in
      let isLowNegative = unsafe mpfr_sgn(x.lower) < 0
      let isHighNegative = unsafe mpfr_sgn(x.upper) < 0
      unsafe mpfr_mul(low, x.lower, isLowNegative ? y.upper : y.lower, MPFR_RNDD)
      unsafe mpfr_mul(high, x.upper, isHighNegative ? y.lower : y.upper, MPFR_RNDU)
    }
  }

  /// The number with its sign changed: exact.
  package var negated: Enclosure {
    let (x, y) = (lower, upper)
    let low = Accumulator(precision: y.precision)
    let high = Accumulator(precision: x.precision)
    unsafe mpfr_neg(low.pointer, y.pointer, MPFR_RNDD)
    unsafe mpfr_neg(high.pointer, x.pointer, MPFR_RNDU)
    return Enclosure(lower: Real(low), upper: Real(high))
  }

  /// The natural logarithm of an interval of positive numbers.
  package func naturalLogarithm(precision: Int) -> Enclosure {
    if let log = words?.logarithm(precision: precision) { return Enclosure(log) }
    precondition(lower.signum > 0, "a logarithm of positive numbers")
    return unsafe mapped(precision: precision) { low, high, x in
      unsafe mpfr_log(low, x.lower, MPFR_RNDD)
      unsafe mpfr_log(high, x.upper, MPFR_RNDU)
    }
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
