// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Synchronization
import Testing

@testable import Training

@Suite struct ThreadTeamTests {
  @Test(arguments: [1, 2, 3, 8])
  func `every part of every piece of work runs once, and before run returns`(threadCount: Int) {
    let team = ThreadTeam(threadCount: threadCount)
    for number in 1...2000 {
      let counts = (0..<5).map { _ in Counter() }
      let partCount = number % 5 + 1
      team.run(partCount: partCount) { counts[$0].value.add(number, ordering: .relaxed) }
      let found = counts.map { $0.value.load(ordering: .relaxed) }
      #expect(found == (0..<5).map { $0 < partCount ? number : 0 })
    }
  }

  @Test func `work that follows a pause is done too`() async throws {
    let team = ThreadTeam(threadCount: 2)
    for _ in 0..<3 {
      let counter = Counter()
      team.run(partCount: 4) { counter.value.add($0, ordering: .relaxed) }
      #expect(counter.value.load(ordering: .relaxed) == 6)
      // Longer than helpers wait for work.
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }
}
