// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Synchronization
import Testing

@testable import Training

@Suite struct EngineTests {
  @Test(arguments: [1, 2, 3, 7])
  func `parts cover the work once, in multiples of the grain`(threadCount: Int) {
    let engine = Engine(threadCount: threadCount)
    for count in [0, 1, 5, 6, 7, 100] {
      for grain in [1, 6, 16] {
        let ranges = Mutex<[Range<Int>]>([])
        engine.divide(count, grain: grain, cost: 1e9) { part, range in
          #expect(part < threadCount)
          ranges.withLock { $0.append(range) }
        }
        let sorted = ranges.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
        #expect(sorted.flatMap { Array($0) } == Array(0..<count))
        #expect(sorted.allSatisfy { $0.lowerBound % grain == 0 })
        #expect(sorted.count <= threadCount)
      }
    }
  }

  @Test func `little work is not divided`() {
    let calls = Mutex(0)
    Engine(threadCount: 4).divide(1000, cost: 1) { _, _ in calls.withLock { $0 += 1 } }
    #expect(calls.withLock { $0 } == 1)
  }
}
