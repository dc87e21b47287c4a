// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@Suite struct DomainErrorTests {
  @Test func `the description carries the parameter, the requirement and the value`() {
    let error = DomainError(parameter: "drawCount", value: "0", requirement: "must be at least 1")
    #expect(error.description == "drawCount must be at least 1, but is 0")
    #expect(error.parameter == "drawCount")
    #expect(error.value == "0")
    #expect(error.requirement == "must be at least 1")
    #expect(Set([error, error]).count == 1)
  }
}
