// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@testable import CommandLineTool

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Figures of small tables made by hand.
@Suite struct FiguresTests {
  static let bounds = """
    dataset,classes,draws,seed,temperature,sampling,gap,supervised_loss,curl_upper,coupon_upper,\
    phi_upper,trivial_cap
    toy,10,32,7,0.5,without-replacement,-1,1.8,60,6.5,1.9,6.3
    toy,10,32,11,0.5,without-replacement,-1,1.6,64,6.7,2.1,6.3
    toy,10,64,7,0.5,without-replacement,-1,1.7,2e24,5.7,,6.3
    toy,10,64,11,0.5,without-replacement,-1,1.7,inf,-5.7,,6.3

    """

  static let theory = """
    dataset,classes,draws,seed,temperature,gap,supervised_loss,curl_upper,coupon_upper,\
    curl_coverage_free_upper,coupon_coverage_free_upper,ash_upper,phi_upper,bao_tightened_upper,\
    trivial_cap
    uniform,10,17,,0.5,0,0.68,15,14,3.5,2.4,19,0.8,2.6,4.3
    uniform,10,2,,0.5,0,0.68,inf,inf,0.9,2.5,10,0.9,4.1,4.3
    uniform,10,33,,0.5,0,0.68,22,3.4,18,2.7,58,0.7,2.5,4.3
    uniform,10,1,,0.5,0,0.68,,,,,,,,4.3

    """

  private func table(_ text: String) throws -> PlotTable {
    try PlotTable([("t.csv", Array(text.utf8))])
  }

  private func series(_ figure: Figure, _ title: String) throws -> Figure.Series {
    try #require(figure.series.first { $0.title == title })
  }

  /// A loss between its bounds at 2 to 64 draws, with bounds that are infinite, or beyond the axis.
  static let sandwich = """
    dataset,classes,draws,seed,temperature,sampling,gap,supervised_loss,supervised_loss_se,curl_upper,\
    coupon_upper,phi_upper,spread_upper,spread_lower,trivial_cap,chance,best_lower,best_upper,\
    prior_adjusted_loss,prior_adjusted_lower,prior_adjusted_upper,prior_adjusted_chance
    toy,10,2,7,0.5,with-replacement,-1,1.1,0.01,inf,inf,6,1.6,1,6.3,2.3,1,1.6,1,0.9,3,2
    toy,10,16,7,0.5,with-replacement,-1,1.1,0.01,30,12,1.4,1.2,1,6.3,2.3,1,1.2,1,0.9,1.5,2
    toy,10,64,7,0.5,with-replacement,-1,1.1,0.01,2e24,4,1.2,1.2,1,6.3,2.3,1,1.2,1,0.9,1.2,2

    """

  private func sheet(_ text: String, measured: String? = nil) throws -> FigureSheet {
    var notes = PlotNotes()
    return try BoundsFigure(table: table(text), measurements: measured.map(table)).sheet(&notes)
  }

  @Test func `a loss stands between its bounds, those far above in a panel of their own`() throws {
    let equal = Self.sandwich.replacing(",2\n", with: ",2.3\n")
    let sheet = try sheet(equal)
    #expect(sheet.panels.count == 2)
    let upper = sheet.panels[0].figure
    #expect(upper.x.isLogarithmic && upper.x.ticks?.map(\.label) == ["2", "16", "64"])
    #expect(upper.x.title == "" && sheet.panels[1].figure.x.title == "Number of draws K+1")
    // 12 % above chance, of which Phi at 2 draws is cut off by gnuplot.
    let range = try #require(upper.y.range)
    #expect(!upper.y.isLogarithmic && abs(range.upperBound - 1.12 * 2.3) < 1e-12)
    #expect(range.lowerBound > 0.8 && range.lowerBound < 1)
    #expect(
      upper.series.map(\.title) == [
        "Best lower to upper", "Chance, ln C", "Spread, upper", "Phi, upper", "Spread, lower",
        "Measured L_sup",
      ])
    let band = upper.series[0]
    #expect(band.style == .band && band.points.map(\.low) == [1, 1, 1])
    #expect(band.points.map(\.high) == [1.6, 1.2, 1.2])
    #expect(upper.series[5].points.map(\.low) == [1.09, 1.09, 1.09])
    #expect(sheet.title == "toy, C = 10, t = 0.5, with replacement (error bars: standard error)")

