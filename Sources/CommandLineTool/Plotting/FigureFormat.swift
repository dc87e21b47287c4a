// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The file formats of figures.
enum FigureFormat: String, CaseIterable, Sendable {
  case svg, png, pdf

  /// The format that the extension of a file names, nil for any other.
  init?(ofFile path: String) {
    guard let format = Self.extension(of: path).flatMap(Self.init(rawValue:)) else { return nil }
    self = format
  }

  /// What follows the last point of a file's name, in lower case; nil if it has none.
  static func `extension`(of path: String) -> String? {
    let parts = LawOptions.baseName(path).split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 ? parts[parts.count - 1].lowercased() : nil
  }

  /// The size of texts smaller than others.
  var smallFont: Int {
    switch self {
    case .svg: 12
    case .png: 17
    case .pdf: 10
    }
  }

  /// gnuplot's terminal, text as large against the figure in all formats, without a background of
  /// its own.
  ///
  /// - Parameter height: Of figures 960 wide; 540 is 16 to 9.
  func terminal(height: Int = 540) -> String {
    switch self {
    case .svg:
      "svg size 960,\(height) dynamic enhanced font 'DejaVu Sans,14'"
    case .png:
      "pngcairo size 1920,\(2 * height) enhanced font 'DejaVu Sans,22' linewidth 2 pointscale 1.6 "
        + "transparent"
    case .pdf:
      "pdfcairo size 8in,\((Double(height) / 1.2).rounded() / 100)in enhanced "
        + "font 'DejaVu Sans,12'"
    }
  }
}
