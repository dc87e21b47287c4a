// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision

/// The probability of an event that can be enclosed, with its complement, as narrowly as asked.
///
/// A type that conforms says when the event is certain and encloses both tails otherwise; values
/// that print with correct digits, complements and logarithms follow.
public protocol CertifiedProbability: Sendable {
  /// Whether the event is certain (true), impossible (false) or neither (nil).
  var certain: Bool? { get }

  /// The probability and its complement, each with a relative width of at most 2^-precision.
  ///
  /// - Throws: `CapacityError` when that is too much work.
  func tails(precision: Int) throws -> Tails

  /// The probability as a fraction.
  ///
  /// - Throws: `CapacityError` when its numerator and denominator would be too long.
  func exactValue() throws -> Rational
}

extension CertifiedProbability {
  /// The probability.
  public var value: ComputableReal {
    if let certain { return ComputableReal(certain ? 1 : 0) }
    return ComputableReal {
      try tails(precision: $0 + ComputableReal.spareBits).probability
    } isExactly: {
      try isExactly($0)
    }
  }

  /// One minus the probability, from its own formula when it is small.
  public var complement: ComputableReal {
    if let certain { return ComputableReal(certain ? 0 : 1) }
    return ComputableReal {
      try tails(precision: $0 + ComputableReal.spareBits).complement
    } isExactly: {
      try isExactly(1 - $0)
    }
  }

  /// The decimal logarithm of the probability.
  public var log10: ComputableReal { logarithm(.decimal) }

  /// The decimal logarithm of its complement.
  public var log10Complement: ComputableReal { logarithmOfComplement(.decimal) }

  /// The natural logarithm of the probability, in nats.
  public var logarithm: ComputableReal { logarithm(.natural) }

  /// The natural logarithm of its complement, in nats.
  public var logarithmOfComplement: ComputableReal { logarithmOfComplement(.natural) }

  private func logarithm(_ base: LogarithmBase) -> ComputableReal {
    .logarithm(base, certain) {
      try tails(precision: $0)
    } equals: {
      try isExactly($0)
    }
  }

  private func logarithmOfComplement(_ base: LogarithmBase) -> ComputableReal {
    .logarithm(base, certain.map { !$0 }) {
      try tails(precision: $0).swapped
    } equals: {
      try isExactly(1 - $0)
    }
  }

  /// Whether the probability, which is neither 0 nor 1, is a fraction.
  func isExactly(_ candidate: Rational) throws -> Bool {
    if candidate.signum <= 0 || candidate >= 1 { return false }
    return try exactValue() == candidate
  }

  /// Both tails of a certain event.
  func certainTails(_ certain: Bool) -> Tails {
    Tails(probability: Enclosure(certain ? 1 : 0), complement: Enclosure(certain ? 0 : 1))
  }
}
