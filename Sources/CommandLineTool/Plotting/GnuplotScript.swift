// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The commands with which gnuplot draws a figure: a function of figure and format alone.
///
/// Data are inline, so that gnuplot opens no file. Texts from tables are literal strings without
/// mark-up, in which nothing can be a command.
struct GnuplotScript {
  /// Where a line has more points than this, lines have no markers.
  static let markerLimit = 40

  /// More series than this are in a legend at the right, not below.
  static let legendLimit = 9

  let figure: Figure
  let format: FigureFormat

  /// The script, for standard input; gnuplot writes the figure to standard output.
  var text: String {
    (settings + blocks + [plot, "unset output", ""]).joined(separator: "\n")
  }

  // MARK: - Settings

  private var settings: [String] {
    var lines = [
      "set terminal \(format.terminal)",
      "set encoding utf8",
      "set decimalsign '.'",
      "set title \(Self.quoted(figure.title)) noenhanced",
      // Light lines behind the data; the frame and its ticks darker.
      "set border \(figure.y2 == nil ? 3 : 11) linecolor rgb '#404040' linewidth 1",
      "set grid ytics linecolor rgb '#dddddd' linewidth 1 linetype 1 back",
      "set clip two",
      "set style fill solid 1.0 noborder",
      "set tics nomirror out",
    ]
    lines += commands("x", figure.x) + commands("y", figure.y)
    if let y2 = figure.y2 { lines += ["set y2tics"] + commands("y2", y2) }
    lines.append(
      figure.series.count > Self.legendLimit
        ? "set key outside right top vertical Left reverse noenhanced samplen 3 spacing 1.2"
        : "set key outside below center horizontal Left reverse noenhanced samplen 3 spacing 1.2 "
          + "height 0.7 maxrows \((figure.series.count + 2) / 3)")
    for (index, label) in figure.labels.enumerated() {
      lines.append(
        "set label \(index + 1) \(Self.quoted(label.text)) at first \(label.x),\(label.y) center "
          + "offset 0,0.6 noenhanced font ',\(smallFont)'")
    }
    return lines
  }

  private var smallFont: Int {
    switch format {
    case .svg: 12
    case .png: 17
    case .pdf: 10
    }
  }

  private func commands(_ name: String, _ axis: Figure.Axis) -> [String] {
    var lines: [String] = ["set \(name)label \(Self.quoted(axis.title)) enhanced"]
    if axis.isLogarithmic { lines.append("set logscale \(name) 10") }
    if let range = axis.range {
      lines.append("set \(name)range [\(range.lowerBound):\(range.upperBound)]")
    }
    if let ticks = axis.ticks {
      let list = ticks.map { "\(Self.quoted($0.label)) \($0.position)" }.joined(separator: ", ")
      lines.append("set \(name)tics (\(list))")
    } else if axis.isLogarithmic {
      // Powers of ten as such only where the axis has numbers that are long otherwise.
      let isWide = axis.range.map { $0.lowerBound < 1e-3 || $0.upperBound > 1e4 } ?? true
      lines.append("set format \(name) '\(isWide ? "10^{%T}" : "%g")'")
    }
    return lines
  }

  // MARK: - Data

  private var blocks: [String] {
    figure.series.enumerated().map { index, series in
      let parts = series.parts.map { part in part.map(Self.line).joined(separator: "\n") }
      // An empty line separates parts.
      return "$series\(index) << END\n" + parts.joined(separator: "\n\n") + "\nEND"
    }
  }

  /// x, y and the ends of the error bar, which are y if there is none.
  private static func line(_ point: Figure.Point) -> String {
    "\(point.x) \(point.y) \(point.low ?? point.y) \(point.high ?? point.y)"
  }

  // MARK: - Plot

  private var hasMarkers: Bool {
    let lines = figure.series.filter { $0.style == .line }
    return lines.allSatisfy { $0.points.count <= Self.markerLimit }
  }

  private var plot: String {
    let items = figure.series.enumerated().flatMap { index, series in
      commands(series, block: "$series\(index)")
    }
    return "plot " + items.joined(separator: ", \\\n  ")
  }

  private func commands(_ series: Figure.Series, block: String) -> [String] {
    let axes = series.isOnSecondAxis ? " axes x1y2" : ""
    let color = "linecolor rgb '\(series.look.color)'"
    let title = "title \(Self.quoted(series.title))"
    let hasErrors = series.points.contains { $0.low != nil }
    let line = "\(color) linewidth 2 dashtype \(series.look.dash)"
    let marker = "pointtype \(series.look.marker) pointsize \(format == .svg ? 0.6 : 1)"
    switch series.style {
    case .bars(let width):
      let bars = "\(block) using 1:2:(\(width))\(axes) with boxes \(color) \(title)"
      return hasErrors ? [bars, errorBars(block, axes, "linecolor rgb '#404040'")] : [bars]
    case .line where !hasMarkers:
      return ["\(block) using 1:2\(axes) with lines \(line) \(title)"]
    case .line:
      let curve = "\(block) using 1:2\(axes) with linespoints \(line) \(marker) \(title)"
      return hasErrors ? [curve, errorBars(block, axes, color)] : [curve]
    case .thinLine:
      return [
        "\(block) using 1:2\(axes) with lines \(color) linewidth 1.5 "
          + "dashtype \(series.look.dash) \(title)"
      ]
    }
  }

  /// From the lower to the upper end, with a bar at both: gnuplot's own error bars leave a hole at
  /// the point.
  private func errorBars(_ block: String, _ axes: String, _ color: String) -> String {
    "\(block) using 1:3:(0):($4-$3)\(axes) with vectors heads size screen 0.005,90 nofilled "
      + "\(color) linewidth 1 notitle"
  }

  /// A text between single quotes, in which only they have a meaning.
  static func quoted(_ text: String) -> String {
    "'" + text.onOneLine.replacing("'", with: "''") + "'"
  }
}
