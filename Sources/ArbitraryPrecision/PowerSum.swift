// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Synchronization

/// The integer sum_(m = 1..C) a_m m^n for long m^n.
///
/// m^n is multiplicative, so every power of a prime is made once, and terms that share primes share
/// products. With P(x, q) the sum over the m whose primes are at most q of a_(xm) m^n,
///
///     sum = P(1, 2) + sum over odd primes q of q^n P(q, q),
///     P(x, q) = P(x, 2) + sum over odd primes p <= q of p^n P(xp, p),
///     P(x, 2) = a_x + 2^n (a_(2x) + 2^n (a_(4x) + ...)) by shifts:
///
/// each odd m <= C/3 takes one product of long numbers, each larger one that of a power and a
/// coefficient. The primes q are shared among threads; the result is an integer, so it does not
/// depend on their order.
package struct PowerSum: Sendable {
  private let coefficients: [Integer]
  private let exponent: Int
  /// The odd primes up to C.
  private let primes: [Int]
  /// p^n for the odd primes with p^2 <= C: those that occur below others.
  private var powers: [Integer] = []

  /// Below so many bits of all m^n threads cost more than they save.
  private static let parallelBits = 2e6

  /// - Parameters:
  ///   - coefficients: a_1, a_2, ..., a_C.
  ///   - exponent: n, at least 0.
  package init(coefficients: [Integer], exponent: Int) {
    self.coefficients = coefficients
    self.exponent = exponent
    primes = Self.oddPrimes(upTo: coefficients.count)
    let shared = primes.prefix { $0 <= coefficients.count / $0 }
    powers = Parallel.map(shared.count, isWorthwhile: isLong) {
      Integer(shared[$0]).power(exponent)
    }
  }

  private var isLong: Bool {
    let c = Double(coefficients.count)
    return c * Double(exponent) * log2(c + 1) > Self.parallelBits
  }

  /// The sum.
  ///
  /// - Complexity: O(C) products of numbers of n log2 C bits, most of them shorter; as much memory
  ///   as sqrt(C)/log C numbers of that length.
  package func value() -> Integer {
    if coefficients.isEmpty { return 0 }
    let sum = Mutex(powersOfTwo(1))
    Parallel.forEach(primes.count, isWorthwhile: isLong) { k in
      let power = k < powers.count ? powers[k] : Integer(primes[k]).power(exponent)
      let term = power * part(primes[k], upTo: k)
      sum.withLock { $0 += term }
    }
    return sum.withLock { $0 }
  }

  /// P(x, primes[k]).
  ///
  /// Every prime p <= primes[k] <= x with xp <= C has p^2 <= C: its power is known.
  private func part(_ x: Int, upTo k: Int) -> Integer {
    var sum = powersOfTwo(x)
    for i in 0...k {
      let (y, isOverflow) = x.multipliedReportingOverflow(by: primes[i])
      if isOverflow || y > coefficients.count { break }
      sum.addProduct(part(y, upTo: i), powers[i])
    }
    return sum
  }

  /// P(x, 2).
  private func powersOfTwo(_ x: Int) -> Integer {
    var y = x
    while y <= coefficients.count / 2 { y *= 2 }
    var sum = coefficients[y - 1]
    while y > x {
      y /= 2
      sum = sum.shiftedLeft(by: exponent) + coefficients[y - 1]
    }
    return sum
  }

  /// sum of coefficient * base^n over a few bases, each by a power of its own.
  package static func value(
    of terms: [(base: Int, coefficient: Integer)], exponent: Int
  ) -> Integer {
    let bits = terms.reduce(0.0) { $0 + log2(Double($1.base) + 1) * Double(exponent) }
    let sum = Mutex(Integer(0))
    Parallel.forEach(terms.count, isWorthwhile: bits > parallelBits) { i in
      let term = Integer(terms[i].base).power(exponent) * terms[i].coefficient
      sum.withLock { $0 += term }
    }
    return sum.withLock { $0 }
  }

  // MARK: - Parts

  private static func oddPrimes(upTo limit: Int) -> [Int] {
    guard limit >= 3 else { return [] }
    var isComposite = Array(repeating: false, count: limit + 1)
    return stride(from: 3, through: limit, by: 2).filter { p in
      if isComposite[p] { return false }
      if p <= limit / p {
        for m in stride(from: p * p, through: limit, by: 2 * p) { isComposite[m] = true }
      }
      return true
    }
  }
}
