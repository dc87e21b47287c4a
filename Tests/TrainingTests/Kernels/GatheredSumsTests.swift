// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import TestSupport
import Testing

@testable import Training

@Suite struct GatheredSumsTests {
  @Test func `every sum has the bits of its list by itself, in order`() {
    var random = RandomNumbers(940)
    for (listCount, count) in [(0, 3), (1, 0), (1, 7), (4, 5), (5, 1), (11, 33)] {
      let values = (0..<17).map { _ in Double(random.next()) }
      let places = (0..<listCount * count + 3).map { _ in Int32(random.index(in: 0...16)) }
      let weights = places.map { _ in Double(random.index(in: 0...5)) }
      // Lists may overlap.
      let starts = (0..<listCount).map { _ in random.index(in: 0...(places.count - count)) }
      var sums = [Double](repeating: .nan, count: listCount)
      var (plainSums, weightedSums) = (sums, sums)
      unsafe gatheredSums(
        values, places: places, starts: starts, listCount: listCount, count: count, first: 0.5,
        into: &sums)
      unsafe weightedGatheredSums(
        values, places: places, weights: weights, starts: starts, listCount: listCount,
        count: count, into: &plainSums, weightedSums: &weightedSums)
      for (list, start) in starts.enumerated() {
        var (sum, plain, weighted) = (0.5, 0.0, 0.0)
        for place in start..<start + count {
          let value = values[Int(places[place])]
          sum += value
          plain += value
          weighted += weights[place] * value
        }
        #expect(sums[list] == sum, "seed \(RandomTests.seed)")
        #expect(plainSums[list] == plain && weightedSums[list] == weighted)
      }
    }
  }
}
