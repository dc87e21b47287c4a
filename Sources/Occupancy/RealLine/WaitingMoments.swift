// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision

/// E[T] and E[T(T+1)] of a waiting time T.
struct WaitingMoments: Sendable {
  let mean: Enclosure
  let rising: Enclosure

  /// Var[T] = E[T(T+1)] - E[T]^2 - E[T].
  func variance(precision: Int) -> Enclosure {
    rising.subtracting(
      mean.multiplied(by: mean, precision: precision).adding(mean, precision: precision),
      precision: precision)
  }
}

/// A waiting time whose mean and variance are fractions or can be enclosed.
protocol CertifiedMoments: Sendable {
  /// The moments as fractions, if these are short.
  var exact: ExactWaitingMoments? { get }
  /// The moments as fractions, to tell a number from a decimal that no enclosure excludes.
  func decided() throws -> ExactWaitingMoments
  /// Both moments with an error of about 2^-bits of each.
  func moments(bits: Int) throws -> WaitingMoments
  var memo: Memo<WaitingMoments> { get }
  /// The bits beyond those of the moments that a variance is computed with.
  var varianceBits: Int { get }
}

extension CertifiedMoments {
  // A root is taken of a variance of two bits more: at a boundary of 64 bits the mean would ask for
  // fewer, and both be computed twice.
  var certifiedMean: ComputableReal {
    moment({ $0.mean }, spare: 42) { moments, _ in moments.mean }
  }

  var certifiedVariance: ComputableReal {
    moment({ $0.variance }, spare: 40) { $0.variance(precision: $1) }
  }

  /// A part of the moments with a relative width of at most 2^-precision: what cancels, of a
  /// variance for instance, is seen from the result and added.
  private func moment(
    _ value: @escaping @Sendable (ExactWaitingMoments) -> Rational, spare: Int,
    part: @escaping @Sendable (WaitingMoments, Int) -> Enclosure
  ) -> ComputableReal {
    if let exact { return ComputableReal(value(exact)) }
    return ComputableReal(
      enclosure: { precision in
        try Refinement.enclosure(of: "the waiting time", precision: precision, spare: spare) {
          // Rounded up, so that mean and deviation ask for the same.
          let bits = ($0 + 63) / 64 * 64
          return part(try memo.value(bits) { try moments(bits: $0) }, bits + varianceBits)
        }
      }, fraction: { value(try decided()) }, isExactly: { value(try decided()) == $0 })
  }
}
