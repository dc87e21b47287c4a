// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

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
    .probability(
      certain, enclosure: { try tails(precision: $0 + ComputableReal.spareBits).probability },
      exactly: { try exactValue() })
  }

  /// One minus the probability, from its own formula when it is small.
  public var complement: ComputableReal {
    .probability(
      certain.map { !$0 },
      enclosure: { try tails(precision: $0 + ComputableReal.spareBits).complement },
      exactly: { 1 - (try exactValue()) })
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
    .logarithm(base, certain, { try tails(precision: $0) }, exactly: { try exactValue() })
  }

  private func logarithmOfComplement(_ base: LogarithmBase) -> ComputableReal {
    .logarithm(
      base, certain.map { !$0 }, { try tails(precision: $0).swapped },
      exactly: { 1 - (try exactValue()) })
  }

  /// Both tails: those of a certain event, or what is computed and kept.
  package func tails(
    _ memo: Memo<Tails>, _ precision: Int, _ compute: (Int) throws -> Tails
  ) rethrows -> Tails {
    guard let certain else { return try memo.value(precision, compute) }
    return Tails(probability: Enclosure(certain ? 1 : 0), complement: Enclosure(certain ? 0 : 1))
  }
}
