// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A probability and its complement, each enclosed with full relative accuracy.
public struct Tails: Sendable {
  /// The probability.
  public let probability: Enclosure
  /// One minus the probability.
  public let complement: Enclosure

  package init(probability: Enclosure, complement: Enclosure) {
    self.probability = probability
    self.complement = complement
  }

  /// How many bits the less narrow enclosure lacks to have a relative width of at most
  /// 2^-precision: 0 if both have it, nil if one reaches zero.
  package func missingBits(relativePrecision precision: Int) -> Int? {
    guard let a = probability.missingBits(relativePrecision: precision),
      let b = complement.missingBits(relativePrecision: precision)
    else { return nil }
    return max(a, b)
  }

  /// Whether both enclosures have a relative width of at most 2^-precision.
  package func isWithin(relativePrecision precision: Int) -> Bool {
    missingBits(relativePrecision: precision) == 0
  }

  /// The complement and its own.
  package var swapped: Tails { Tails(probability: complement, complement: probability) }
}

extension Tails {
  /// Both tails of a fraction, with a relative width of at most 2^-precision.
  package init(_ exact: Rational, precision: Int) {
    self.init(
      probability: Enclosure(exact, precision: precision + 1),
      complement: Enclosure(1 - exact, precision: precision + 1))
  }

  /// A probability and its complement from enclosures of the former that are `spare` bits narrower,
  /// as many as the complement loses, and more where that does not do.
  ///
  /// - Parameter operation: What is computed, for an error's message.
  package static func withComplement(
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
