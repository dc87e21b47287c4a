// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What a logarithm is to.
enum LogarithmBase {
  case decimal, natural
}

/// A probability that is neither 0 nor 1, its complement, or the logarithm of one of them: what a
/// column of a row asks of what its neighbours have computed.
struct CertifiedTail: Sendable {
  let probability: any CertifiedProbability
  /// nil for the probability itself.
  let base: LogarithmBase?
  let isComplement: Bool

  /// Bits that tails are asked for beyond those of the answer, by probabilities as by their
  /// logarithms: so the columns of a row share one computation.
  static let spareBits = 8

  private func tails(_ precision: Int) throws -> Tails {
    let both = try probability.tails(precision: precision)
    return isComplement ? both.swapped : both
  }

  private func chance() throws -> Rational {
    let exact = try probability.exactValue()
    return isComplement ? 1 - exact : exact
  }

  func enclosure(precision: Int) throws -> Enclosure {
    guard let base else { return try tails(precision + Self.spareBits).probability }
    return try Refinement.enclosure(
      of: "the logarithm", precision: precision, spare: Self.spareBits
    ) { try tails($0).logarithm(base, precision: $0 + 8) }
  }

  /// The number as a fraction; nil for a logarithm.
  func fraction() throws -> Rational? { base == nil ? try chance() : nil }

  /// The decimal logarithm of a fraction is rational only for powers of ten: if 10^(a/b) is a
  /// fraction in lowest terms, its b-th power is 10^a, so b divides every prime's exponent, 1. The
  /// natural one is transcendental but for 1 (Hermite-Lindemann).
  func isExactly(_ candidate: Rational) throws -> Bool {
    switch base {
    case .natural: return false
    case .decimal:
      guard candidate.isInteger, let exponent = candidate.numerator.int, exponent > -100_000,
        exponent < 0
      else { return false }
      return try chance() == Rational(10).power(exponent)
    case nil: return candidate.signum > 0 && candidate < 1 ? try chance() == candidate : false
    }
  }
}

extension Tails {
  /// The logarithm of the probability; above 3/4 log1p of its complement, so that it keeps its
  /// relative accuracy near 1.
  fileprivate func logarithm(_ base: LogarithmBase, precision: Int) -> Enclosure {
    switch (base, complement.isBelow(powerOfTwo: -2)) {
    case (.decimal, true): complement.decimalLogarithmOfComplement(precision: precision)
    case (.decimal, false): probability.decimalLogarithm(precision: precision)
    case (.natural, true):
      Enclosure(0).subtracting(complement, precision: precision)
        .logarithmOfOnePlus(precision: precision)
    case (.natural, false): probability.naturalLogarithm(precision: precision)
    }
  }
}
