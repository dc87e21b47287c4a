// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

@Suite struct QuantileSearchTests {
  /// F(n) = 1 - 2^-n for n >= 0, without a slope.
  private func halving(
    _ p: Rational, near guess: Double, certain: Int? = nil, limit: Int = 1000
  ) throws -> Int {
    func exact(_ n: Int) -> Rational { 1 - Rational(1, 2).power(n) }
    return try QuantileSearch(p, below: 0, certain: certain).value(limit: limit) { _, _ in
      guess
    } tails: {
      Tails(exact($0), precision: $1)
    } exactly: {
      exact($0)
    }
  }

  @Test(arguments: [-3, 1, 7, 900])
  func `the least number is found from any guess`(guess: Double) throws {
    for n in [1, 2, 10, 64, 700] {
      let p = 1 - Rational(1, 2).power(n)
      #expect(try halving(p, near: guess) == n)
      #expect(try halving(p - Rational(1, 2).power(900), near: guess) == n)
      #expect(try halving(p + Rational(1, 2).power(900), near: guess) == n + 1)
      #expect(try halving(p, near: guess, certain: n) == n)
    }
    #expect(try halving(Rational(1, Integer(10).power(30)), near: guess) == 1)
  }

  @Test func `a certain number answers at once, and a limit is kept`() throws {
    #expect(try halving(1, near: 3, certain: 12) == 12)
    for guess in [3, .infinity, .nan] {
      #expect(throws: CapacityError.self) {
        try halving(1 - Rational(1, 2).power(50), near: guess, limit: 49)
      }
    }
  }

  @Test(arguments: [1, 100, 480, 520, 900])
  func `where a tail hardly changes the least number is found from any guess`(guess: Double) throws
  {
    // P(n) = 1/(1 + 2^(500-n))
    func exact(_ n: Int) -> Rational {
      let (reached, missed) = (Integer(2).power(n), Integer(2).power(500))
      return Rational(reached, reached + missed)
    }
    for p in [Rational(1, 1000), Rational(1, 2), Rational(999, 1000)] {
      let n = try QuantileSearch(p, below: 0, certain: nil).value(limit: 2000) { _, _ in
        guess
      } tails: {
        Tails(exact($0), precision: $1)
      } exactly: {
        exact($0)
      }
      #expect(exact(n - 1) < p && p <= exact(n))
    }
  }
}
