// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@Suite struct LabelErrorTests {
  @Test func `the message names the parameter, what is required of it, and its value`() {
    let error = LabelError(parameter: "classCount", value: "0", requirement: "be at least 1")
    #expect("\(error)" == "classCount must be at least 1, but is 0")
  }
}
