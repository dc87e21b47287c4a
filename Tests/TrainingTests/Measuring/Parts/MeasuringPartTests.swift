// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct MeasuringPartTests {
  private func parts(_ count: Int) -> [MeasuringPart] {
    (1...count).map { MeasuringPart(number: $0, count: count) }
  }

  @Test func `shares are all of the pieces, each once, and nearly alike`() {
    for count in 1...9 {
      for total in 0...40 {
        for turn in [0, 1, 7, 100] {
          let ranges = parts(count).map { $0.range(of: total, turn: turn) }
          #expect(ranges.flatMap(Array.init).sorted() == Array(0..<total))
          let sizes = ranges.map(\.count)
          #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        }
      }
    }
  }

  @Test func `one piece goes to another part in every turn`() {
    let owners = (0..<8).map { turn in
      parts(8).filter { !$0.range(of: 1, turn: turn).isEmpty }.map(\.number)
    }
    #expect(owners.allSatisfy { $0.count == 1 } && Set(owners.joined()) == Set(1...8))
  }

  @Test func `numbers as large as there are do not overflow`() {
    let total = Int.max / MeasuringPart.countLimit * MeasuringPart.countLimit
    let ranges = parts(MeasuringPart.countLimit).map { $0.range(of: total, turn: 3) }
    #expect(ranges.reduce(0) { $0 + $1.count } == total)
  }

  @Test func `pieces that weigh differently are shared by their weights`() {
    for count in 1...9 {
      for weights in [[], [5], [1, 1, 1, 1, 1], [100, 1, 1, 1], [1, 1, 1, 100], [3, 9, 2, 7]] {
        let ranges = parts(count).map { $0.range(ofWeights: weights) }
        #expect(ranges.flatMap(Array.init) == Array(weights.indices))
      }
    }
    #expect(parts(2).map { $0.range(ofWeights: [9, 1, 1, 1, 1, 5]) } == [0..<1, 1..<6])
  }

  @Test func `a part is described as it is asked for`() {
    #expect("\(MeasuringPart(number: 3, count: 8))" == "3/8")
  }
}
