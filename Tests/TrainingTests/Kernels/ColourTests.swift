// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import Testing

@testable import Training

@Suite struct ColourTests {
  private let pixels: [Float] = [
    0.9, 0.2, 0.1, 0.2, 0.7, 0.3, 0.1, 0.4, 0.8, 0.5, 0.5, 0.5, 0.6, 0.6, 0.2, 0, 1, 1, 0.3, 0.1,
    0.3,
  ]

  private func changed(_ change: (FloatVector) -> Void) -> [Float] {
    let values = FloatVector(pixels)
    change(values)
    return values.elements
  }

  private func lumas(_ values: [Float]) -> [Float] {
    stride(from: 0, to: values.count, by: 3).map {
      0.299 * values[$0] + 0.587 * values[$0 + 1] + 0.114 * values[$0 + 2]
    }
  }

  private func areClose(_ a: [Float], _ b: [Float]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-5 }
  }

  /// Made by Python 3.11: `colorsys.hsv_to_rgb((h + turn) % 1, s, v)` of `colorsys.rgb_to_hsv`.
  @Test(
    arguments: [
      (
        0.1,
        [
          0.9, 0.68, 0.1, 0.2, 0.7, 0.6, 0.22, 0.1, 0.8, 0.5, 0.5, 0.5, 0.36, 0.6, 0.2, 0.0, 0.4,
          1.0, 0.3, 0.1, 0.18,
        ]
      ),
      (
        -0.1,
        [
          0.9, 0.1, 0.48, 0.4, 0.7, 0.2, 0.1, 0.8, 0.78, 0.5, 0.5, 0.5, 0.6, 0.36, 0.2, 0.0, 1.0,
          0.4, 0.18, 0.1, 0.3,
        ]
      ),
      (
        0.5,
        [
          0.1, 0.8, 0.9, 0.7, 0.2, 0.6, 0.8, 0.5, 0.1, 0.5, 0.5, 0.5, 0.2, 0.2, 0.6, 1.0, 0.0, 0.0,
          0.1, 0.3, 0.1,
        ]
      ),
      (
        -0.37,
        [
          0.1, 0.176, 0.9, 0.7, 0.2, 0.21, 0.554, 0.8, 0.1, 0.5, 0.5, 0.5, 0.512, 0.2, 0.6, 1.0,
          0.78, 0.0, 0.1, 0.3, 0.256,
        ]
      ),
    ] as [(Float, [Float])])
  func `hues turn as in another implementation`(turn: Float, expected: [Float]) {
    let found = changed { unsafe changeHue($0.pointer, pixels: 7, turn: turn) }
    #expect(areClose(found, expected), "\(found)")
  }

  @Test func `brightness multiplies, and values are cut to their range`() {
    let found = changed { unsafe changeBrightness($0.pointer, count: 21, factor: 1.4) }
    #expect(areClose(found, pixels.map { min(1, $0 * 1.4) }))
  }

  @Test func `contrast moves values away from the mean luma, or towards it`() {
    for factor: Float in [0, 0.6, 1.4] {
      let mean = lumas(pixels).reduce(0, +) / 7
      let expected = pixels.map { max(0, min(1, mean + ($0 - mean) * factor)) }
      let found = changed {
        unsafe changeContrast($0.pointer, pixels: 7, channels: 3, factor: factor)
      }
      #expect(areClose(found, expected))
      let plain = pixels.reduce(0, +) / 21
      let grey = changed {
        unsafe changeContrast($0.pointer, pixels: 21, channels: 1, factor: factor)
      }
      #expect(areClose(grey, pixels.map { max(0, min(1, plain + ($0 - plain) * factor)) }))
    }
  }

  @Test func `saturation keeps lumas where nothing is cut; without any, pixels are grey`() {
    let half = changed { unsafe changeSaturation($0.pointer, pixels: 7, factor: 0.5) }
    #expect(areClose(lumas(half), lumas(pixels)))
    let none = changed { unsafe changeSaturation($0.pointer, pixels: 7, factor: 0) }
    #expect(areClose(none, lumas(pixels).flatMap { [$0, $0, $0] }))
    let twice = changed { unsafe changeSaturation($0.pointer, pixels: 7, factor: 2) }
    #expect(twice.allSatisfy { $0 >= 0 && $0 <= 1 } && twice[0] == 1)
  }
}
