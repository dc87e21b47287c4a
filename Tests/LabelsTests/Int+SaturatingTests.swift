// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@Suite struct IntSaturatingTests {
  @Test(
    arguments: [
      (0, 0), (2.9, 2), (-2.9, -2), (0x1p62, 1 << 62), (0x1p63, .max),
      (0x1p63.nextDown, .max - 1023),
      (-0x1p63, .min), (-0x1.8p63, .min), (1e300, .max), (.infinity, .max), (-.infinity, .min),
      (.nan, 0),
    ] as [(Double, Int)])
  func `what no integer holds becomes the nearest one`(value: Double, expected: Int) {
    #expect(Int(saturating: value) == expected)
  }
}
