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

/// ln(e^x - 1) for x > 0, without overflow.
func logExpMinusOne(_ x: Double) -> Double { x > 1 ? x + log1p(-exp(-x)) : log(expm1(x)) }

/// ln of a sum of exponentials.
func logSumOfExponentials(_ terms: [Double]) -> Double {
  let top = terms.max() ?? -.infinity
  return top == -.infinity ? top : top + log(terms.reduce(0) { $0 + exp($1 - top) })
}

/// 2^exponent, 0 or infinity beyond the range of `Double`.
func powerOfTwo(_ exponent: Int) -> Double { .powerOfTwo(exponent) }
