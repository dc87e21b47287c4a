// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct DefaultDrawsTests {
  private struct Run: Equatable {
    var draws: Int
    let seed: Int
  }

  private let runs = [4, 8, 16].flatMap { n in [1, 2].map { Run(draws: n, seed: $0) } }

  @Test func `draws that there are no items for are left out`() {
    let found = DefaultDraws.clipped(runs, \.draws, to: 15)
    #expect(found.configurations == Array(runs.prefix(4)))
    #expect(found.note == "there are only 15 items, so the default draws of 16 are left out")
    let all = DefaultDraws.clipped(runs, \.draws, to: 16)
    #expect(all.configurations == runs && all.note == nil)
  }

  @Test func `too few items for any are all drawn`() {
    let found = DefaultDraws.clipped(runs, \.draws, to: 3)
    #expect(found.configurations == [Run(draws: 3, seed: 1), Run(draws: 3, seed: 2)])
    #expect(
      found.note == "there are only 3 items, so 3 draws are measured instead of the "
        + "default 4, 8, 16")
    // One item leaves no negative: that is for the experiment to refuse.
    #expect(DefaultDraws.clipped(runs, \.draws, to: 1).configurations == runs)
  }
}
