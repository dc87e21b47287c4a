// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct TableProgressTests {
  @Test func `a row before the columns traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = CSVWriter { _ in }
      try writer.append(row: [.integer(1)])
    }
  }

  @Test func `a row of the wrong width traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter { _ in }
      try writer.begin(columns: ["a", "b"])
      try writer.append(row: [.integer(1)])
    }
  }

  @Test func `a table without columns traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = CSVWriter { _ in }
      try writer.begin(columns: [])
    }
  }

  @Test func `a second beginning traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = AlignedTextWriter { _ in }
      try writer.begin(columns: ["a"])
      try writer.begin(columns: ["a"])
    }
  }

  @Test func `a row after the end traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = AlignedTextWriter { _ in }
      try writer.begin(columns: ["a"])
      try writer.finish()
      try writer.append(row: [.absent])
    }
  }

  @Test func `a second end traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter { _ in }
      try writer.begin(columns: ["a"])
      try writer.finish()
      try writer.finish()
    }
  }
}
