// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// One figure, or several of the same x axis above each other.
struct FigureSheet: Equatable {
  /// A figure and how high it is, in units of the height of a figure alone.
  struct Panel: Equatable {
    let figure: Figure
    let height: Double
  }

  /// What stands above all panels; the only panel has a title of its own.
  let title: String
  /// From top to bottom, at least one.
  let panels: [Panel]

  /// A figure alone.
  init(_ figure: Figure) {
    title = figure.title
    panels = [Panel(figure: figure, height: 1)]
  }

  /// Figures above each other.
  ///
  /// - Precondition: There are at least two.
  init(title: String, panels: [Panel]) {
    precondition(panels.count >= 2, "one panel is a figure alone")
    self.title = title
    self.panels = panels
  }

  /// The sheet without what is nowhere within the axes.
  var inView: FigureSheet {
    let panels = panels.map { Panel(figure: $0.figure.inView, height: $0.height) }
    return panels.count == 1
      ? FigureSheet(panels[0].figure) : FigureSheet(title: title, panels: panels)
  }

  /// Whether anything is drawn.
  var isEmpty: Bool {
    panels.allSatisfy { $0.figure.series.allSatisfy { $0.points.isEmpty } }
  }
}
