// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct CoverageCurvesTests {
  /// A falling list shares nothing between its rows, a rising range does.
  @Test(
    "A long list prints the same bytes as its rows one by one",
    arguments: [
      ("coverage --classes 12 --digits 17", 1, 160, 1),
      ("coverage --dataset cifar-10 --both-samplings --digits 17", 20, 140, 1),
      ("coverage --dataset cifar-10-lt-100 --both-samplings --digits 12", 30, 900, 15),
      ("coverage --classes 40 --per-class 6 --without-replacement --digits 19", 60, 230, 2),
      ("coverage --classes 9 --digits 30", 20, 50, 3),
      ("coverage --dataset imagenet-1k --digits 17", 9000, 9400, 80),
      ("coverage --classes 4 --digits 17", 90, 1300, 30),
      ("table --classes 8 --per-class 5 --both-samplings --digits 17", 2, 38, 1),
    ])
  func longLists(command: String, first: Int, last: Int, step: Int) {
    let header = upsilon("\(command) --draws \(first) --format csv").lines[0]
    let falling = stride(from: first, through: last, by: step).reversed().map(String.init)
    let alone = upsilon("\(command) --draws \(falling.joined(separator: ",")) --format csv")
    let shared = upsilon("\(command) --draws \(first)..\(last):+\(step) --format csv")
    #expect(shared.status == 0 && alone.status == 0)
    #expect(shared.lines.first == header)
    // Within one number of draws the schemes keep their order.
    let schemes = command.contains("both") ? 2 : 1
    let rows = Array(alone.lines.dropFirst())
    let rising = stride(from: rows.count - schemes, through: 0, by: -schemes).flatMap {
      Array(rows[$0..<$0 + schemes])
    }
    #expect(Array(shared.lines.dropFirst()) == rising)
  }
}
