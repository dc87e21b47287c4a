// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Duality

@Suite struct CuttingPlanesTests {
  /// The largest mean of l over weights of up to three points, by trying all bases.
  private func largestMean(
    _ points: [DualPoint], level: Double, spread: Double
  ) -> Double {
    var best = -Double.infinity
    // Weights of a triple solve a 3 x 3 system; with slack, of a pair or a point.
    let n = points.count
    func feasible(_ weights: [(Int, Double)]) {
      guard weights.allSatisfy({ $0.1 >= -1e-12 }) else { return }
      let loss = weights.reduce(0) { $0 + $1.1 * points[$1.0].loss }
      let mean = weights.reduce(0) { $0 + $1.1 * points[$1.0].spread }
      guard loss <= level + 1e-9, mean >= -spread - 1e-9 else { return }
      best = max(best, weights.reduce(0) { $0 + $1.1 * points[$1.0].objective })
    }
    for i in 0..<n {
      feasible([(i, 1)])
      for j in 0..<i {
        // Where one of the two bounds is met with equality.
        for (a, b, bound) in [
          (points[i].loss, points[j].loss, level), (points[i].spread, points[j].spread, -spread),
        ] where a != b {
          let weight = (bound - b) / (a - b)
          feasible([(i, weight), (j, 1 - weight)])
        }
        for k in 0..<j {
          // Both.
          let (p, q, r) = (points[i], points[j], points[k])
          let (a, b) = (p.loss - r.loss, q.loss - r.loss)
          let (c, d) = (p.spread - r.spread, q.spread - r.spread)
          let determinant = a * d - b * c
          guard abs(determinant) > 1e-9 else { continue }
          let (e, f) = (level - r.loss, -spread - r.spread)
          let (u, v) = ((e * d - b * f) / determinant, (a * f - e * c) / determinant)
          feasible([(i, u), (j, v), (k, 1 - u - v)])
        }
      }
    }
    return best
  }

  @Test func `the value is the largest mean, and prices prove it`() {
    var random = SplitMix64(seed: RandomTests.seed)
    func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    for trial in 0..<RandomTests.count(200) {
      let points = (0..<8).map { _ in
        DualPoint(
          position: (0, 0), objective: 4 * unit(), loss: 3 * unit(), spread: 6 * unit() - 5)
      }
      let (level, spread) = (0.5 + 2 * unit(), 1 + 3 * unit())
      let expected = largestMean(points, level: level, spread: spread)
      var planes = CuttingPlanes(level: level, spread: spread, usesSpread: true, penalty: 1e4)
      for point in points { planes.add(point) }
      let context: Comment = "seed \(RandomTests.seed), trial \(trial)"
      #expect(planes.isFeasible == expected.isFinite, context)
      guard expected.isFinite else { continue }
      #expect(abs(planes.value - expected) < 1e-7, context)
      let multipliers = planes.multipliers
      #expect(multipliers.loss >= 0 && multipliers.spread >= 0, context)
      for point in points {
        #expect(point.value(multipliers) <= planes.prices[0] + 1e-7, context)
      }
    }
  }

  @Test func `without a spread nu is 0`() {
    var planes = CuttingPlanes(level: 1, spread: 0, usesSpread: false, penalty: 1e4)
    planes.add(DualPoint(position: (0, 0), objective: 0, loss: 0.5, spread: 0))
    planes.add(DualPoint(position: (0, 0), objective: 2, loss: 1.5, spread: 0))
    #expect(abs(planes.value - 1) < 1e-9 && abs(planes.multipliers.loss - 2) < 1e-9)
    #expect(planes.multipliers.spread == 0 && planes.isFeasible)
  }

  @Test func `points that do not fit are infeasible`() {
    var planes = CuttingPlanes(level: 1, spread: 0, usesSpread: false, penalty: 1e4)
    planes.add(DualPoint(position: (0, 0), objective: 2, loss: 1.5, spread: 0))
    #expect(!planes.isFeasible)
  }
}
