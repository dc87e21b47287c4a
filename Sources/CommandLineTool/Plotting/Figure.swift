// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A figure of curves or grouped bars, before it is handed to gnuplot.
struct Figure: Equatable {
  /// A point, with the ends of its error bar if it has one.
  struct Point: Equatable {
    let x, y: Double
    var low: Double? = nil
    var high: Double? = nil
  }

  /// How a series is drawn.
  enum Style: Equatable {
    /// Bars of a width, in units of x.
    case bars(width: Double)
    /// A line, with a marker at each point if there are few.
    case line
    /// Steps around the points, for probabilities of whole numbers.
    case steps
    /// A line without markers, for a constant or what serves for orientation.
    case thinLine
    /// An area between the ends of what would be error bars.
    case band
    /// Markers alone.
    case markers
  }

  /// What a legend entry stands for.
  struct Series: Equatable {
    /// The text of the entry; nil for a series that has none.
    let title: String?
    let style: Style
    let look: FigureLook
    /// Whether y is on the second axis, at the right.
    var isOnSecondAxis = false
    /// Parts of a curve that are not connected, such as where a bound is infinite between them.
    var parts: [[Point]]

    var points: [Point] { parts.flatMap(\.self) }
  }

  /// An axis.
  struct Axis: Equatable {
    var title: String
    var isLogarithmic = false
    var range: ClosedRange<Double>? = nil
    /// Ticks with texts of their own; nil for gnuplot's.
    var ticks: [Tick]? = nil
  }

  /// A tick with a text.
  struct Tick: Equatable {
    let position: Double
    let label: String
  }

  /// A text beside a point of the first axes.
  struct Label: Equatable {
    let x, y: Double
    let text: String
  }

  var title: String
  var x: Axis
  var y: Axis
  var y2: Axis? = nil
  var series: [Series]
  var labels: [Label] = []

  /// The figure without series that are nowhere within the axes, which a legend would name.
  var inView: Figure {
    var figure = self
    figure.series = series.filter(isInView)
    return figure
  }

  private func isInView(_ series: Series) -> Bool {
    guard let range = (series.isOnSecondAxis ? y2 : y)?.range else { return true }
    if series.style == .band {
      // An area of no height is seen as little.
      let height = series.points.map { ($0.high ?? $0.y) - ($0.low ?? $0.y) }.max() ?? 0
      return height > 1e-3 * (range.upperBound - range.lowerBound)
    }
    return series.parts.contains { part in
      part.contains { range.contains($0.y) }
        || zip(part, part.dropFirst()).contains { first, second in
          [range.lowerBound, range.upperBound].contains { (end: Double) -> Bool in
            (first.y - end) * (second.y - end) < 0
          }
        }
    }
  }
}

/// A colour, a marker and a dash that tell a series from the others, also in print and to readers
/// who do not tell all colours apart.
struct FigureLook: Equatable {
  /// As `#RRGGBB`.
  let color: String
  /// gnuplot's number of a marker.
  let marker: Int
  /// gnuplot's number of a dash, 1 for a solid line.
  let dash: Int
  /// The size of markers against those of others: an open one shows around a filled one.
  var size = 1.0

  /// The colours of M. Okabe and K. Ito, *Color Universal Design*, 2002, without yellow, which is
  /// too light for lines on white.
  static let colors = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000",
  ]

  /// Filled circle, square, triangle, inverted triangle, diamond, pentagon; then open ones.
  static let markers = [7, 5, 9, 11, 13, 15, 6, 4, 8, 10, 12, 14]

  /// The look of number `index` among several; dashes change when the colours are used up.
  static func number(_ index: Int) -> FigureLook {
    FigureLook(
      color: colors[index % colors.count], marker: markers[index % markers.count],
      dash: 1 + index / colors.count % 5)
  }

  /// The same in a darker shade.
  var darker: FigureLook {
    let value = Int(color.dropFirst(), radix: 16) ?? 0
    let parts = [16, 8, 0].map { (value >> $0 & 0xFF) * 45 / 100 }
    let text = parts.reduce(1) { $0 << 8 | $1 }
    return FigureLook(
      color: "#" + String(text, radix: 16, uppercase: true).dropFirst(), marker: marker, dash: dash)
  }

  /// The same with another dash.
  func dashed(_ dash: Int) -> FigureLook {
    FigureLook(color: color, marker: marker, dash: dash)
  }
}
