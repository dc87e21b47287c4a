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

  /// gnuplot's terminal: 16 to 9, text as large against the figure in all formats.
  var terminal: String {
    switch self {
    case .svg:
      "svg size 960,540 dynamic enhanced font 'DejaVu Sans,14' background '#ffffff'"
    case .png:
      "pngcairo size 1920,1080 enhanced font 'DejaVu Sans,22' linewidth 2 pointscale 1.6 "
        + "background '#ffffff'"
    case .pdf:
      "pdfcairo size 8in,4.5in enhanced font 'DejaVu Sans,12' background '#ffffff'"
    }
  }
}
