// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct MemoryOutputTests {
  @Test("Text is collected in order")
  func order() throws {
    let output = MemoryOutput()
    try output.write("a")
    try output.flush()
    try output.write("b")
    #expect(output.text == "ab")
  }
}
