// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

@Suite struct BaoBoundTests {
  @Test("Bao's bounds for unequal classes, and the tightened one against all s")
  func bao() throws {
    let setting = try finite([1, 2, 5], 4, .withReplacement)
    let cosh2 = 2 * log((exp(2) + exp(-2)) / 2)
    let upper = try value(try BaoUpperBound.outcome(inputs(setting, excess: two)))
    #expect(isClose(upper, 2 + log(5.0 / 8 * 9 / 4) + cosh2))
    // Without a negative there is no upper bound; the lower one is that of any number of them.
    let alone = try finite([1, 1, 1], 0, .withReplacement)
    guard case .infinite = try BaoUpperBound.outcome(inputs(alone, excess: two)) else {
      Issue.record("no upper bound without a negative")
      return
    }
    let least = try value(try BaoLowerBound.outcome(inputs(alone, excess: two)))
    #expect(isClose(least, 2 + log(3.0) - cosh2 - 2))
    let entropy = -[1.0, 2, 5].reduce(0) { $0 + $1 / 8 * log($1 / 8) }
    let lower = try value(try BaoLowerBound.outcome(inputs(setting, excess: two)))
    #expect(isClose(lower, 2 + entropy - log(5.0) - cosh2 - 2.0 / 5))
    for (classes, inverse) in [(2, 0.5), (3, 2.0), (10, 2), (100, 10), (1000, 0.01)] {
      let setting = try ContrastiveSetting(
        classSizes: .uniform(classCount: classes), sampling: .withReplacement, negativeCount: 7,
        temperature: 1 / MeasuredQuantity.decimal(inverse))
      let greatest =
        (0...classes).map { s -> Double in
          let share = Double(s) / Double(classes)
          return log(share * exp(-inverse) + (1 - share) * exp(inverse)) + inverse * (2 * share - 1)
        }.max() ?? 0
      let bound = try value(try BaoTightenedBound.outcome(inputs(setting, excess: two)))
      #expect(isClose(bound, 2 + log(Double(classes) / 7) + greatest))
      let looser = try value(try BaoUpperBound.outcome(inputs(setting, excess: two)))
      #expect(bound <= looser)
    }
  }
}
