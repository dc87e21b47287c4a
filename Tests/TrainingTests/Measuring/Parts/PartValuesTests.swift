// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct PartValuesTests {
  private func part(_ shares: (String, Int, Int, [Double])...) -> PartValues {
    var values = PartValues()
    for (name, start, total, own) in shares { values.keep(own, from: start, of: total, as: name) }
    return values
  }

  @Test func `lists are joined in the order of their values, whatever the order of parts`() throws {
    let a = part(("x", 0, 5, [1, 2]), ("y", 2, 2, []), ("z", 0, 0, []))
    let b = part(("x", 4, 5, [5]), ("y", 0, 2, [7, 8]), ("z", 0, 0, []))
    let c = part(("x", 2, 5, [3, 4]), ("y", 2, 2, []), ("z", 0, 0, []))
    for parts in [[a, b, c], [c, b, a], [b, c, a]] {
      let joined = try #require(JoinedValues(parts))
      #expect(joined["x"] == [1, 2, 3, 4, 5] && joined["y"] == [7, 8] && joined["z"] == [])
      #expect(joined["w"] == nil)
    }
    #expect(a.has("x") && !a.has("w") && a.count == 2)
  }

  @Test func `a list with a gap, a value twice or two lengths is none`() {
    #expect(JoinedValues([part(("x", 0, 3, [1])), part(("x", 2, 3, [3]))]) == nil)
    #expect(JoinedValues([part(("x", 0, 3, [1, 2])), part(("x", 1, 3, [2, 3]))]) == nil)
    #expect(JoinedValues([part(("x", 0, 3, [1, 2])), part(("x", 2, 4, [3]))]) == nil)
    #expect(JoinedValues([part(("x", 0, 3, [1, 2]))]) == nil)
    #expect(JoinedValues([part(("x", 1, 3, [2, 3]))]) == nil)
  }
}
