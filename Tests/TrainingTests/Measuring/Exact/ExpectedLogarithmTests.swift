// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ExpectedLogarithmTests {
  @Test func `one and two negatives are those of the enumeration`() {
    var random = RandomNumbers(910)
    for _ in 0..<RandomTests.count(20) {
      let count = random.index(in: 1...12)
      let spread = 1 + 15 * abs(Double(random.next()))
      func power() -> Double { exp(spread * (Double(random.next()) - 1)) }
      let values = (0..<count).map { _ in power() }
      let raw = (0..<count).map { _ in 1.001 + Double(random.next()) }
      let weights = raw.map { $0 / raw.reduce(0, +) }
      for positives in [[power()], (0..<3).map { _ in power() }] {
        for set in InstructionSet.available {
          let found = expectations(
            values: values, weights: weights, positives: positives, negativeCounts: [1, 2],
            instructionSet: set)
          for (index, negativeCount) in [1, 2].enumerated() {
            let exact = enumerated(
              values: values, weights: weights, positives: positives, negativeCount: negativeCount
            ) { log($1) }
            #expect(
              abs(found.logarithms[index] - exact) < 1e-11, "\(set), seed \(RandomTests.seed)")
            guard positives.count == 1 else { continue }
            let share = enumerated(
              values: values, weights: weights, positives: positives, negativeCount: negativeCount
            ) { $0 / $1 }
            #expect(abs(found.shares[index] - share) < 1e-11, "\(set), seed \(RandomTests.seed)")
          }
        }
      }
    }
  }

  @Test func `a constant has the logarithm of its multiple`() {
    for value in [1, 0.3, 1e-30, 1e-170] {
      let counts = [1, 2, 15, 255, 65_535, 1_000_000_000, 1 << 60]
      let found = expectations(
        values: [value], weights: [1], positives: [value], negativeCounts: counts)
      for (index, count) in counts.enumerated() {
        let exact = log(Double(count) + 1) + log(value)
        #expect(abs(found.logarithms[index] - exact) < 1e-11 * max(1, abs(exact)))
        #expect(abs(found.shares[index] * (Double(count) + 1) - 1) < 1e-10)
      }
    }
  }

  @Test func `a number of negatives has the same bits alone and beside others`() {
    let (values, weights) = ([1, 0.2, 0.01, 1e-7], [0.1, 0.2, 0.3, 0.4])
    let counts = [255, 1, 1_000_000, 16, 2]
    let together = expectations(
      values: values, weights: weights, positives: [0.03], negativeCounts: counts)
    for (index, count) in counts.enumerated() {
      let alone = expectations(
        values: values, weights: weights, positives: [0.03], negativeCounts: [count])
      #expect(alone.logarithms == [together.logarithms[index]])
      #expect(alone.shares == [together.shares[index]])
    }
  }

  /// Rows on the unit circle: four items in two views each, of two classes, t = 0.5.
  private static let angles = [[0.1, 0.3], [1.0, 1.2], [2.2, 2.0], [3.5, 3.9]]

  @Test func `rows on a circle have the losses of the reference`() {
    let rows = Self.angles.flatMap(\.self)
    let counts = [1, 2, 15, 255, 65_535]
    var losses = [Double](repeating: 0, count: counts.count)
    for (index, angle) in rows.enumerated() {
      let values = rows.map { exp((cos(angle - $0) - 1) / 0.5) }
      let own = Self.angles[index / 2].map { (cos(angle - $0) - 1) / 0.5 }
      let found = expectations(
        values: values, weights: values.map { _ in 1.0 / 8 }, positives: own.map { exp($0) },
        negativeCounts: counts)
      for number in counts.indices {
        losses[number] += (found.logarithms[number] - (own[0] + own[1]) / 2) / 8
      }
    }
    let expected = [
      0.2978416629728604, 0.5351710474371994, 1.902002574588023, 4.610358376562026,
      10.15136755854771,
    ]
    for (loss, exact) in zip(losses, expected) { #expect(abs(loss - exact) < 1e-12 * (1 + exact)) }
  }

  @Test func `rows on a circle have the class-mean losses of the reference`() {
    func mean(_ angles: [Double]) -> (Double, Double) {
      let count = Double(angles.count)
      return (
        angles.reduce(0) { $0 + cos($1) } / count, angles.reduce(0) { $0 + sin($1) } / count
      )
    }
    let means = [mean(Self.angles[0] + Self.angles[1]), mean(Self.angles[2] + Self.angles[3])]
    let counts = [1, 2, 15, 255]
    var bounds = [Double](repeating: 0, count: counts.count)
    for (index, angle) in Self.angles.flatMap(\.self).enumerated() {
      let scores = means.map { (cos(angle) * $0.0 + sin(angle) * $0.1) / 0.5 }
      let (top, own) = (max(scores[0], scores[1]), scores[index / 4])
      let found = expectations(
        values: scores.map { exp($0 - top) }, weights: [0.5, 0.5], positives: [exp(own - top)],
        negativeCounts: counts)
      for number in counts.indices {
        bounds[number] += (found.logarithms[number] - (own - top)) / 8
      }
    }
    let expected = [0.4292290629183591, 0.7393627580549815, 2.272525291964171, 5.019035178584735]
    for (bound, exact) in zip(bounds, expected) {
      #expect(abs(bound - exact) < 1e-12 * (1 + exact))
    }
  }
}
