// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

@Suite struct FewNegativesTests {
  @Test("Too few negatives: what minimising the subset loss does")
  func fewNegatives() throws {
    #expect(FewNegatives(try uniform(5, 4)).consequence == .coverable)
    #expect(FewNegatives(try uniform(5, 3)).consequence == .optimal)
    #expect(FewNegatives(try finite([1, 2, 3], 1)).consequence == .priorFree)
    #expect(FewNegatives(try finite([1, 2, 3, 4], 2)).consequence == .dependsOnSubset)
  }

  @Test("Expected counts given a subset are those of all draws", arguments: SamplingScheme.allCases)
  func expectedCounts(sampling: SamplingScheme) throws {
    // Items 0...8 of classes of 1, 1, 2 and 4; three draws in order.
    let labels = [0, 1, 2, 2, 3, 3, 3, 3]
    let setting = try finite([1, 1, 2, 4], 2, sampling)
    let proposition = FewNegatives(setting)
    for subset in [[0, 1], [2, 3], [0, 3], [1, 2, 3], [3], [0]] {
      var (ways, counts) = (0, [Int](repeating: 0, count: 4))
      for a in 0..<8 {
        for b in 0..<8 {
          for c in 0..<8 {
            if sampling == .withoutReplacement, a == b || b == c || a == c { continue }
            let drawn = [a, b, c].map { labels[$0] }
            guard Set(drawn) == Set(subset) else { continue }
            ways += 1
            for label in drawn { counts[label] += 1 }
          }
        }
      }
      let expected = ways == 0 ? nil : subset.map { Rational(counts[$0], ways) }
      let sizes = subset.map { label in labels.count { $0 == label } }
      #expect(proposition.expectedCounts(ofSubset: sizes) == expected, "\(subset)")
    }
    // One negative: both classes once. Equal classes: equal counts.
    let pair = FewNegatives(try finite([1, 1, 2, 4], 1, sampling))
    #expect(pair.expectedCounts(ofSubset: [2, 4]) == [1, 1])
    let equal = FewNegatives(try finite([3, 3, 3, 3], 2, sampling))
    #expect(equal.expectedCounts(ofSubset: [3, 3]) == [Rational(3, 2), Rational(3, 2)])
  }
}
