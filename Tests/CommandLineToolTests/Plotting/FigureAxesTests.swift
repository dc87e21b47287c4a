// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct FigureAxesTests {
  @Test func `counts are on a logarithmic axis if they differ much, each with a tick if few`() {
    let powers = FigureAxes.counts([512, 16, 32, 32, 128], title: "K+1")
    #expect(powers.isLogarithmic && powers.title == "K+1")
    #expect(powers.ticks?.map(\.label) == ["16", "32", "128", "512"])
    let near = FigureAxes.counts([10, 11, 12], title: "")
    #expect(!near.isLogarithmic && near.ticks == nil)
    #expect(FigureAxes.counts((1...64).map(Double.init), title: "").ticks == nil)
    #expect(!FigureAxes.counts([0, 100], title: "").isLogarithmic)
  }

  @Test func `decades and round numbers enclose`() {
    #expect(FigureAxes.decade(of: 1.8, roundedUp: false) == 1)
    #expect(FigureAxes.decade(of: 1.8, roundedUp: true) == 10)
    #expect(FigureAxes.decade(of: 1000, roundedUp: true) == 1000)
    #expect(FigureAxes.roundedDown(0.612) == 0.5 && FigureAxes.roundedDown(4.9) == 2)
    #expect(FigureAxes.roundedDown(1.1) == 1)
  }

  @Test func `shares have room on both sides within 0 and 1`() {
    let axis = FigureAxes.shares([0.68, 0.78], title: "")
    #expect(axis.range == 0.5...0.8)
    #expect(FigureAxes.shares([0.99], title: "").range?.upperBound == 1)
    #expect(FigureAxes.shares([0.02], title: "").range?.lowerBound == 0)
  }

  @Test(arguments: [(1.94e24, "1.9e24"), (6000.0, "6e3"), (9.97e5, "1e6"), (12.34, "1.2e1")])
  func `short numbers have two digits`(value: Double, text: String) {
    #expect(FigureAxes.short(value) == text)
  }
}
