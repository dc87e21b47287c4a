// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Synchronization
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

struct ParallelTests {
  @Test(arguments: [true, false])
  func valuesComeInOrder(isWorthwhile: Bool) {
    for count in [0, 1, 2, 100] {
      let values = Parallel.map(count, isWorthwhile: isWorthwhile) { i in
        (0..<(i % 7) * 1000).reduce(i) { sum, _ in sum }
      }
      check(values == Array(0..<count), "\(count) values")
    }
  }

  @Test func computationsOnOtherThreadsAreTheSame() {
    // sqrt(i) at 300 bits, on threads that have not used MPFR before.
    @Sendable func root(_ i: Int) -> Real {
      var x = Accumulator(i, precision: 300)
      x.formSquareRoot(rounding: .down)
      return Real(x)
    }
    let values = Parallel.map(64, isWorthwhile: true) { root($0) }
    check(values == (0..<64).map(root), "64 roots")
  }

  @Test func aCompanionDoesItsWorkInOrder() {
    let done = Mutex([Int]())
    let companion = Companion()
    for i in 0..<100 { companion.start { done.withLock { $0.append(i) } } }
    companion.wait()
    #expect(done.withLock { $0 } == Array(0..<100))
  }
}