    let lower = sheet.panels[1].figure
    #expect(lower.y.isLogarithmic)
    #expect(
      lower.y.ticks?.map(\.label) == [
        "1", "10", "100", "1000", "10000", "above",
        "infinite",
      ])
    let curl = lower.series.filter { $0.look.color == "#E69F00" }
    #expect(curl.map(\.style) == [.line, .markers] && curl.map(\.title) == ["CURL", nil])
    #expect(curl[0].points.map(\.y) == [30])
    // One beyond the axis and one infinite, which are in the rows of these two ticks.
    let rows = try #require(lower.y.ticks?.suffix(2).map(\.position))
    #expect(curl[1].points.map(\.y) == rows)
    #expect(try series(lower, "Trivial cap").points.map(\.y) == [6.3, 6.3])
    #expect(try series(lower, "Best upper").points.map(\.y) == [1.6, 1.2, 1.2])
  }

  @Test func `unequal classes have a panel of the loss with priors before the other`() throws {
    let sheet = try sheet(Self.sandwich)
    #expect(
      sheet.panels.map(\.figure.y.title) == [
        "Loss with priors (nats)", "Supervised loss (nats)", "Upper bounds (nats)",
      ])
    let figure = sheet.panels[0].figure
    #expect(
      figure.series.map(\.title) == [
        "Best lower to upper", "ln C", "Chance, H(rho)", "With priors, upper",
        "With priors, lower", "Measured L_adj",
      ])
    // The area ends where its upper edge crosses the end of the axis, between 2 and 16 draws.
    let area = figure.series[0].points
    #expect(area.count == 4 && area[1].high == figure.y.range?.upperBound)
    #expect(area[1].x > 2 && area[1].x < 16)
  }

  @Test func `an infinite bound of one seed is infinite, and is in no mean`() throws {
    let sheet = try sheet(Self.bounds)
    let lower = sheet.panels[1].figure
    let curl = lower.series.filter { $0.look.color == "#E69F00" }
    #expect(curl[0].points.map(\.y) == [62] && curl[1].points.count == 1)
    #expect(lower.y.ticks?.last?.label == "infinite")
    var notes = PlotNotes()
    _ = try BoundsFigure(table: table(Self.bounds), measurements: nil).sheet(&notes)
    // The mean of the two coupon bounds at 64 draws is 0.
    #expect(notes.infiniteCount == 0 && notes.nonpositiveCount == 1)
    #expect(
      sheet.title == "toy, C = 10, t = 0.5, without replacement (error bars: standard deviation "
        + "over 2 seeds)")
  }

  @Test func `a single panel is a figure alone, and a table without numbers none`() throws {
    let alone = try sheet("dataset,draws,curl_upper,coupon_upper\na,32,1e10,1e9\n")
    #expect(alone.panels.count == 1 && alone.panels[0].figure.x.title == "Number of draws K+1")
    #expect(alone.panels[0].figure.y.range?.upperBound == 100_000_000_000)
    #expect(try sheet("dataset,draws,curl_upper,coupon_upper\na,32,,\n").isEmpty)
  }

  @Test func `accuracies are in a panel of the same data set only`() throws {
    let measured = """
      dataset,draws,contrastive_loss,mean_classifier_accuracy
      toy,32,2,0.7
      toy,64,3,0.8
      toy,128,3,0.9
      other,32,2,0.1

      """
    let panel = try #require(sheet(Self.bounds, measured: measured).panels.last?.figure)
    #expect(panel.y.title == "Accuracy" && panel.y.range == 0.5...0.9)
    #expect(
      panel.series[0].points == [Figure.Point(x: 32, y: 0.7), Figure.Point(x: 64, y: 0.8)])
    let other = measured.replacing("toy", with: "another")
    var notes = PlotNotes()
    let without = try BoundsFigure(table: table(Self.bounds), measurements: table(other))
      .sheet(&notes)
    #expect(without.panels.count == 2)
    #expect(notes.remarks == ["the measurements are not of toy: no accuracy is drawn"])
  }

  @Test func `the theoretical optimum is drawn like a measured loss, and called what it is`() throws
  {
    var notes = PlotNotes()
    let sheet = try FigureKind.tradeOff.figure(
      table(Self.theory), measurements: nil, isLogarithmic: false, notes: &notes)
    #expect(sheet.panels.count == 2)
    #expect(sheet.title.hasPrefix("Theoretical optimum (simplex frame), C = 10, t = 0.5"))
    let upper = sheet.panels[0].figure
    #expect(try series(upper, "L_sup at the optimum").points.map(\.y) == [0.68, 0.68, 0.68, 0.68])
    #expect(try series(upper, "Phi, upper").points.map(\.y) == [0.9, 0.8, 0.7])
    let lower = sheet.panels[1].figure
    #expect(try series(lower, "CURL").points.map(\.x) == [17, 33])
    #expect(try series(lower, "Bao et al., tightened").points.count == 3)
    #expect(lower.y.ticks?.last?.label == "infinite")
  }

  @Test(arguments: ["theory-10", "theory-100", "theory-1000", "digits-frozen"])
  func `markers of what is above the axis, or infinite, do not touch`(name: String) throws {
    let text = try Repository.lines(of: "tables/bounds-\(name).csv").joined(separator: "\n")
    var notes = PlotNotes()
    let kind: FigureKind = name.hasPrefix("theory") ? .tradeOff : .bounds
    let sheet = try kind.figure(
      table(text), measurements: nil, isLogarithmic: false, notes: &notes)
    let panel = try #require(sheet.panels.last?.figure)
    let range = try #require(panel.x.range)
    let points = panel.series.filter { $0.style == .markers }.flatMap { series in
      series.points.map { (y: $0.y, x: log($0.x), isLarge: series.look.size > 1) }
    }
    for y in Set(points.map(\.y)) {
      let row = points.filter { $0.y == y }.sorted { $0.x < $1.x }
      #expect(row.count > 2)
      for (a, b) in zip(row, row.dropFirst()) {
        // A large ring may reach over its neighbour's edge, and not over its middle.
        let least = a.isLarge || b.isLarge ? 0.0099 : 0.015
        #expect(
          b.x - a.x > least * log(range.upperBound / range.lowerBound), "\(exp(a.x)) \(exp(b.x))")
      }
    }
  }

  @Test func `a title says how bounds were computed, a legend what its bars are`() throws {
    func title(_ recipe: String) throws -> String {
      let rows = Self.sandwich.split(separator: "\n").enumerated().map { index, line in
        line + (index == 0 ? ",recipe\n" : ",\(recipe)\n")
      }
      return try sheet(rows.joined()).title
    }
    #expect(try title("exact").contains("with replacement, exact bounds (error"))
    #expect(try title("published").contains(", bounds as the notebook computes them (error"))
    let one = SeedStatistics([1], standardErrors: [0.1])
    let three = SeedStatistics([1, 2, 3], standardErrors: [0.1, 0.1, 0.1])
    #expect(SeedStatistics.legend([one]) == "error bars: standard error")
    #expect(SeedStatistics.legend([three]) == "error bars: standard deviation over 3 seeds")
    #expect(
      SeedStatistics.legend([one, three])
        == "error bars: standard deviation over 3 seeds, of one seed standard error")
    #expect(SeedStatistics.legend([SeedStatistics([1], standardErrors: [])]) == nil)
  }

  @Test func `a legend names nothing that is out of view`() {
    func curve(_ title: String, _ values: Double...) -> Figure.Series {
      let points = values.enumerated().map { Figure.Point(x: Double($0 + 1), y: $1) }
      return Figure.Series(title: title, style: .line, look: .number(0), parts: [points])
    }
    let figure = Figure(
      title: "", x: Figure.Axis(title: ""), y: Figure.Axis(title: "", range: 1...2),
      series: [curve("in", 5, 1.5), curve("above", 3, 4), curve("through", 0, 3), curve("none")])
    #expect(figure.inView.series.map(\.title) == ["in", "through"])
    #expect(FigureSheet(figure).inView.panels[0].figure.series.count == 2)
  }

  @Test func `tables are drawn by the quantity that they are about`() throws {
    var notes = PlotNotes()
    func figure(_ text: String) throws -> Figure {
      let table = try table(text)
      return try FigureKind(of: table).figure(
        table, measurements: nil, isLogarithmic: false, notes: &notes
      ).panels[0].figure
    }
    let published = try figure(
      """
      dataset,classes,draws,published_coverage_probability,coverage_probability,relative_error,source
      a,9,2,0.5,0.25,1,notebook
      a,9,4,0.5,0.49,0.01,notebook

      """)
    #expect(published.y.title == "Relative error")
    #expect(published.series[0].points.map(\.y) == [0, -2])
    let few = try figure(
      """
      dataset,negatives,draws,coverage_probability,subset_loss,excess_loss
      a,1,2,0,0.5,0.24
      a,2,3,0,0.6,0.125

      """)
    #expect(few.series[0].points.map(\.y) == [0.24, 0.125])
    let mass = try figure("dataset,draws,distinct,probability\na,4,1,0.25\na,4,2,0.75\n")
    #expect(mass.series[0].style == .steps && mass.x.range == 0.5...2.5)
  }

  @Test func `coverage has a curve for each law and scheme`() throws {
    let text = """
      dataset,classes,draws,sampling,coverage_probability,log10_coverage_probability
      a,2,20,with-replacement,0.5,-0.3
      a,2,2,with-replacement,1e-702,-702
      a,2,2,without-replacement,0,-inf
      a,2,20,without-replacement,0.75,-0.1
      b,2,400,with-replacement,1,0
      b,2,400,without-replacement,1,0

      """
    var notes = PlotNotes()
    let figure = try CurvesFigure(
      table: table(text), content: CurvesFigure.coverage, isLogarithmic: false
    ).figure(&notes)
    #expect(
      figure.series.map(\.title) == [
        "a, with replacement", "a, without replacement", "b, with replacement",
        "b, without replacement",
      ])
    #expect(figure.series[0].points.map(\.x) == [2, 20] && figure.x.isLogarithmic)
    #expect(figure.series.map(\.look.dash) == [1, 2, 1, 2])
    #expect(Set(figure.series.map(\.look.color)).count == 4)
    #expect(figure.title == "Probability that K+1 draws show every class")
    #expect(notes == PlotNotes(clampedCount: 1))

    notes = PlotNotes()
    let logarithmic = try CurvesFigure(
      table: table(text), content: CurvesFigure.coverage, isLogarithmic: true
    ).figure(&notes)
    #expect(logarithmic.series[0].points.map(\.y) == [-702, -0.3])
    #expect(logarithmic.y.ticks?.map(\.label).contains("1e-700") == true)
    #expect(logarithmic.y.ticks?.last?.label == "1")
    #expect(notes == PlotNotes(nonpositiveCount: 1))

    let alone = try CurvesFigure(
      table: table(text).filter { $0.fields[0] == "a" && $0.fields[3] == "with-replacement" },
      content: CurvesFigure.coverage, isLogarithmic: false
    ).figure(&notes)
    #expect(alone.series.map(\.title) == ["a"] && alone.title.hasSuffix(": with replacement"))
  }

  @Test func `measurements are losses, and accuracies at the right`() throws {
    let text = """
      dataset,draws,seed,temperature,contrastive_loss,supervised_loss,mean_classifier_accuracy
      a,32,7,0.5,2,1.5,0.8
      a,64,7,0.5,3,1.4,0.85

      """
    var notes = PlotNotes()
    let figure = try MeasurementsFigure(table: table(text)).figure(&notes)
    #expect(figure.series.map(\.isOnSecondAxis) == [false, false, true])
    #expect(figure.title == "a, t = 0.5" && figure.y2 != nil)
  }

  @Test func `kinds are recognised by columns`() throws {
    func kind(_ text: String) throws -> FigureKind { try FigureKind(of: table(text)) }
    #expect(try kind(Self.bounds) == .bounds)
    #expect(try kind(Self.theory) == .tradeOff)
    #expect(try kind("dataset,draws,coverage_probability,x\na,1,1,1\n") == .coverage)
    #expect(try kind("dataset,negatives,collision_probability\na,1,1\n") == .collision)
    #expect(try kind("dataset,draws,distinct,probability\na,1,1,1\n") == .distinct)
    #expect(
      try kind("dataset,draws,contrastive_loss,mean_classifier_accuracy\na,1,1,1\n")
        == .measurements)
    let error = #expect(throws: TableError.self) { _ = try kind("a,b\n1,2\n") }
    #expect(
      error?.description
        == "t.csv:1: its columns are not those of a table that can be drawn (bounds, "
        + "trade-off, measurements, published, few-negatives, coverage, collision, distinct)")
    let missing = #expect(throws: TableError.self) {
      try FigureKind.bounds.check(table("dataset,draws\na,1\n"))
    }
    #expect(
      missing?.description
        == "t.csv:1: the columns 'curl_upper', 'coupon_upper', 'supervised_loss' "
        + "are missing, which 'bounds' needs")
  }

  @Test func `colours change before dashes, and a darker shade stays a colour`() {
    let looks = (0..<14).map(FigureLook.number)
    #expect(Set(looks.map { "\($0.color) \($0.dash)" }).count == 14)
    #expect(looks[0].darker.color == "#00334F" || looks[0].darker.color.count == 7)
  }
}
