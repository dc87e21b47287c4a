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
  public var value: ComputableReal { ComputableReal(self) }

  /// One minus the probability, from its own formula when it is small.
  public var complement: ComputableReal { ComputableReal(self, isComplement: true) }

  /// The decimal logarithm of the probability.
  public var log10: ComputableReal { ComputableReal(self, .decimal) }

  /// The decimal logarithm of its complement.
  public var log10Complement: ComputableReal {
    ComputableReal(self, .decimal, isComplement: true)
  }

  /// The natural logarithm of the probability, in nats.
  public var logarithm: ComputableReal { ComputableReal(self, .natural) }

  /// The natural logarithm of its complement, in nats.
  public var logarithmOfComplement: ComputableReal {
    ComputableReal(self, .natural, isComplement: true)
  }

  /// Both tails: those of a certain event, or what is computed and kept.
  package func tails(
    _ memo: Memo<Tails>, _ precision: Int, _ compute: (Int) throws -> Tails
  ) rethrows -> Tails {
    guard let certain else { return try memo.value(precision, compute) }
    return Tails(probability: Enclosure(certain ? 1 : 0), complement: Enclosure(certain ? 0 : 1))
  }
}
