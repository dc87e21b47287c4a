// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

/// The commands with which gnuplot draws a figure: a function of figure and format alone.
///
/// Data are inline, so that gnuplot opens no file. Texts from tables are literal strings without
/// mark-up, in which nothing can be a command.
struct GnuplotScript {
  /// Where a line has more points than this, lines have no markers.
  static let markerLimit = 40

  /// More series than this are in a legend at the right, not below.
  static let legendLimit = 9

  let sheet: FigureSheet
  let format: FigureFormat

  /// The script of a figure alone.
  init(figure: Figure, format: FigureFormat) {
    self.init(sheet: FigureSheet(figure), format: format)
  }

  /// The script of a sheet.
  init(sheet: FigureSheet, format: FigureFormat) {
    self.sheet = sheet.inView
    self.format = format
  }

  /// The script, for standard input; gnuplot writes the figure to standard output.
  var text: String {
    let lines = sheet.panels.count == 1 ? single : stacked
    return (lines + ["unset output", ""]).joined(separator: "\n")
  }

  private var single: [String] {
    let panel = PanelScript(figure: sheet.panels[0].figure, format: format)
    let general = ["set terminal \(format.terminal())", "set encoding utf8", "set decimalsign '.'"]
    return general + ["set title \(Self.quoted(sheet.title)) noenhanced"] + panel.settings
      + [panel.key] + panel.labels + panel.blocks + [panel.plot]
  }

  // MARK: - Panels above each other

  /// Of figures 960 wide: a panel of height 1, the space above all, between two and below all.
  private static let (panelHeight, top, between, bottom) = (420.0, 50.0, 40.0, 76.0)
  /// Where panels begin and end, as shares of the width; legends are at the right of them.
  private static let sides = (left: 0.125, right: 0.75)

  /// Where the titles of y axes are, as a share of the width.
  private static let axisTitle = 0.02

  private var stacked: [String] {
    let heights = sheet.panels.map { Self.panelHeight * $0.height }
    let gaps = Self.between * Double(heights.count - 1)
    let whole = heights.reduce(Self.top + gaps + Self.bottom, +).rounded(.up)
    let panels = sheet.panels.enumerated().map { index, panel in
      PanelScript(figure: panel.figure, format: format, name: "panel\(index)")
    }
    var lines = [
      "set terminal \(format.terminal(height: Int(saturating: whole)))", "set encoding utf8",
    ]
    lines += panels.flatMap(\.blocks)
    lines.append("set multiplot title \(Self.quoted(sheet.title)) noenhanced")
    var above = Self.top
    for (panel, height) in zip(panels, heights) {
      func share(_ y: Double) -> Double { ((1 - y / whole) * 1e5).rounded() / 1e5 }
      lines += [
        "reset", "set decimalsign '.'", "set lmargin at screen \(Self.sides.left)",
        "set rmargin at screen \(Self.sides.right)", "set tmargin at screen \(share(above))",
        "set bmargin at screen \(share(above + height))",
      ]
      lines += panel.settings
      // One below the other, whatever the widths of numbers are.
      lines.append(
        "set label 1000 \(Self.quoted(panel.figure.y.title)) at screen \(Self.axisTitle), "
          + "screen \(share(above + height / 2)) center rotate by 90 noenhanced")
      lines.append("unset ylabel")
      lines.append(
        "set key outside right top vertical Left reverse noenhanced samplen 2.5 spacing 1.2 "
          + "font ',\(format.smallFont)'")
      lines += panel.labels + [panel.plot]
      above += height + Self.between
    }
    return lines + ["unset multiplot"]
  }

  /// A text as a literal, or as several joined: between single quotes nothing has a meaning but
  /// they themselves, and these stand between double quotes. gnuplot reads two single quotes within
  /// single quotes as one, but not where a text begins with them or has two in a row.
  static func quoted(_ text: String) -> String {
    // By scalars: a quote with an accent upon it is another character, but ends a literal too.
    text.onOneLine.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false)
      .map { "'" + String($0) + "'" }.joined(separator: #" . "'" . "#)
  }
}

/// The commands of one panel.
private struct PanelScript {
  let figure: Figure
  let format: FigureFormat
  /// What the names of its data begin with.
  let name: String
  /// Whether lines have a marker at each point.
  private let hasMarkers: Bool

  init(figure: Figure, format: FigureFormat, name: String = "") {
    (self.figure, self.format, self.name) = (figure, format, name)
    let lines = figure.series.filter { $0.style == .line }
    hasMarkers = lines.allSatisfy { $0.points.count <= GnuplotScript.markerLimit }
  }

  // MARK: - Settings

