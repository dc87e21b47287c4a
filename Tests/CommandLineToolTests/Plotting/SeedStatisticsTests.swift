// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct SeedStatisticsTests {
  @Test func `several rows have a mean and a standard deviation, one row its standard error`()
    throws
  {
    let text = "draws,a,a_se\n32,1,9\n16,4,0.5\n32,3,9\n64,,1\n128,2,0\n"
    let table = try PlotTable([("a.csv", Array(text.utf8))])
    var notes = PlotNotes()
    let found = try SeedStatistics.byDraws(table, "a", &notes)
    #expect(found.map(\.draws) == [16, 32, 128])
    #expect(found.map(\.statistics.mean) == [4, 2, 2])
    #expect(found[0].statistics.deviation == 0.5)
    #expect(found[1].statistics.deviation == 2.0.squareRoot() && found[1].statistics.count == 2)
    #expect(found[2].statistics.deviation == nil)
    #expect(
      SeedStatistics.legend(found.map(\.statistics))
        == "error bars: standard deviation over 2 seeds, of one seed standard error")
    #expect(
      SeedStatistics.legend([found[0].statistics]) == "error bars: standard error")
    #expect(SeedStatistics.legend([found[2].statistics]) == nil)
    #expect(
      found[0].statistics.point(x: 1, floor: 3.8)
        == Figure.Point(x: 1, y: 4, low: 3.8, high: 4.5))
    #expect(found[2].statistics.point(x: 1, floor: 0) == Figure.Point(x: 1, y: 2))
  }

  @Test func `the mean of the largest numbers is finite`() {
    let statistics = SeedStatistics([1e308, 1e308, 1e308], standardErrors: [])
    #expect(abs(statistics.mean / 1e308 - 1) < 1e-12)
  }
}
