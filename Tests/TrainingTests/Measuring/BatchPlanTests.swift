// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import Training

@Suite struct BatchPlanTests {
  private func plan(
    _ draws: [Int], items: Int, passes: Int = 10, _ sampling: SamplingScheme = .withoutReplacement,
    fresh: Bool = false, width: Int = 384
  ) -> BatchPlan {
    BatchPlan(
      draws: draws, passCount: passes, itemCount: items, sampling: sampling, hasFreshViews: fresh,
      width: width)
  }

  @Test func `numbers of draws that divide the largest share blocks`() {
    #expect(
      plan([32, 512, 64, 100, 96, 50], items: 1000).groups == [[512, 64, 32], [100, 50], [96]])
    #expect(plan([32, 64], items: 1000, .withReplacement).groups == [[64], [32]])
  }

  @Test func `all passes are one block where that has fewer pairs`() {
    let joint = plan([32, 64, 128, 256, 512], items: 3080)
    #expect(joint.isJoint && joint.pairCount == 3080 * 3080 && joint.fetchedCount == 3080)
    #expect(joint.memberCount == 10 * 3072 * (32 + 64 + 128 + 256 + 512))
    #expect(joint.batchCount == 1860)
    // An anchor has 10 times 512 keys at most.
    #expect(plan([32, 512], items: 5120).isJoint)
    let apart = plan([32, 512], items: 5121)
    #expect(!apart.isJoint && apart.pairCount == 10 * 5121 * 512)
    #expect(!plan([32, 512], items: 3080, fresh: true).isJoint)
    #expect(!plan([512], items: 3080, .withReplacement).isJoint)
    #expect(!plan([512], items: 512, passes: 0).isJoint)
    // A gigabyte of features is not kept in memory.
    #expect(!plan([300_000], items: 300_000, width: 1024).isJoint)
  }

  @Test func `large batches have few anchors`() {
    #expect(plan([8192], items: 8192, passes: 1, fresh: true).pairCount == 4096 * 8192)
  }

  @Test(arguments: [[5], [6, 3, 2], [6, 4], [23], [24]])
  func `blocks of an order have each batch that is complete, once and in order`(draws: [Int]) throws
  {
    let order = (0..<23).map { $0 * 7 % 23 }
    let plan = plan(draws, items: 23, passes: 1, fresh: true)
    var found: [Int: [[Int]]] = [:]
    try plan.forEachBlock(ofPass: 0, order: order) { block in
      #expect(block.draws.allSatisfy { $0.anchorView == 0 && $0.keyView == 1 })
      for batch in block.batches {
        found[batch.size, default: []].append(
          block.positions[batch.start..<batch.start + batch.size].map {
            block.draws[Int($0)].item
          })
      }
    }
    for size in draws {
      let expected = (0..<23 / size).map { Array(order[$0 * size..<($0 + 1) * size]) }
      #expect(found[size, default: []] == expected)
    }
    let joint = BatchBlock(orders: [order, order.reversed()], sizes: draws)
    #expect(joint.batches.count == draws.reduce(0) { $0 + 2 * (23 / $1) })
    for (index, batch) in joint.batches.filter({ $0.size == draws[0] }).enumerated() {
      let count = 23 / draws[0]
      let source = index < count ? order : order.reversed()
      let start = index % max(1, count) * draws[0]
      #expect(
        joint.positions[batch.start..<batch.start + batch.size].map { Int($0) }
          == Array(source[start..<start + draws[0]]))
    }
  }

  @Test(
    arguments: [
      (SamplingScheme.withoutReplacement, false), (.withoutReplacement, true),
      (.withReplacement, false),
    ])
  func `parts have all batches, each once`(sampling: SamplingScheme, fresh: Bool) {
    for draws in [[5], [6, 3, 2], [6, 4], [23, 7], [24]] {
      if sampling == .withReplacement && draws.count > 1 { continue }
      for (passes, count) in [(1, 1), (3, 2), (3, 7), (1, 40), (0, 3)] {
        let plans = (1...count).map {
          BatchPlan(
            draws: draws, passCount: passes, itemCount: 23, sampling: sampling,
            hasFreshViews: fresh, width: 4, part: MeasuringPart(number: $0, count: count))
        }
        for size in draws {
          let batches = plans.map { $0.batches(ofSize: size) }
          #expect(
            batches.flatMap(Array.init).sorted() == Array(0..<plans[0].batchCount(ofSize: size)))
        }
        for group in plans[0].groups.indices {
          for pass in 0..<passes {
            let blocks = plans.flatMap { Array($0.blocks(ofGroup: group, pass: pass)) }
            #expect(blocks.sorted() == Array(0..<blocks.count))
          }
        }
      }
    }
  }
}
