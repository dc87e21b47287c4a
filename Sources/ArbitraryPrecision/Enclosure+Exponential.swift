// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Exponentials of intervals: all of these functions grow with their argument.
extension Enclosure {
  /// e to the power of an interval.
  package func exponential(precision: Int) -> Enclosure {
    map(precision) { $0.formExponential(rounding: $1) }
  }

  /// e to the power of an interval, minus one.
  package func exponentialMinusOne(precision: Int) -> Enclosure {
    map(precision) { $0.formExpMinusOne(rounding: $1) }
  }

  /// The natural logarithm of one plus the number.
  ///
  /// - Precondition: every point is above -1.
  package func logarithmOfOnePlus(precision: Int) -> Enclosure {
    precondition(lower > Real(-1), "a logarithm of positive numbers")
    return map(precision) { $0.formLogarithmOfOnePlus(rounding: $1) }
  }

  /// The image under an increasing function, given by its correctly rounded form.
  private func map(
    _ precision: Int, _ form: (inout Accumulator, Rounding) -> Void
  ) -> Enclosure {
    func end(_ x: Real, _ rounding: Rounding) -> Real {
      // The argument is kept whole; only the function rounds.
      var value = Accumulator(precision: max(precision, x.precision))
      value.set(x, rounding: rounding)
      form(&value, rounding)
      var result = Accumulator(precision: precision)
      result.set(value, rounding: rounding)
      return Real(result)
    }
    return Enclosure(lower: end(lower, .down), upper: end(upper, .up))
  }
}
