// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Labels

@Suite struct RequirementsTests {
  @Test func `sums and products up to the largest integer are exact`() throws {
    #expect(try sum(.max - 1, 1, parameter: "itemCount") == .max)
    #expect(try product(.max / 2, 2, parameter: "itemCount") == .max - 1)
  }

  @Test func `sums and products beyond the largest integer are refused`() {
    let error = LabelError(
      parameter: "itemCount", value: "larger", requirement: "be at most \(Int.max)")
    #expect(throws: error) { try sum(.max, 1, parameter: "itemCount") }
    #expect(throws: error) { try product(.max / 2 + 1, 2, parameter: "itemCount") }
  }

  @Test func `one is positive and zero is not`() throws {
    try requirePositive(1, parameter: "classCount")
    #expect(throws: LabelError.self) { try requirePositive(0, parameter: "classCount") }
  }

  @Test func `a list of one element is not empty`() throws {
    try requireNonempty([0], parameter: "counts")
    #expect(throws: LabelError.self) { try requireNonempty([Int](), parameter: "counts") }
  }
}
