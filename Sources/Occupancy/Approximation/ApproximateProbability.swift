// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A probability in floating point with a proven bound of its relative error:
///
///     |significand 2^exponent - p| <= relativeError p.
///
/// Significand and exponent are apart because probabilities such as 4.0e-702 lie below the range of
/// `Double`.
public struct ApproximateProbability: Equatable, Sendable {
  /// In [1, 2), or 0.
  public let significand: Double
  /// The power of two that the significand is multiplied by; 0 if that is 0.
  public let exponent: Int
  /// A proven bound of the relative error; 0 says that the number is exact.
  public let relativeError: Double

  /// The number `factor` 2^`exponent`; the factor is 0 or a positive normal number.
  @inline(__always)
  init(_ factor: Double, exponent: Int, relativeError: Double) {
    let bits = factor.bitPattern
    if bits >> 52 == 0 {
      (significand, self.exponent) = (0, 0)
    } else {
      // The biased exponent, and the significand's bits with the exponent of 1.
      significand = Double(bitPattern: bits & 0xF_FFFF_FFFF_FFFF | 1023 << 52)
      self.exponent = exponent + Int(bits >> 52) - 1023
    }
    self.relativeError = relativeError
  }

  /// The number as a `Double`: exactly, unless it is below 2^-1022 (`Double.leastNormalMagnitude`),
  /// where it is rounded.
  public var value: Double {
    if exponent >= -1022 {
      return significand * Double(bitPattern: UInt64(exponent + 1023) << 52)
    }
    // Smaller powers of two are 0 anyway.
    return Double(sign: .plus, exponent: max(exponent, -1200), significand: significand)
  }

  /// The natural logarithm, which errs by at most `logarithmError`; minus infinity for 0.
  public var logarithm: Double {
    exponent == 0 || exponent == -1
      ? log(value) : Double(exponent) * 0.693_147_180_559_945_3 + log(significand)
  }

  /// A bound of the absolute error of `logarithm`.
  ///
  /// |ln(1 + d)| <= d/(1 - d) for the number itself. The logarithm of the significand errs by 4 u, u =
  /// 2^-53, of at most ln 2, the product by 2 u of itself and the sum by u of itself: each at most u
  /// of |exponent| + 2.
  public var logarithmError: Double {
    (relativeError / (1 - relativeError) + 8 * (Double(exponent.magnitude) + 2) * 0x1p-53)
      * (1 + 0x1p-40)
  }
}
