// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

@Suite struct WaitingTimeQuantileTests {
  private func uniform(_ classCount: Int) throws -> WaitingTime {
    try WaitingTime(law: LabelLaw(.uniform(classCount: classCount)), sampling: .withReplacement)
  }

  @Test(arguments: 0..<10)
  func `quantiles of random laws are the first draws to reach them`(part: Int) throws {
    try WaitingCase.forEach(32, salt: 200 + UInt64(part)) { example, generator in
      let p = Rational(Int.random(in: 1...998, using: &generator), 999)
      let curve = example.curve(until: p)
      let n = try example.time.quantile(p)
      #expect(n == curve.firstIndex { $0 >= p }, "\(example), \(p)")
    }
  }

  @Test func `a level that is met exactly is reached, one above is not`() throws {
    try WaitingCase.forEach(12, salt: 300) { example, generator in
      let curve = example.curve(until: Rational(9, 10)).enumerated()
      let candidates = curve.filter { $0.element > 0 && $0.element < 1 }
      guard let (n, v) = candidates.randomElement(using: &generator) else { return }
      let here = try example.time.quantile(v)
      #expect(here == n, "\(example)")
      let next = try example.time.quantile(v + Rational(1, Integer(10).power(200)))
      #expect(next == n + 1, "\(example)")
    }
  }

  @Test(arguments: [("0.5", 7274), ("0.9", 9155), ("0.99", 11503)])
  func `quantiles of a thousand equal classes are proven`(text: String, n: Int) throws {
    #expect(try uniform(1000).quantile(Rational(parsing: text)) == n)
  }

  @Test(arguments: [30, 60, 300])
  func `levels as close to 1 as a power of ten are told from their neighbours`(
    digits: Int
  ) throws {
    // Ten equal classes, 1 - v_n = 10 (9/10)^n - 45 (8/10)^n + ...
    let small = Rational(1, Integer(10).power(digits))
    let n = try uniform(10).quantile(1 - small)
    func missed(_ n: Int) -> Rational {
      (1...10).map { j in
        let sign = j % 2 == 1 ? Rational(1) : -1
        return sign * Rational(Integer.binomial(10, j)) * Rational(10 - j, 10).power(n)
      }.reduce(0, +)
    }
    #expect(missed(n) <= small)
    #expect(missed(n - 1) > small)
  }

  @Test func `a tiny level is reached with the first complete set of draws`() throws {
    #expect(try uniform(10).quantile(Rational(1, Integer(10).power(50))) == 10)
    // v_10 = 10!/10^10
    #expect(try uniform(10).quantile(Rational(Integer.factorial(10), Integer(10).power(10))) == 10)
  }

  @Test func `the level 1 is reached where draws run out, and nowhere with replacement`() throws {
    let law = LabelLaw(try LabelDistribution(counts: [3, 5]))
    #expect(try WaitingTime(law: law, sampling: .withoutReplacement).quantile(1) == 6)
    #expect(throws: DomainError.self) {
      try WaitingTime(law: law, sampling: .withReplacement).quantile(1)
    }
  }

  @Test(arguments: [Rational(0), Rational(-1, 2), Rational(3, 2)])
  func `a level outside 0 and 1 is refused`(level: Rational) throws {
    #expect(throws: DomainError.self) { try uniform(5).quantile(level) }
  }

  @Test func `a quantile beyond the longest series of draws is refused`() throws {
    let rare = Rational(1, Integer(10).power(20))
    let law = try LabelLaw(probabilities: [rare, 1 - rare])
    let time = try WaitingTime(law: law, sampling: .withReplacement)
    #expect(throws: CapacityError.self) { try time.quantile(Rational(1, 2)) }
  }

  @Test(arguments: SamplingScheme.allCases)
  func `the estimate is within a draw or two of the quantile`(sampling: SamplingScheme) throws {
    let law = LabelLaw(try .balanced(classCount: 100, itemsPerClass: 50))
    let estimate = CoverageEstimate(try law.product(sampling))
    for (p, complement) in [(0.1, 0.9), (0.5, 0.5), (0.99, 0.01)] {
      let n = try WaitingTime(law: law, sampling: sampling)
        .quantile(Rational(parsing: "\(p)"))
      let guess = estimate.crossing(
        logReached: log(p), logMissed: log(complement), from: 100, limit: 1e15)
      #expect(abs(guess - Double(n)) < 2, "\(p)")
    }
  }
}
