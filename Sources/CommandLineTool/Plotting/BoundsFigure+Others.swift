// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The upper bounds that are far above the loss.
extension BoundsFigure {
  /// The columns of the logarithmic axis. The coverage-free forms have the colours of those that
  /// they come from.
  private static let others: [(column: String, title: String, look: FigureLook)] = [
    ("curl_upper", "CURL", FigureLook(color: "#E69F00", marker: 7, dash: 1)),
    (
      "curl_coverage_free_upper", "CURL, coverage-free",
      FigureLook(color: "#E69F00", marker: 6, dash: 2, size: 1.6)
    ),
    ("coupon_upper", "Coupon", FigureLook(color: "#56B4E9", marker: 5, dash: 1)),
    (
      "coupon_coverage_free_upper", "Coupon, coverage-free",
      FigureLook(color: "#56B4E9", marker: 4, dash: 2, size: 1.6)
    ),
    ("ash_upper", "Ash et al.", FigureLook(color: "#CC79A7", marker: 11, dash: 1)),
    ("bao_upper", "Bao et al.", FigureLook(color: "#D55E00", marker: 13, dash: 1)),
    (
      "bao_tightened_upper", "Bao et al., tightened",
      FigureLook(color: "#D55E00", marker: 12, dash: 2, size: 1.6)
    ),
    ("phi_cap_upper", "Phi, capped", FigureLook(color: "#009E73", marker: 8, dash: 2)),
  ]

  /// How far the logarithmic axis goes beyond the trivial cap, rounded up to a power of ten.
  private static let headroom = 1e3
  /// The factors between the rows at the top of the logarithmic axis, as powers of its length.
  private static let rowShare = 0.09
  /// How far apart markers beside each other are, as a share of the logarithmic x axis.
  private static let markerShare = 0.01

