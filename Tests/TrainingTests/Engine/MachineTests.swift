// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct MachineTests {
  @Test func `the machine has memory`() {
    #expect(Machine.memory > 1 << 26)
  }
}
