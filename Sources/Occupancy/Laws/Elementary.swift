// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

// The elementary functions of the platform, named once for the whole module: for planning, and for
// bounds with a margin far above what they err by.

#if canImport(Glibc)
  internal import Glibc

  func exp(_ x: Double) -> Double { Glibc.exp(x) }
  func expm1(_ x: Double) -> Double { Glibc.expm1(x) }
  func log(_ x: Double) -> Double { Glibc.log(x) }
  func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
  func log2(_ x: Double) -> Double { Glibc.log2(x) }
  func log10(_ x: Double) -> Double { Glibc.log10(x) }
  func sin(_ x: Double) -> Double { Glibc.sin(x) }
  func cos(_ x: Double) -> Double { Glibc.cos(x) }
  func sinh(_ x: Double) -> Double { Glibc.sinh(x) }
  func erfc(_ x: Double) -> Double { Glibc.erfc(x) }
  func lgamma(_ x: Double) -> Double { Glibc.lgamma(x) }
#else
  internal import Darwin

  func exp(_ x: Double) -> Double { Darwin.exp(x) }
  func expm1(_ x: Double) -> Double { Darwin.expm1(x) }
  func log(_ x: Double) -> Double { Darwin.log(x) }
  func log1p(_ x: Double) -> Double { Darwin.log1p(x) }
  func log2(_ x: Double) -> Double { Darwin.log2(x) }
  func log10(_ x: Double) -> Double { Darwin.log10(x) }
  func sin(_ x: Double) -> Double { Darwin.sin(x) }
  func cos(_ x: Double) -> Double { Darwin.cos(x) }
  func sinh(_ x: Double) -> Double { Darwin.sinh(x) }
  func erfc(_ x: Double) -> Double { Darwin.erfc(x) }
  func lgamma(_ x: Double) -> Double { Darwin.lgamma(x) }
#endif

/// ln 2, rounded.
let ln2 = 0.693_147_180_559_945_3

/// ln(e^x - 1) for x > 0, without overflow.
func logExpMinusOne(_ x: Double) -> Double {
  x > 1 ? x + log1p(-exp(-x)) : log(expm1(x))
}

/// ln of a sum of exponentials.
func logSumOfExponentials(_ terms: [Double]) -> Double {
  let top = terms.max() ?? -.infinity
  return top == -.infinity ? top : top + log(terms.reduce(0) { $0 + exp($1 - top) })
}

extension Int {
  /// How many bits a number that is not negative has.
  var bitLength: Int { Int.bitWidth - leadingZeroBitCount }

  /// The positions of the bits that are set.
  var setBits: [Int] { (0..<Int.bitWidth).filter { self >> $0 & 1 == 1 } }
}

extension Integer {
  /// The positions of the bits that are set in a number that is not negative.
  var setBits: [Int] { int?.setBits ?? (0..<bitWidth).filter { bit($0) } }

  /// The value times 2^-unit, up to a rounding.
  func scaledDouble(_ unit: Int) -> Double {
    let (mantissa, exponent) = scaledApproximation
    return mantissa * powerOfTwo(exponent - unit)
  }

  /// The nearest `Double`, up to a rounding: for planning only.
  var double: Double { scaledApproximation.exponent > 1023 ? .infinity : scaledDouble(0) }

  /// ln of a positive integer, approximately: for planning.
  var naturalLogarithm: Double {
    let (mantissa, exponent) = scaledApproximation
    return log(mantissa) + Double(exponent) * ln2
  }

  /// log10 of a positive integer, approximately: for messages.
  var decimalLogarithm: Double {
    let (mantissa, exponent) = scaledApproximation
    return log10(mantissa) + Double(exponent) * 0.301_029_995_663_981_2
  }
}

/// 2^exponent, 0 or infinity beyond the range of `Double`.
func powerOfTwo(_ exponent: Int) -> Double {
  Double(sign: .plus, exponent: exponent, significand: 1)
}
