// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Ranges and ticks of axes.
enum FigureAxes {
  /// More ticks than this are left to gnuplot.
  static let tickLimit = 12

  /// The largest of 1, 2 and 5 times a power of ten that is at most `value`.
  static func roundedDown(_ value: Double) -> Double {
    let decade = decade(of: value, roundedUp: false)
    return [5, 2].map { $0 * decade }.first { $0 <= value } ?? decade
  }

  /// The largest power of ten that is at most `value`, or the least that is at least it.
  static func decade(of value: Double, roundedUp: Bool) -> Double {
    let exponent = log10(value)
    return pow(10, roundedUp ? exponent.rounded(.up) : exponent.rounded(.down))
  }

  /// A logarithmic axis for numbers of draws or negatives, with a tick for each if they are few and
  /// far enough apart; linear if the largest is not much larger than the smallest.
  static func counts(_ values: [Double], title: String) -> Figure.Axis {
    let values = Set(values).sorted()
    var axis = Figure.Axis(title: title)
    guard let first = values.first, let last = values.last else { return axis }
    axis.isLogarithmic = first > 0 && last >= 16 * first
    if axis.isLogarithmic { axis.range = (first / 1.1)...(last * 1.1) }
    let isSpread = zip(values, values.dropFirst()).allSatisfy { $1 >= 1.3 * $0 }
    if values.count <= tickLimit, isSpread {
      axis.ticks = values.map { Figure.Tick(position: $0, label: count($0)) }
    }
    return axis
  }

  /// A whole number without a fraction.
  static func count(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }

  /// A share between 0 and 1, in tenths about the values given.
  static func shares(_ values: [Double], title: String) -> Figure.Axis {
    let low = max(0, ((values.min() ?? 0) * 10 - 1.2).rounded(.down) / 10)
    let high = min(1, ((values.max() ?? 1) * 10 + 0.2).rounded(.up) / 10)
    return Figure.Axis(title: title, range: low...max(high, low + 0.1))
  }

  /// A number to two digits for a text in a figure: `1.9e24`, `6e3`.
  static func short(_ value: Double) -> String {
    var exponent = Int(saturating: log10(value).rounded(.down))
    var tenths = (value / pow(10, Double(exponent)) * 10).rounded()
    if tenths == 100 {
      exponent += 1
      tenths = 10
    }
    let (whole, rest) = Int(saturating: tenths).quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(whole)e\(exponent)" : "\(whole).\(rest)e\(exponent)"
  }
}
