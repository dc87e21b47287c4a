// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing
import Training

@Suite struct InstructionSetTests {
  @Test func `the best instruction set is the last of those available`() {
    #expect(InstructionSet.available.last == .best)
    #if arch(x86_64)
      #expect(InstructionSet.available.first == .x8664)
    #else
      #expect(InstructionSet.available == [.arm64])
    #endif
  }

  @Test func `names are those of the levels of the architecture`() {
    #expect(
      InstructionSet.allCases.map(\.description)
        == ["x86-64", "x86-64-v3", "x86-64-v4", "arm64"])
  }

  @Test func `AVX-512 has the arithmetic of AVX2, which measurements record`() {
    #expect(
      InstructionSet.allCases.map(\.arithmetic.rawValue)
        == ["x86-64", "x86-64-v3", "x86-64-v3", "arm64"])
  }
}
