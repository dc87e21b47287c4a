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
  func tails(_ memo: Memo<Tails>, _ precision: Int, _ compute: (Int) throws -> Tails) rethrows
    -> Tails
  {
    guard let certain else { return try memo.value(precision, compute) }
    return Tails(probability: Enclosure(certain ? 1 : 0), complement: Enclosure(certain ? 0 : 1))
  }
}

/// What a logarithm is to.
enum LogarithmBase {
  case decimal, natural
}

extension ComputableReal {
  /// Bits that tails are asked for beyond those of the answer, by probabilities as by their
  /// logarithms: so the columns of a row share one computation.
  static let spareBits = 8

  /// A probability that is 1 (true), 0 (false) or neither (nil), by its enclosures of relative
  /// width at most 2^-precision and as a fraction.
  static func probability(
    _ certain: Bool?, enclosure: @escaping @Sendable (_ precision: Int) throws -> Enclosure,
    exactly: @escaping @Sendable () throws -> Rational
  ) -> ComputableReal {
    if let certain { return ComputableReal(certain ? 1 : 0) }
    return ComputableReal(enclosure: enclosure) {
      $0.signum > 0 && $0 < 1 ? try exactly() == $0 : false
    }
  }

  /// The logarithm of a probability; above 3/4 log1p of its complement, so that it keeps its
  /// relative accuracy near 1.
  ///
  /// The decimal logarithm of a fraction is rational only for powers of ten: if 10^(a/b) is a
  /// fraction in lowest terms, its b-th power is 10^a, so b divides every prime's exponent, 1. The
  /// natural one is transcendental but for 1 (Hermite-Lindemann).
  static func logarithm(
    _ base: LogarithmBase, _ certain: Bool?, _ tails: @escaping @Sendable (Int) throws -> Tails,
    exactly: @escaping @Sendable () throws -> Rational
  ) -> ComputableReal {
    if let certain { return certain ? ComputableReal(0) : .negativeInfinity }
    return ComputableReal { precision in
      try Refinement.enclosure(of: "the logarithm", precision: precision, spare: spareBits) {
        working in
        let (both, bits) = (try tails(working), working + 8)
        switch (base, both.probability.lower > Real(0.75)) {
        case (.decimal, true): return both.complement.decimalLogarithmOfComplement(precision: bits)
        case (.decimal, false): return both.probability.decimalLogarithm(precision: bits)
        case (.natural, true):
          return Enclosure(0).subtracting(both.complement, precision: bits)
            .logarithmOfOnePlus(precision: bits)
        case (.natural, false): return both.probability.naturalLogarithm(precision: bits)
        }
      }
    } isExactly: { candidate in
      guard base == .decimal, candidate.isInteger, let exponent = candidate.numerator.int,
        exponent > -100_000, exponent < 0
      else { return false }
      return try exactly() == Rational(10).power(exponent)
    }
  }

  /// The square root of a number that is not negative.
  var squareRoot: ComputableReal {
    if let exact, exact.signum == 0 { return self }
    return ComputableReal { precision in
      // A relative width w of the number gives less than w for its root, rounded outward.
      try enclosure(precision: precision + 2).squareRoot(precision: precision + 4)
    } isExactly: { candidate in
      candidate.signum > 0 ? try isExactly(candidate * candidate) : false
    }
  }
}

/// A probability and its complement, each enclosed with full relative accuracy.
public struct Tails: Sendable {
  /// The probability.
  public let probability: Enclosure
  /// One minus the probability.
  public let complement: Enclosure

  /// How many bits the less narrow enclosure lacks to have a relative width of at most
  /// 2^-precision: 0 if both have it, nil if one reaches zero.
  package func missingBits(relativePrecision precision: Int) -> Int? {
    guard let a = probability.missingBits(relativePrecision: precision),
      let b = complement.missingBits(relativePrecision: precision)
    else { return nil }
    return max(a, b)
  }

  /// Whether both enclosures have a relative width of at most 2^-precision.
  func isWithin(relativePrecision precision: Int) -> Bool {
    missingBits(relativePrecision: precision) == 0
  }

  /// The complement and its own.
  var swapped: Tails { Tails(probability: complement, complement: probability) }
}

extension Tails {
  /// Both tails of a fraction, with a relative width of at most 2^-precision.
  init(_ exact: Rational, precision: Int) {
    self.init(
      probability: Enclosure(exact, precision: precision + 1),
      complement: Enclosure(1 - exact, precision: precision + 1))
  }

  /// A probability and its complement from enclosures of the former that are `spare` bits narrower,
  /// as many as the complement loses, and more where that does not do.
  ///
  /// - Parameter operation: What is computed, for an error's message.
  static func withComplement(
    _ precision: Int, of operation: String = "a complement", spare: Int,
    _ probability: (Int) throws -> Enclosure
  ) throws -> Tails {
    try Refinement.result(of: operation, precision: precision, spare: spare + 4) { working in
      let value = try probability(working)
      return Tails(probability: value, complement: value.complement(precision: working + 8))
    } missing: {
      $0.missingBits(relativePrecision: precision)
    }
  }
}
