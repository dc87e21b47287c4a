// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@testable import CommandLineTool

@Suite struct PublishedReportTests {
  @Test("Each row has the published value verbatim, the exact one and both errors")
  func rows() throws {
    let report = PublishedReport(digits: 4).report
    var rows: [[TableField]] = []
    try report.forEachRows { rows += $0 }
    #expect(rows.count == PublishedCoverage.all.count)
    let index = try #require(
      PublishedCoverage.all.firstIndex { $0.dataset == "cifar-100" && $0.drawCount == 128 })
    #expect(
      rows[index] == [
        .text("cifar-100"), .integer(100), .integer(128), .number("4.517e-4"),
        .number("1.504e-22"), .number("0.0004517"), .number("3004000000000000000"),
        .text("notebook"),
      ])
  }
}
