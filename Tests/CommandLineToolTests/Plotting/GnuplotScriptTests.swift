// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct GnuplotScriptTests {
  private func figure(_ series: [Figure.Series]) -> Figure {
    Figure(
      title: "it's {a}_1", x: Figure.Axis(title: "x", isLogarithmic: true, range: 1...1e6),
      y: Figure.Axis(title: "y", ticks: [Figure.Tick(position: 0.5, label: "half")]),
      y2: Figure.Axis(title: "z", range: 0...1), series: series,
      labels: [Figure.Label(x: 2, y: 3, text: "4e5")])
  }

  private func lines(_ figure: Figure, _ format: FigureFormat = .svg) -> [String] {
    GnuplotScript(figure: figure, format: format).text.split(separator: "\n").map(String.init)
  }

  private let look = FigureLook(color: "#0072B2", marker: 7, dash: 2)

  @Test func `axes, ticks, texts and data are all in the script`() {
    let part = [Figure.Point(x: 1, y: 2), Figure.Point(x: 3, y: 4, low: 3.5, high: 4.5)]
    let script = lines(
      figure([
        Figure.Series(title: "bars", style: .bars(width: 0.4), look: look, parts: [part]),
        Figure.Series(
          title: "curve", style: .line, look: look, isOnSecondAxis: true,
          parts: [[Figure.Point(x: 1, y: 0.5)], [Figure.Point(x: 9, y: 0.25)]]),
        Figure.Series(title: "cap", style: .thinLine, look: look, parts: [part]),
      ]))
    #expect(script[0].hasPrefix("set terminal svg size 960,540 "))
    for line in [
      "set title 'it' . \"'\" . 's {a}_1' noenhanced", "set xlabel 'x' enhanced",
      "set logscale x 10",
      "set xrange [1.0:1000000.0]", "set format x '10^{%T}'", "set ytics ('half' 0.5)",
      "set y2tics", "set y2range [0.0:1.0]", "1.0 2.0 2.0 2.0", "3.0 4.0 3.5 4.5",
      "unset output",
      "plot $series0 using 1:2:(0.4) with boxes linecolor rgb '#0072B2' title 'bars', \\",
      "  $series2 using 1:2 with lines linecolor rgb '#0072B2' linewidth 1.5 dashtype 2 title 'cap'",
    ] {
      #expect(script.contains(line), "\(line)")
    }
    let whole = GnuplotScript(
      figure: figure([
        Figure.Series(
          title: "curve", style: .line, look: look,
          parts: [[Figure.Point(x: 1, y: 0.5)], [Figure.Point(x: 9, y: 0.25)]])
      ]), format: .png
    ).text
    #expect(whole.contains("$series0 << END\n1.0 0.5 0.5 0.5\n\n9.0 0.25 0.25 0.25\nEND\n"))
    #expect(whole.contains("with linespoints"))
    #expect(script.contains { $0.contains("axes x1y2 with linespoints") })
    #expect(script.contains { $0.contains("with vectors heads") && $0.contains("($4-$3)") })
    #expect(script.contains { $0.hasPrefix("set label 1 '4e5' at first 2.0,3.0 ") })
  }

  @Test func `long curves have no markers, and many have their legend at the right`() {
    let long = (1...50).map { Figure.Point(x: Double($0), y: 1) }
    let series = (0..<10).map { index in
      Figure.Series(
        title: "\(index)", style: .line, look: .number(index),
        parts: [index == 0 ? long : Array(long.prefix(3))])
    }
    let script = lines(figure(series), .pdf)
    #expect(!script.contains { $0.contains("linespoints") })
    #expect(script.contains { $0.hasPrefix("set key outside right") })
    #expect(lines(figure([series[1]])).contains { $0.hasPrefix("set key outside below") })
    #expect(lines(figure([series[1]])).contains { $0.contains("linespoints") })
  }

  @Test func `panels stand above each other, with edges of their own and data apart`() {
    let band = Figure.Series(
      title: "area", style: .band, look: look, parts: [[Figure.Point(x: 1, y: 2, low: 1, high: 2)]])
    let marks = Figure.Series(
      title: nil, style: .markers, look: look, parts: [[Figure.Point(x: 1, y: 2)]])
    let sheet = FigureSheet(
      title: "both",
      panels: [
        FigureSheet.Panel(figure: figure([band]), height: 1),
        FigureSheet.Panel(figure: figure([marks]), height: 0.5),
      ])
    let script = GnuplotScript(sheet: sheet, format: .pdf).text.split(separator: "\n")
    #expect(script[0].hasPrefix("set terminal pdfcairo size 8in,6.63in "))
    for line in [
      "$panel0series0 << END", "$panel1series0 << END", "set multiplot title 'both' noenhanced",
      "reset", "unset multiplot", "unset output",
      "plot $panel0series0 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'area'",
    ] {
      #expect(script.contains(Substring(line)), "\(line)")
    }
    #expect(script.count { $0.hasPrefix("set bmargin at screen ") } == 2)
    #expect(script.contains { $0.hasPrefix("plot $panel1series0 using 1:2 with points ") })
    #expect(script.contains { $0.hasSuffix("pointsize 1.0 notitle") })
  }

  @Test func `no text can end its quotes or its line`() {
    #expect(
      GnuplotScript.quoted("a'; set output 'x\n!ls")
        == #"'a' . "'" . '; set output ' . "'" . 'x\n!ls'"#)
    #expect(GnuplotScript.quoted("'tis") == #"'' . "'" . 'tis'"#)
    // A quote with an accent upon it.
    #expect(GnuplotScript.quoted("a'\u{301}") == "'a' . \"'\" . '\u{301}'")
  }
}
