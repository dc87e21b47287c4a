// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// Interval arithmetic: each end is rounded outward at the given precision, in bits.
extension Enclosure {
  /// The interval center +- radius; the whole line if the center is not a number.
  package init(center: borrowing Accumulator, radius: Magnitude) {
    let bound = radius.accumulator
    let pointer = unsafe center.pointer
    self = unsafe Self.bounds(center.precision) { low, high in
      unsafe mpfr_sub(low, pointer, bound.pointer, MPFR_RNDD)
      unsafe mpfr_add(high, pointer, bound.pointer, MPFR_RNDU)
    }
  }

  /// The sum.
  ///
  /// - Parameters:
  ///   - other: The other summand.
  ///   - precision: The width of the ends' significands in bits, at least 2.
  public func adding(_ other: Enclosure, precision: Int) -> Enclosure {
    unsafe combined(with: other, precision: precision) { low, high, x, y in
      unsafe mpfr_add(low, x.lower, y.lower, MPFR_RNDD)
      unsafe mpfr_add(high, x.upper, y.upper, MPFR_RNDU)
    }
  }

  /// The difference, at `precision` bits: the lower end takes the other's upper one.
  public func subtracting(_ other: Enclosure, precision: Int) -> Enclosure {
    unsafe combined(with: other, precision: precision) { low, high, x, y in
      unsafe mpfr_sub(low, x.lower, y.upper, MPFR_RNDD)
      unsafe mpfr_sub(high, x.upper, y.lower, MPFR_RNDU)
    }
  }

  /// The product of intervals without negative numbers, at `precision` bits.
  ///
  /// - Precondition: neither interval holds a negative number.
  public func multiplied(by other: Enclosure, precision: Int) -> Enclosure {
    precondition(lower.signum >= 0 && other.lower.signum >= 0, "factors are not negative")
    return unsafe combined(with: other, precision: precision) { low, high, x, y in
      unsafe mpfr_mul(low, x.lower, y.lower, MPFR_RNDD)
      unsafe mpfr_mul(high, x.upper, y.upper, MPFR_RNDU)
    }
  }

  /// The quotient of an interval without negative numbers by a positive one, at `precision` bits.
  ///
  /// - Precondition: this interval holds no negative number, the other positive ones only.
  public func divided(by other: Enclosure, precision: Int) -> Enclosure {
    precondition(lower.signum >= 0 && other.lower.signum > 0, "a quotient of positive intervals")
    return unsafe combined(with: other, precision: precision) { low, high, x, y in
      unsafe mpfr_div(low, x.lower, y.upper, MPFR_RNDD)
      unsafe mpfr_div(high, x.upper, y.lower, MPFR_RNDU)
    }
  }

  /// One minus the number, at `precision` bits: a decreasing function, so the ends change places.
  public func complement(precision: Int) -> Enclosure {
    unsafe mapped(precision: precision) { low, high, x in
      unsafe mpfr_ui_sub(low, 1, x.upper, MPFR_RNDD)
      unsafe mpfr_ui_sub(high, 1, x.lower, MPFR_RNDU)
    }
  }

  /// The square root of an interval without negative numbers, at `precision` bits.
  ///
  /// - Precondition: the interval holds no negative number.
  public func squareRoot(precision: Int) -> Enclosure {
    precondition(lower.signum >= 0, "a square root of numbers that are not negative")
    return unsafe mapped(precision: precision) { low, high, x in
      unsafe mpfr_sqrt(low, x.lower, MPFR_RNDD)
      unsafe mpfr_sqrt(high, x.upper, MPFR_RNDU)
    }
  }

  /// The decimal logarithm of an interval of positive numbers, at `precision` bits.
  ///
  /// - Precondition: the interval holds positive numbers only.
  public func decimalLogarithm(precision: Int) -> Enclosure {
    if let log = words?.decimalLogarithm(precision: precision) { return Enclosure(log) }
    precondition(lower.signum > 0, "a logarithm of positive numbers")
    return unsafe mapped(precision: precision) { low, high, x in
      unsafe mpfr_log10(low, x.lower, MPFR_RNDD)
      unsafe mpfr_log10(high, x.upper, MPFR_RNDU)
    }
  }

  /// The decimal logarithm of one minus the number, an interval within [0, 1): decreasing, so
  /// the ends change places. log10(1 - x) = log1p(-x) / ln 10 keeps its relative accuracy near 0.
  ///
  /// - Precondition: 0 <= lower and upper < 1.
  public func decimalLogarithmOfComplement(precision: Int) -> Enclosure {
    if let log = words?.decimalLogarithmOfComplement(precision: precision) {
      return Enclosure(log)
    }
    precondition(lower.signum >= 0 && upper < Real(1), "a number in [0, 1)")
    let ten = Accumulator(precision: precision + 2)
    return unsafe mapped(precision: precision) { low, high, x in
      unsafe mpfr_neg(low, x.upper, MPFR_RNDD)
      unsafe mpfr_log1p(low, low, MPFR_RNDD)
      // A negative number divided by a smaller denominator is smaller.
      unsafe mpfr_log_ui(ten.pointer, 10, MPFR_RNDD)
      unsafe mpfr_div(low, low, ten.pointer, MPFR_RNDD)
      unsafe mpfr_neg(high, x.lower, MPFR_RNDU)
      unsafe mpfr_log1p(high, high, MPFR_RNDU)
      unsafe mpfr_log_ui(ten.pointer, 10, MPFR_RNDU)
      unsafe mpfr_div(high, high, ten.pointer, MPFR_RNDU)
    }
  }

  /// The part of the interval within [0, 1], for a number known to be a probability.
  package var clampedToProbability: Enclosure {
    let (zero, one) = (Real(0), Real(1))
    return Enclosure(lower: max(lower, zero), upper: min(upper, one))
  }

  /// The interval that `body` computes. An end that is not a number (infinity minus infinity, zero
  /// times infinity) bounds nothing: it becomes infinite.
  private static func bounds(
    _ precision: Int, _ body: (mpfr_ptr, mpfr_ptr) -> Void
  ) -> Enclosure {
    let low = Accumulator(precision: precision)
    let high = Accumulator(precision: precision)
    unsafe body(low.pointer, high.pointer)
    if unsafe mpfr_nan_p(low.pointer) != 0 { unsafe mpfr_set_inf(low.pointer, -1) }
    if unsafe mpfr_nan_p(high.pointer) != 0 { unsafe mpfr_set_inf(high.pointer, 1) }
    return Enclosure(lower: Real(low), upper: Real(high))
  }

  /// The interval that `body` computes from pointers to the ends of this one and of another.
  func combined(
    with other: Enclosure, precision: Int,
    _ body: (_ low: mpfr_ptr, _ high: mpfr_ptr, _ x: Pointers, _ y: Pointers) -> Void
  ) -> Enclosure {
    unsafe withPointers { x in
      unsafe other.withPointers { y in
        unsafe Self.bounds(precision) { unsafe body($0, $1, x, y) }
      }
    }
  }

  /// The interval that `body` computes from pointers to the ends of this one.
  func mapped(
    precision: Int, _ body: (_ low: mpfr_ptr, _ high: mpfr_ptr, _ x: Pointers) -> Void
  ) -> Enclosure {
    unsafe withPointers { x in
      unsafe Self.bounds(precision) { unsafe body($0, $1, x) }
    }
  }
}
