// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What an operation takes, in seconds of one core: all choices between methods and all estimates
/// in refusals count operations in these.
///
/// Measured on a Xeon at 2.3 GHz with GMP 6.2.1 and MPFR 4.2.0: products by `mpz_mul` in a loop, what
/// comes with them by the processor time of `Benchmarks --filter cost/`, which all figures here are
/// within a factor of two of. On another machine all are off by about the same factor, which leaves
/// the choice of a method as it is and shifts what is refused.
package enum OperationCost {
  /// A product of two integers of 2^6, 2^7, ... 2^20 bits, in nanoseconds.
  private static let products: [Double] = [
    7, 7, 14, 41, 149, 477, 1520, 4860, 13_700, 36_200, 98_900, 246_000, 686_000, 1_770_000,
    3_620_000,
  ]

  /// A product of two integers of so many bits each.
  package static func integer(bits: Double) -> Double {
    let bits = min(max(bits, 64), 0x1p60)
    let place = Int(bits.exponent) - 6
    guard place < products.count - 1 else {
      return products[products.count - 1] * 1e-9 * bits * 0x1p-20
    }
    let (low, high) = (products[place], products[place + 1])
    return (low + (high - low) * (bits.significand - 1)) * 1e-9
  }

  /// A product and a sum of real balls.
  package static func real(bits: Double) -> Double { 60e-9 + integer(bits: bits) }

  /// A product and a sum of complex numbers: words of fixed size as far as these reach, then balls.
  package static func complex(bits: Double) -> Double {
    bits <= Double(ComplexWord.fixedPrecision ?? 0) ? 40e-9 : 300e-9 + 4 * integer(bits: bits)
  }

  /// x <- a x + b y with machine integers a and b: of words as far as these reach, then of
  /// accumulators.
  package static func recurrence(bits: Double) -> Double {
    bits <= Double(PositiveWord.precision) ? 7e-9 : 60e-9 + 70e-12 * bits
  }
}
