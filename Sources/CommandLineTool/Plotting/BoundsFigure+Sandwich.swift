// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A loss between its bounds.
extension BoundsFigure {
  /// A loss with its bounds, and what they are called.
  struct Sandwich {
    let axis: String
    let loss: (column: String, title: String)
    let chances: [(column: String, title: String, look: FigureLook)]
    let best: (lower: String, upper: String)
    let bounds: [(column: String, title: String, look: FigureLook)]
  }

  static let supervised = Sandwich(
    axis: "Supervised loss (nats)", loss: ("supervised_loss", "Measured L_sup"),
    chances: [("chance", "Chance, ln C", grey)],
    best: ("best_lower", "best_upper"),
    bounds: [
      ("spread_upper", "Spread, upper", FigureLook(color: "#0072B2", marker: 11, dash: 1)),
      // Above the other, which it often is the same as.
      ("phi_upper", "Phi, upper", FigureLook(color: "#009E73", marker: 8, dash: 2, size: 1.6)),
      ("spread_lower", "Spread, lower", FigureLook(color: "#0072B2", marker: 10, dash: 4)),
    ])

  static let adjusted = Sandwich(
    axis: "Loss with priors (nats)", loss: ("prior_adjusted_loss", "Measured L_adj"),
    chances: [
      ("chance", "ln C", FigureLook(color: "#A0A0A0", marker: 1, dash: 3)),
      ("prior_adjusted_chance", "Chance, H(rho)", grey),
    ],
    best: ("prior_adjusted_lower", "prior_adjusted_upper"),
    bounds: [
      (
        "prior_adjusted_upper", "With priors, upper",
        FigureLook(color: "#D55E00", marker: 9, dash: 1)
      ),
      (
        "prior_adjusted_lower", "With priors, lower",
        FigureLook(color: "#D55E00", marker: 8, dash: 4)
      ),
    ])

  /// How far above the loss of guessing the linear axis ends.
  private static let linearHeadroom = 1.12
  /// A loss between its bounds on a linear axis; nil if there is none of it.
  func figure(
    _ sandwich: Sandwich, _ notes: inout PlotNotes, _ shown: inout [SeedStatistics]
  ) throws -> Figure? {
    let loss = try curve(sandwich.loss.column, &notes)
    let bounds = try sandwich.bounds.map { ($0, try curve($0.column, &notes)) }
    let chances = try sandwich.chances.map { ($0, try curve($0.column, &notes)) }
    var ignored = PlotNotes()
    let lower = try curve(sandwich.best.lower, &ignored)
    let upper = try curve(sandwich.best.upper, &ignored)
    let curves = bounds.map(\.1) + [loss]
    guard curves.contains(where: { !$0.values.isEmpty }) else { return nil }
    shown += curves.flatMap { $0.values.map(\.statistics) }

    let chance = chances.flatMap(\.1.means).max()
    let all = (curves + [lower] + chances.map(\.1)).flatMap(\.means)
    // Of an upper bound something is seen, if only that it is above the loss of guessing.
    let wanted = max(
      1.05 * (loss.means + lower.means + [upper.means.min() ?? 0]).reduce(0, max),
      Self.linearHeadroom * (chance ?? 0))
    // Without a loss of guessing nothing is cut off.
    let top = chance == nil ? 1.05 * (all.max() ?? 1) : wanted
    let smallest = all.min() ?? 0
    let below = smallest - 0.12 * (top - smallest)
    // A loss that is near 0 is shown as such.
    let bottom = smallest >= 0 ? max(0, below) : below

    var series: [Figure.Series] = []
    let lows = Dictionary(uniqueKeysWithValues: lower.values.map { ($0.draws, $0.statistics.mean) })
    let area = upper.values.compactMap { draws, statistics in
      lows[draws].map {
        Figure.Point(
          x: draws, y: statistics.mean, low: max($0, bottom), high: max($0, bottom, statistics.mean)
        )
      }
    }
    if area.count > 1 {
      series.append(
        Figure.Series(
          title: "Best lower to upper", style: .band,
          look: FigureLook(color: "#D8E8F3", marker: 1, dash: 1), parts: [Self.cut(area, at: top)]))
    }
    let axis = try axis()
    for (name, curve) in chances where !curve.values.isEmpty {
      series.append(
        Figure.Series(
          title: name.title, style: .thinLine, look: name.look,
          parts: [Self.level(curve.means, across: axis.range)]))
    }
    for (name, curve) in bounds where !curve.values.isEmpty {
      series.append(
        Figure.Series(
          title: name.title, style: .line, look: name.look,
          parts: [curve.values.map { $0.statistics.point(x: $0.draws, floor: bottom) }]))
    }
    if !loss.values.isEmpty {
      series.append(
        Figure.Series(
          title: isTheory ? "L_sup at the optimum" : sandwich.loss.title, style: .line,
          // Bounds that the optimum meets show below dots.
          look: isTheory ? Self.black.dashed(3) : Self.black,
          parts: [loss.values.map { $0.statistics.point(x: $0.draws, floor: bottom) }]))
    }
    return Figure(
      title: "", x: axis, y: Figure.Axis(title: sandwich.axis, range: bottom...top), series: series)
  }

  /// An area without what is above `top`, over a logarithmic x axis.
  private static func cut(_ area: [Figure.Point], at top: Double) -> [Figure.Point] {
    func clipped(_ x: Double, _ low: Double, _ high: Double) -> Figure.Point {
      Figure.Point(x: x, y: min(high, top), low: min(low, top), high: min(high, top))
    }
    var result: [Figure.Point] = []
    for (index, point) in area.enumerated() {
      let (low, high) = (point.low ?? point.y, point.high ?? point.y)
      if index > 0 {
        let previous = area[index - 1]
        let (lowBefore, highBefore) = (previous.low ?? previous.y, previous.high ?? previous.y)
        // Where the upper edge crosses the top.
        if (high - top) * (highBefore - top) < 0 {
          let share = (top - highBefore) / (high - highBefore)
          let x = previous.x * pow(point.x / previous.x, share)
          result.append(clipped(x, lowBefore + share * (low - lowBefore), top))
        }
      }
      result.append(clipped(point.x, low, high))
    }
    return result
  }
}
