// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

struct MemoTests {
  @Test
  func aNarrowerValueAnswersForAWiderOne() {
    let memo = Memo<Int>()
    #expect(memo.value(10) { $0 } == 10)
    #expect(memo.value(5) { $0 } == 10)
    #expect(memo.value(20) { $0 } == 20)
  }

  @Test
  func aComputationMayAskTheSameMemo() {
    // The lock is not held while a value is computed.
    let memo = Memo<Int>()
    #expect(memo.value(10) { precision in memo.value(precision - 1) { $0 } + 1 } == 10)
  }

  @Test
  func anErrorLeavesNothingBehind() {
    struct Failure: Error {}
    let memo = Memo<Int>()
    #expect(throws: Failure.self) { try memo.value(10) { _ in throw Failure() } }
    #expect(memo.value(10) { $0 } == 10)
  }
}
