// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// sin x and arctan x less their linear term, without cancellation. u = 2^-53; libm errs by 2 ulp, 4 u.
enum OddRemainders {
  /// sin x - x for x >= 0, within 24 u of itself.
  ///
  /// Up to 1 by the alternating series
  ///
  ///     -x^3/6 (1 - x^2/20 (1 - x^2/42 (1 - ... x^2/272))):
  ///
  /// the next factor would change it by 5e-17 < u/2, each bracket is between 0.94 and 1 and inherits at
  /// most a twentieth of the error of the next, so the outer one errs by less than 3 u, and six more
  /// roundings are made: 10 u. Beyond, the difference errs by 4 u |sin x| + u |sin x - x|, at x = 1
  /// 22.3 u of itself, and less for larger x, where |sin x| is at most 1 and the difference grows.
  @inline(__always)
  static func sine(_ x: Double) -> Double {
    if x > 1 { return sin(x) - x }
    let s = x * x
    let far = 1 - s * (1.0 / 156) * (1 - s * (1.0 / 210) * (1 - s * (1.0 / 272)))
    let near = 1 - s * (1.0 / 42) * (1 - s * (1.0 / 72) * (1 - s * (1.0 / 110) * far))
    return -(s * x) * (1.0 / 6) * (1 - s * (1.0 / 20) * near)
  }

  /// Up to here the series of the arctangent is used.
  static let seriesLimit = 0.125

  /// arctan x - x. Up to an eighth in size within 12 u of itself, beyond within 4 u |x| + u |result|.
  ///
  /// The series -x^3 (1/3 - x^2 (1/5 - x^2 (1/7 - ... x^2/19))) alternates; its next term is x^18/21,
  /// with x^2 <= 2^-6 less than 2^-56 of the sum, and the brackets pass on a sixty-fourth of their errors:
  /// the outer one errs by less than 4 u, and four more roundings are made.
  @inline(__always)
  static func arctangent(_ x: Double) -> Double {
    if abs(x) > seriesLimit { return atan(x) - x }
    let s = x * x
    let far = 1.0 / 13 - s * (1.0 / 15 - s * (1.0 / 17 - s * (1.0 / 19)))
    let near = 1.0 / 7 - s * (1.0 / 9 - s * (1.0 / 11 - s * far))
    return -(s * x) * (1.0 / 3 - s * (1.0 / 5 - s * near))
  }
}
