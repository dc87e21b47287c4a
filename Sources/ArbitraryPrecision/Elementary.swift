// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The elementary functions of the platform, named once for the whole package: for planning, and for
// bounds with a margin far above what they err by.

#if canImport(Glibc)
  internal import Glibc

  package func exp(_ x: Double) -> Double { Glibc.exp(x) }
  package func exp2(_ x: Double) -> Double { Glibc.exp2(x) }
  package func expm1(_ x: Double) -> Double { Glibc.expm1(x) }
  package func log(_ x: Double) -> Double { Glibc.log(x) }
  package func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
  package func log2(_ x: Double) -> Double { Glibc.log2(x) }
  package func log10(_ x: Double) -> Double { Glibc.log10(x) }
  package func sin(_ x: Double) -> Double { Glibc.sin(x) }
  package func cos(_ x: Double) -> Double { Glibc.cos(x) }
  package func sinh(_ x: Double) -> Double { Glibc.sinh(x) }
  package func erfc(_ x: Double) -> Double { Glibc.erfc(x) }
  package func lgamma(_ x: Double) -> Double { Glibc.lgamma(x) }
#else
  internal import Darwin

  package func exp(_ x: Double) -> Double { Darwin.exp(x) }
  package func exp2(_ x: Double) -> Double { Darwin.exp2(x) }
  package func expm1(_ x: Double) -> Double { Darwin.expm1(x) }
  package func log(_ x: Double) -> Double { Darwin.log(x) }
  package func log1p(_ x: Double) -> Double { Darwin.log1p(x) }
  package func log2(_ x: Double) -> Double { Darwin.log2(x) }
  package func log10(_ x: Double) -> Double { Darwin.log10(x) }
  package func sin(_ x: Double) -> Double { Darwin.sin(x) }
  package func cos(_ x: Double) -> Double { Darwin.cos(x) }
  package func sinh(_ x: Double) -> Double { Darwin.sinh(x) }
  package func erfc(_ x: Double) -> Double { Darwin.erfc(x) }
  package func lgamma(_ x: Double) -> Double { Darwin.lgamma(x) }
#endif

/// ln(e^x - 1) for x > 0, without overflow.
package func logExpMinusOne(_ x: Double) -> Double { x > 1 ? x + log1p(-exp(-x)) : log(expm1(x)) }

/// ln of a sum of exponentials.
package func logSumOfExponentials(_ terms: [Double]) -> Double {
  let top = terms.max() ?? -.infinity
  return top == -.infinity ? top : top + log(terms.reduce(0) { $0 + exp($1 - top) })
}

/// (1 - Phi(w))/phi(w) of the normal law for w >= 0.
package func millsRatio(_ w: Double) -> Double {
  if w > 30 { return 1 / w - 1 / (w * w * w) }
  return erfc(w / 2.0.squareRoot()) / 2 * exp(w * w / 2) * 2.506_628_274_631_000_5
}
