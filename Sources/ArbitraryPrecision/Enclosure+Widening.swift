// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension Enclosure {
  /// [0, bound].
  package init(upTo bound: Magnitude) { self.init(lower: Real(0), upper: bound.real) }

  /// The interval with both ends moved outward by a bound of an error.
  package func widened(by error: Magnitude, precision: Int) -> Enclosure {
    let zero = Accumulator(precision: 64)
    return adding(Enclosure(center: zero, radius: error), precision: precision)
  }

  /// The part of the interval that is not negative, for a number known not to be.
  ///
  /// - Precondition: the interval holds such a number.
  package var nonnegative: Enclosure {
    lower.signum >= 0 ? self : Enclosure(lower: Real(0), upper: upper)
  }
}
