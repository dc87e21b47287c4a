// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

/// A polynomial with rational coefficients, lowest degree first, cut off above a degree: generating
/// functions written out, the oracle of everything that avoids writing them out.
struct Polynomial {
  var coefficients: [Rational]

  static func constant(_ value: Rational, upTo degree: Int) -> Polynomial {
    Polynomial(coefficients: [value] + Array(repeating: 0, count: degree))
  }

  /// g^w - 1 with g = e^z or 1 + z.
  static func seenFactor(_ weight: Int, _ sampling: SamplingScheme, upTo degree: Int) -> Polynomial
  {
    Polynomial(
      coefficients: (0...degree).map { k in
        if k == 0 { return 0 }
        return sampling == .withReplacement
          ? Rational(Integer(weight).power(k), Integer.factorial(k))
          : Rational(Integer.binomial(weight, k))
      })
  }

  static func * (a: Polynomial, b: Polynomial) -> Polynomial {
    Polynomial(
      coefficients: a.coefficients.indices.map { n in
        (0...n).reduce(0) { $0 + a.coefficients[$1] * b.coefficients[n - $1] }
      })
  }

  static func + (a: Polynomial, b: Polynomial) -> Polynomial {
    Polynomial(coefficients: zip(a.coefficients, b.coefficients).map { $0 + $1 })
  }

  /// prod_c (g^(w_c) - 1), the coverage function.
  static func coverage(_ weights: [Int], _ sampling: SamplingScheme, upTo degree: Int) -> Polynomial
  {
    weights.reduce(.constant(1, upTo: degree)) { $0 * seenFactor($1, sampling, upTo: degree) }
  }

  /// sum_c omega_c prod_(j != c) (g^(w_j) - 1), the anchor function for m collisions.
  static func anchor(
    _ weights: [Int], _ sampling: SamplingScheme, collisions m: Int, upTo degree: Int
  ) -> Polynomial {
    weights.indices.reduce(.constant(0, upTo: degree)) { sum, c in
      var others = weights
      let w = others.remove(at: c)
      let omega =
        sampling == .withReplacement
        ? Integer(w).power(m + 1) : Integer(w) * Integer.binomial(w - 1, m)
      return sum + .constant(Rational(omega), upTo: degree)
        * coverage(others, sampling, upTo: degree)
    }
  }
}

/// A complex number with rational parts.
struct ComplexRational {
  var re: Rational
  var im: Rational

  static func * (a: Self, b: Self) -> Self {
    Self(re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re)
  }

  func power(_ exponent: Int) -> Self {
    (0..<exponent).reduce(Self(re: 1, im: 0)) { result, _ in result * self }
  }

  var norm: Rational { re * re + im * im }
}

extension RelativeError {
  /// The bound as a fraction; nil for infinity.
  var rational: Rational? {
    guard mantissa.isFinite else { return nil }
    let scale = Integer(1).shiftedLeft(by: -exponent)
    return Real(mantissa).rational / Rational(scale)
  }
}

extension Magnitude {
  /// The bound as a fraction; nil for infinity.
  var rational: Rational? { mantissa.isFinite ? real.rational : nil }
}

/// What an error bound claims against what is true, for one computed value.
struct ErrorComparison {
  /// Half the width: what the midpoint is certified to err by at most.
  let certified: Rational
  /// What the midpoint errs by.
  let actual: Rational

  init(_ enclosure: Enclosure, exact: Rational) {
    let (low, high) = (enclosure.lower.rational, enclosure.upper.rational)
    certified = (high - low) / 2
    actual = (exact - (high + low) / 2).magnitude
  }

  /// certified/actual, infinite where the midpoint is exact.
  var ratio: Double {
    actual.signum == 0 ? .infinity : Real(certified / actual, precision: 53, rounding: .up).double()
  }
}