  var settings: [String] {
    var lines = [
      // Light lines behind the data; the frame and its ticks darker.
      "set border \(figure.y2 == nil ? 3 : 11) linecolor rgb '#404040' linewidth 1",
      "set grid ytics linecolor rgb '#dddddd' linewidth 1 linetype 1 back",
      "set clip two",
      "set style fill solid 1.0 noborder",
      "set tics nomirror out",
    ]
    lines += commands("x", figure.x) + commands("y", figure.y)
    if let y2 = figure.y2 { lines += ["set y2tics"] + commands("y2", y2) }
    return lines
  }

  /// The legend of a figure alone.
  var key: String {
    figure.series.count > GnuplotScript.legendLimit
      ? "set key outside right top vertical Left reverse noenhanced samplen 3 spacing 1.2"
      : "set key outside below center horizontal Left reverse noenhanced samplen 3 spacing 1.2 "
        + "height 0.7 maxrows \((figure.series.count + 2) / 3)"
  }

  var labels: [String] {
    figure.labels.enumerated().map { index, label in
      "set label \(index + 1) \(quoted(label.text)) at first \(label.x),\(label.y) center "
        + "offset 0,0.6 noenhanced font ',\(format.smallFont)'"
    }
  }

  private func commands(_ name: String, _ axis: Figure.Axis) -> [String] {
    var lines: [String] = ["set \(name)label \(quoted(axis.title)) enhanced"]
    if axis.isLogarithmic { lines.append("set logscale \(name) 10") }
    if let range = axis.range {
      lines.append("set \(name)range [\(range.lowerBound):\(range.upperBound)]")
    }
    if let ticks = axis.ticks {
      let list = ticks.map { "\(quoted($0.label)) \($0.position)" }.joined(separator: ", ")
      lines.append("set \(name)tics (\(list))")
    } else if axis.isLogarithmic {
      // Powers of ten as such only where the axis has numbers that are long otherwise.
      let isWide = axis.range.map { $0.lowerBound < 1e-3 || $0.upperBound > 5e5 } ?? true
      lines.append("set format \(name) '\(isWide ? "10^{%T}" : "%g")'")
    }
    return lines
  }

  // MARK: - Data

  var blocks: [String] {
    figure.series.enumerated().map { index, series in
      let parts = series.parts.map { part in part.map(Self.line).joined(separator: "\n") }
      // An empty line separates parts.
      return "$\(name)series\(index) << END\n" + parts.joined(separator: "\n\n") + "\nEND"
    }
  }

  /// x, y and the ends of the error bar, which are y if there is none.
  private static func line(_ point: Figure.Point) -> String {
    "\(point.x) \(point.y) \(point.low ?? point.y) \(point.high ?? point.y)"
  }

  // MARK: - Plot

  var plot: String {
    let items = figure.series.enumerated().flatMap { index, series in
      commands(series, block: "$\(name)series\(index)")
    }
    return "plot " + items.joined(separator: ", \\\n  ")
  }

  private var pointSize: Double { format == .svg ? 0.6 : 1 }

  private func commands(_ series: Figure.Series, block: String) -> [String] {
    let axes = series.isOnSecondAxis ? " axes x1y2" : ""
    let color = "linecolor rgb '\(series.look.color)'"
    let title = series.title.map { "title \(quoted($0))" } ?? "notitle"
    let hasErrors = series.points.contains { $0.low != nil }
    let line = "\(color) linewidth 2 dashtype \(series.look.dash)"
    let marker = "pointtype \(series.look.marker) pointsize \(pointSize * series.look.size)"
    switch series.style {
    case .bars(let width):
      let bars = "\(block) using 1:2:(\(width))\(axes) with boxes \(color) \(title)"
      return hasErrors ? [bars, errorBars(block, axes, "linecolor rgb '#404040'")] : [bars]
    case .line where !hasMarkers:
      return ["\(block) using 1:2\(axes) with lines \(line) \(title)"]
    case .line:
      let curve = "\(block) using 1:2\(axes) with linespoints \(line) \(marker) \(title)"
      return hasErrors ? [curve, errorBars(block, axes, color)] : [curve]
    case .steps:
      return ["\(block) using 1:2\(axes) with histeps \(line) \(title)"]
    case .thinLine:
      return [
        "\(block) using 1:2\(axes) with lines \(color) linewidth 1.5 "
          + "dashtype \(series.look.dash) \(title)"
      ]
    case .band:
      return ["\(block) using 1:3:4\(axes) with filledcurves \(color) \(title)"]
    case .markers:
      return ["\(block) using 1:2\(axes) with points \(color) linewidth 1.5 \(marker) \(title)"]
    }
  }

  /// From the lower to the upper end, with a bar at both: gnuplot's own error bars leave a hole at
  /// the point.
  private func errorBars(_ block: String, _ axes: String, _ color: String) -> String {
    "\(block) using 1:3:(0):($4-$3)\(axes) with vectors heads size screen 0.005,90 nofilled "
      + "\(color) linewidth 1 notitle"
  }

  private func quoted(_ text: String) -> String { GnuplotScript.quoted(text) }
}