  /// The other upper bounds on a logarithmic axis; nil if there are none.
  func logarithmic(
    _ notes: inout PlotNotes, _ shown: inout [SeedStatistics]
  ) throws -> Figure? {
    func positive(_ column: String) throws -> Curve {
      // What is beyond doubles is in the row "above", as it should be.
      let clampedCount = notes.clampedCount
      var curve = try curve(column, &notes)
      notes.clampedCount = clampedCount
      let drawn = curve.values.filter { $0.statistics.mean > 0 }
      notes.nonpositiveCount += curve.values.count - drawn.count
      curve.values = drawn
      return curve
    }
    let curves = try Self.others.map { ($0, try positive($0.column)) }
      .filter { !$0.1.values.isEmpty || !$0.1.infinite.isEmpty }
    guard !curves.isEmpty else { return nil }
    let cap = try positive("trivial_cap")
    var ignored = PlotNotes()
    let best = try curve("best_upper", &ignored)
    shown += curves.flatMap { $0.1.values.map(\.statistics) }

    let all = (curves.map(\.1) + [cap, best]).flatMap(\.means).filter { $0 > 0 }
    let lowest = FigureAxes.roundedDown(0.9 * (all.min() ?? 1))
    let limit =
      Self.headroom * FigureAxes.decade(of: cap.means.max() ?? all.min() ?? 1, roundedUp: true)
    let highest = min(limit, FigureAxes.decade(of: 1.2 * (all.max() ?? 1), roundedUp: true))
    let isBeyond = curves.contains { $0.1.means.contains { $0 > highest } }
    let isInfinite = curves.contains { !$0.1.infinite.isEmpty }
    // A row each above the axis proper, which ends with them.
    let step = pow(highest / lowest, Self.rowShare)
    let beyond = highest * step
    let infinite = isBeyond ? beyond * step : beyond
    let end =
      isInfinite ? infinite * step.squareRoot() : isBeyond ? beyond * step.squareRoot() : highest

    let axis = try axis()
    let span = axis.range.map { $0.upperBound / $0.lowerBound } ?? 1
    var series: [Figure.Series] = []
    if !cap.values.isEmpty {
      series.append(
        Figure.Series(
          title: "Trivial cap", style: .thinLine, look: Self.grey,
          parts: [Self.level(cap.means, across: axis.range)]))
    }
    let inRows = curves.filter { !$0.1.infinite.isEmpty || $0.1.means.contains { $0 > highest } }
      .map(\.0.column)
    let room = pow(span, Self.markerShare * Double(inRows.count + 1))
    for (name, curve) in curves {
      // Markers of several bounds stand beside each other.
      let number = Double(inRows.firstIndex(of: name.column) ?? 0)
      let place = pow(span, Self.markerShare * (number - Double(inRows.count - 1) / 2))
      let rows =
        Self.apart(curve.values.filter { $0.statistics.mean > highest }.map(\.draws), by: room)
        .map { Figure.Point(x: $0 * place, y: beyond) }
        + Self.apart(curve.infinite, by: room).map { Figure.Point(x: $0 * place, y: infinite) }
      let parts = Self.parts(curve, upTo: highest, lowest: lowest)
      if !parts.isEmpty {
        series.append(Figure.Series(title: name.title, style: .line, look: name.look, parts: parts))
      }
      if !rows.isEmpty {
        series.append(
          Figure.Series(
            title: parts.isEmpty ? name.title : nil, style: .markers, look: name.look, parts: [rows]
          ))
      }
    }
    if !best.values.isEmpty {
      series.append(
        Figure.Series(
          title: "Best upper", style: .thinLine, look: Self.black,
          parts: [best.values.map { Figure.Point(x: $0.draws, y: $0.statistics.mean) }]))
    }
    var y = Figure.Axis(
      title: "Upper bounds (nats)", isLogarithmic: true, range: lowest...end)
    if isBeyond || isInfinite {
      let first = Int(saturating: log10(lowest).rounded(.up))
      let last = Int(saturating: log10(highest).rounded())
      y.ticks = (first...max(first, last)).map {
        Figure.Tick(position: pow(10, Double($0)), label: Self.power($0))
      }
      if isBeyond { y.ticks?.append(Figure.Tick(position: beyond, label: "above")) }
      if isInfinite { y.ticks?.append(Figure.Tick(position: infinite, label: "infinite")) }
    }
    return Figure(title: "", x: axis, y: y, series: series)
  }

  /// Of ascending numbers, if some are closer together than a factor, the powers of two, or else
  /// every one that far from the last: markers of several bounds have room between them, and what
  /// is left out is of the same row.
  private static func apart(_ draws: [Double], by factor: Double) -> [Double] {
    guard zip(draws, draws.dropFirst()).contains(where: { $1 < $0 * factor }) else { return draws }
    let powers = draws.filter { log2($0) == log2($0).rounded() }
    var chosen: [Double] = []
    for number in powers.isEmpty ? draws : powers
    where chosen.last.map({ number >= $0 * factor }) ?? true {
      chosen.append(number)
    }
    return chosen
  }

  /// 10^e without superscripts, which not every viewer puts in their place.
  private static func power(_ exponent: Int) -> String {
    (0...5).contains(exponent)
      ? "1" + String(repeating: "0", count: exponent) : "1e\(exponent)"
  }

  /// The points of a curve up to a value, in parts between those that are above it or infinite.
  private static func parts(_ curve: Curve, upTo highest: Double, lowest: Double) -> [[Figure
    .Point]]
  {
    let rows =
      curve.values.map { ($0.draws, Optional($0.statistics)) }
      + curve.infinite.map { ($0, nil) }
    var parts: [[Figure.Point]] = [[]]
    for (draws, statistics) in rows.sorted(by: { $0.0 < $1.0 }) {
      if let statistics, statistics.mean <= highest {
        // An end beyond the axis is cut off with the axis, and has no bar there.
        parts[parts.count - 1].append(statistics.point(x: draws, floor: 0.1 * lowest))
      } else {
        parts.append([])
      }
    }
    return parts.filter { !$0.isEmpty }
  }
}
