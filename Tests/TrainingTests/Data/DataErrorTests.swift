// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing
import Training

@Suite struct DataErrorTests {
  @Test func `an error is one line with source and problem`() {
    #expect(DataError(source: "a.gz", problem: "it is empty").description == "a.gz: it is empty")
  }
}
