// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct TableWriterTests {
  enum Format: CaseIterable {
    case csv, json, text

    func writer(_ sink: @escaping TextSink) -> any TableWriter {
      switch self {
      case .csv: CSVWriter(sink: sink)
      case .json: JSONWriter(sink: sink)
      case .text: AlignedTextWriter(sink: sink)
      }
    }
  }

  @Test(arguments: Format.allCases)
  func `an error of the sink reaches the caller`(format: Format) {
    #expect(throws: SinkFull.self) {
      var writer = format.writer { _ in throw SinkFull() }
      try writer.begin(columns: ["a"])
      try writer.append(row: [.integer(1)])
      try writer.finish()
    }
  }

  @Test(arguments: [Format.csv, .json])
  func `a streaming writer hands each row over at once`(format: Format) throws {
    var pieces = 0
    var writer = format.writer { _ in pieces += 1 }
    try writer.begin(columns: ["a"])
    #expect(pieces == 1)
    for row in 1...5 {
      try writer.append(row: [.integer(row)])
      #expect(pieces == row + 1)
    }
    try writer.finish()
  }
}
