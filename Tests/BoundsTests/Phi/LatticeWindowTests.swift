// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Occupancy
import Testing

@testable import Bounds

@Suite struct LatticeWindowTests {
  private static let laws: [CountLaw] = [
    .binomial(trialCount: 0, success: 1, failure: 3),
    .binomial(trialCount: 1, success: 1, failure: 1),
    .binomial(trialCount: 40, success: 1, failure: 9),
    .binomial(trialCount: 300, success: 7, failure: 2),
    .binomial(trialCount: 12, success: 5, failure: 0),
    .hypergeometric(trialCount: 0, items: 0, matching: 0),
    .hypergeometric(trialCount: 9, items: 20, matching: 7),
    .hypergeometric(trialCount: 15, items: 20, matching: 19),
    .hypergeometric(trialCount: 255, items: 999, matching: 99),
    .hypergeometric(trialCount: 4, items: 30, matching: 30),
    // Found by a search: what it errs by is 0.56 of the claim at the last tail.
    .binomial(trialCount: 5, success: 27, failure: 391_659),
  ]

  @Test("Rounded weights and what is left out err by less than is claimed", arguments: laws.indices)
  func error(index: Int) {
    let law = Self.laws[index]
    for tail in [0.01, 0x1p-20, 0x1p-58] {
      let window = LatticeWindow(law, tail: tail)
      var (total, outside) = (Rational(0), Rational(0))
      for m in law.support {
        let p = Self.probability(law, m)
        let offset = m - window.first
        if window.weights.indices.contains(offset) {
          total += (Real(window.weights[offset]).rational - p).magnitude
        } else {
          outside += p
        }
      }
      total += outside
      #expect(total <= Real(window.error).rational, "\(law)")
      // The tails are within what was asked for, and the claim is no more than that and rounding.
      #expect(outside <= Real(2 * tail).rational)
      #expect(window.error < 5 * tail + 1e-12)
    }
  }

  private static func probability(_ law: CountLaw, _ m: Int) -> Rational {
    let trials = law.trialCount
    switch law.kind {
    case .binomial(let success, let failure):
      let (p, q) = (Rational(success, success + failure), Rational(failure, success + failure))
      return Rational(Integer.binomial(trials, m)) * power(p, m) * power(q, trials - m)
    case .hypergeometric(let items, let matching):
      return Rational(
        Integer.binomial(matching, m) * Integer.binomial(items - matching, trials - m),
        Integer.binomial(items, trials))
    }
  }

  private static func power(_ x: Rational, _ n: Int) -> Rational { n == 0 ? 1 : x.power(n) }
}
