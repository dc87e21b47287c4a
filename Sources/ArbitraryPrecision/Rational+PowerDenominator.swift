// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension Rational {
  /// Denominators up to here are factored; the trial divisions take less than a millisecond.
  private static let factoredLimit = 1 << 36

  /// numerator / base^exponent.
  ///
  /// Only primes of the base can be common factors. Removing them one by one is linear in the
  /// length of the numerator, where a greatest common divisor takes a logarithm of products of that
  /// length.
  ///
  /// - Precondition: base >= 1 and exponent >= 0.
  package init(_ numerator: Integer, overPowerOf base: Int, _ exponent: Int) {
    precondition(base >= 1 && exponent >= 0, "a denominator is a power of a positive integer")
    guard numerator.signum != 0, base <= Self.factoredLimit else {
      self.init(numerator, Integer(base).power(exponent))
      return
    }
    var (top, bottom) = (numerator, Integer(1))
    for (prime, multiplicity) in Self.factors(base) {
      let count = multiplicity * exponent
      let removed = top.removeFactors(prime)
      bottom *= Integer(prime).power(max(0, count - removed))
      // The numerator may hold more of the prime than the denominator.
      if removed > count { top *= Integer(prime).power(removed - count) }
    }
    self.init(reduced: top, bottom)
  }

  /// The prime factors of n >= 1 with their multiplicities, by trial division.
  static func factors(_ n: Int) -> [(prime: Int, multiplicity: Int)] {
    var (rest, result) = (n, [(prime: Int, multiplicity: Int)]())
    var p = 2
    while p <= rest / p {
      var multiplicity = 0
      while rest % p == 0 {
        rest /= p
        multiplicity += 1
      }
      if multiplicity > 0 { result.append((p, multiplicity)) }
      p += p == 2 ? 1 : 2
    }
    if rest > 1 { result.append((rest, 1)) }
    return result
  }
}
