// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import Randomness
import TestSupport
import Testing

@testable import Duality

/// Bounds of cells against values inside of them, of random settings and multipliers.
@Suite struct DualCellTests {
  private struct Trial {
    let shape: SpreadShape
    let multipliers: DualMultipliers
    var random: SplitMix64

    init(_ seed: UInt64) {
      random = SplitMix64(seed: seed)
      func unit(_ random: inout SplitMix64) -> Double { Double(random.next() >> 11) * 0x1p-53 }
      let classes = Double(2 + Int(random.next() % 30))
      let k = 1 + Int(random.next() % 200)
      let t = 0.1 + unit(&random)
      let rest = classes > 2 ? (classes - 2) / classes : 0
      shape = SpreadShape(
        law: PairShares(own: 1 / classes, other: 1 / classes, rest: rest, negativeCount: k),
        own: 1 / classes, other: 1 / classes, rest: rest, scale: classes,
        inverseTemperature: 1 / t)
      multipliers = DualMultipliers(loss: 3 * unit(&random), spread: 0.2 * unit(&random))
    }

    mutating func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }
  }

  /// A cell met on a random way down, and a point of it: the bound must be above.
  @Test func `no value inside of a cell is above its bound`() {
    for seed in 0..<UInt64(RandomTests.count(80)) {
      var trial = Trial(RandomTests.seed &+ seed)
      var cell = SpreadCell(trial.shape)
      for depth in 0..<24 {
        let bound = cell.upperBound(trial.multipliers)
        for _ in 0..<2 {
          // A random point of the cell, at the centre of a random descendant.
          var inner = cell
          for _ in 0..<8 {
            guard let halves = inner.halves else { break }
            inner = trial.unit() < 0.5 ? halves.0 : halves.1
          }
          let value = inner.centre.value(trial.multipliers)
          #expect(value <= bound, "seed \(RandomTests.seed) + \(seed), depth \(depth)")
        }
        guard let halves = cell.halves else { break }
        cell = trial.unit() < 0.5 ? halves.0 : halves.1
      }
    }
  }

  @Test func `no value inside of a cell by the loss alone is above its bound`() {
    for seed in 0..<UInt64(RandomTests.count(80)) {
      var trial = Trial(RandomTests.seed &+ seed)
      var cell = AdjustedCell(trial.shape)
      for depth in 0..<30 {
        let bound = cell.upperBound(trial.multipliers)
        var inner = cell
        for _ in 0..<10 {
          guard let halves = inner.halves else { break }
          inner = trial.unit() < 0.5 ? halves.0 : halves.1
        }
        #expect(
          inner.centre.value(trial.multipliers) <= bound,
          "seed \(RandomTests.seed) + \(seed), depth \(depth)")
        guard let halves = cell.halves else { break }
        cell = trial.unit() < 0.5 ? halves.0 : halves.1
      }
    }
  }

  @Test func `a peak has no gradient, and no point of a grid is above the maximum`() {
    for seed in 0..<UInt64(RandomTests.count(20)) {
      let trial = Trial(RandomTests.seed &+ seed)
      let shape = trial.shape
      // Large enough multipliers for a maximum inside.
      let multipliers = DualMultipliers(
        loss: trial.multipliers.loss + 1.5, spread: trial.multipliers.spread + 0.001)
      var region = DualRegion([SpreadCell(shape)])
      let maximum = region.maximum(multipliers, tolerance: 1e-8)
      let context: Comment = "seed \(RandomTests.seed) + \(seed)"
      guard let peak = maximum.peaks.first else {
        Issue.record("no peak")
        continue
      }
      #expect(peak.value(multipliers) <= maximum.upper, context)
      // Cells can be used up where the maximum is flat.
      #expect(maximum.upper <= peak.value(multipliers) + 1e-4, context)
      for i in 0..<40 {
        for j in 0..<40 {
          let sigma = shape.logarithmOfEnd * Double(i) / 39 - (i < 20 ? 5 : 0)
          let tau = shape.hasRest ? Double(j) * 0.3 : 0
          let d = shape.logarithm(tau)
          let point = ScorePoint(shape, y: sigma + tau - d, x: sigma - d).point
          #expect(point.value(multipliers) <= maximum.upper, context)
        }
      }
    }
  }

  @Test func `derivatives are those of finite differences`() {
    for seed in 0..<UInt64(RandomTests.count(50)) {
      var trial = Trial(RandomTests.seed &+ seed)
      let (shape, m) = (trial.shape, trial.multipliers)
      let y = 4 * trial.unit() - 2
      let x = y - 3 * trial.unit()
      func value(_ y: Double, _ x: Double) -> Double {
        ScorePoint(shape, y: y, x: x).point.value(m)
      }
      let gradient = ScorePoint(shape, y: y, x: x).gradient(m)
      let h = 1e-4
      let dy = (value(y + h, x) - value(y - h, x)) / (2 * h)
      let context: Comment = "seed \(RandomTests.seed) + \(seed)"
      #expect(abs(gradient.y - dy) < 1e-6, context)
      if shape.hasRest {
        let dx = (value(y, x + h) - value(y, x - h)) / (2 * h)
        #expect(abs(gradient.x - dx) < 1e-6, context)
      }
    }
  }
}
