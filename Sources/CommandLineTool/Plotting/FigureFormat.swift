// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The file formats of figures.
enum FigureFormat: String, CaseIterable, Sendable {
  case svg, png, pdf

  /// The format that the extension of a file names, nil for any other.
  init?(ofFile path: String) {
    let name = LawOptions.baseName(path).lowercased()
    guard let format = Self.allCases.first(where: { name.hasSuffix("." + $0.rawValue) }) else {
      return nil
    }
    self = format
  }

  /// The size of texts smaller than others.
  var smallFont: Int {
    switch self {
    case .svg: 12
    case .png: 17
    case .pdf: 10
    }
  }

  /// gnuplot's terminal, text as large against the figure in all formats.
  ///
  /// - Parameter height: Of figures 960 wide; 540 is 16 to 9.
  func terminal(height: Int = 540) -> String {
    switch self {
    case .svg:
      "svg size 960,\(height) dynamic enhanced font 'DejaVu Sans,14' background '#ffffff'"
    case .png:
      "pngcairo size 1920,\(2 * height) enhanced font 'DejaVu Sans,22' linewidth 2 pointscale 1.6 "
        + "background '#ffffff'"
    case .pdf:
      "pdfcairo size 8in,\((Double(height) / 1.2).rounded() / 100)in enhanced "
        + "font 'DejaVu Sans,12' background '#ffffff'"
    }
  }
}
