// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct FewNegativesReportTests {
  @Test func `equal classes lose nothing, unequal ones less with every negative`() throws {
    let outcome = upsilon("bounds --few-negatives --format csv --digits 8")
    #expect(outcome.status == 0 && outcome.diagnostics == "")
    #expect(outcome.lines.count == 15)
    let rows = outcome.lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
    for row in rows {
      #expect((row[4] == "0") == (Int(row[3]) ?? 0 < 5))
      #expect((row[8] == "0") == (row[0] == "equal-classes"))
      #expect((row[6] == row[7]) == (row[8] == "0"))
    }
    let excess = rows.dropFirst(7).compactMap { Double($0[8]) }
    #expect(excess.count == 7 && zip(excess, excess.dropFirst()).allSatisfy { $0 > $1 })
  }

  /// By References/make-few-negatives-references.py.
  @Test(arguments: [
    (2, 0.5738773851305792, 1.2569687420225706), (4, 0.7764469512350278, 1.1883316204627368),
  ])
  func `losses are those of an independent script`(k: Int, subset: Double, supervised: Double)
    throws
  {
    let outcome = upsilon("bounds --few-negatives --format csv")
    let rows = outcome.lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
    let row = try #require(rows.first { $0[0] == "unequal-classes" && $0[2] == "\(k)" })
    #expect(abs(try #require(Double(row[5])) - subset) < 1e-13)
    #expect(abs(try #require(Double(row[6])) - supervised) < 1e-13)
  }

  @Test func `it needs no source and takes none`() {
    #expect(
      upsilon("bounds --few-negatives --theory").error
        == "'--theory' cannot be combined with '--few-negatives'")
    #expect(
      upsilon("bounds --few-negatives --gap convex").error
        == "'--gap' cannot be combined with '--few-negatives'")
  }
}
