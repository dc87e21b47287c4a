// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import TestSupport
import Testing

@testable import Training

@Suite struct WarpTests {
  private let image: [UInt8] = (0..<5 * 4 * 2).map { UInt8($0 * 6) }

  private func warped(_ u: (Float, Float, Float), _ v: (Float, Float, Float)) -> [Float] {
    let result = FloatVector(count: 40)
    unsafe image.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      unsafe warp(
        base, height: 5, width: 4, channels: 2, uOfX: u.0, uOfY: u.1, u0: u.2, vOfX: v.0,
        vOfY: v.1, v0: v.2, scale: 0.5, into: result.pointer)
    }
    return result.elements
  }

  /// A pixel, 0 outside.
  private func pixel(_ y: Int, _ x: Int, _ channel: Int) -> Float {
    guard (0..<5).contains(y), (0..<4).contains(x) else { return 0 }
    return Float(image[(y * 4 + x) * 2 + channel])
  }

  @Test func `the identity leaves an image as it is`() {
    #expect(warped((1, 0, 0), (0, 1, 0)) == image.map { Float($0) / 2 })
  }

  @Test func `whole shifts move pixels and fill in black`() {
    let result = warped((1, 0, 1), (0, 1, -2))
    #expect(
      allHold(40) { index in
        let (y, x, c) = (index / 8, index / 2 % 4, index % 2)
        return result[index] == pixel(y - 2, x + 1, c) / 2
      })
  }

  @Test func `an affine map interpolates between the four neighbours`() {
    let (u, v): ((Float, Float, Float), (Float, Float, Float)) = (
      (0.75, -0.5, 0.25), (0.5, 1.25, -1.5)
    )
    let result = warped(u, v)
    for y in 0..<5 {
      for x in 0..<4 {
        let across = Double(u.0) * Double(x) + Double(u.1) * Double(y) + Double(u.2)
        let down = Double(v.0) * Double(x) + Double(v.1) * Double(y) + Double(v.2)
        for c in 0..<2 {
          // Every pixel of the image counts by the hat function about it.
          var sum = 0.0
          for row in 0..<5 {
            for column in 0..<4 {
              let weight =
                max(0, 1 - abs(across - Double(column))) * max(0, 1 - abs(down - Double(row)))
              sum += weight * Double(pixel(row, column, c))
            }
          }
          #expect(abs(Double(result[(y * 4 + x) * 2 + c]) - sum / 2) <= 1e-4, "(\(y), \(x))")
        }
      }
    }
  }

  @Test func `maps far outside or without meaning give black`() {
    #expect(warped((1, 0, 1e30), (0, 1, 0)).allSatisfy { $0 == 0 })
    #expect(warped((.nan, 0, 0), (0, 1, 0)).allSatisfy { $0 == 0 })
  }

  @Test func `noise has mean 0, the deviation asked for, and depends on the state alone`() {
    let count = 20_000
    let (values, again) = (FloatVector(count: count), FloatVector(count: count))
    values.fill(2)
    unsafe addNoise(
      values.pointer, count: count, contrast: 0.5, deviation: 0.25, state: RandomTests.seed)
    again.fill(2)
    unsafe addNoise(
      again.pointer, count: count, contrast: 0.5, deviation: 0.25, state: RandomTests.seed)
    #expect(values.elements == again.elements)
    let deviations = values.elements.map { Double($0) - 1 }
    let mean = deviations.reduce(0, +) / Double(count)
    let variance = deviations.reduce(0) { $0 + $1 * $1 } / Double(count)
    // Six standard errors: 0.25 / sqrt n, and of a variance of a law of kurtosis 2.7.
    #expect(abs(mean) <= 6 * 0.25 / Double(count).squareRoot(), "seed \(RandomTests.seed)")
    #expect(abs(variance - 0.0625) <= 6 * 0.0625 * (1.7 / Double(count)).squareRoot())
    // Three and a half deviations, the most that four uniform numbers reach.
    #expect(deviations.allSatisfy { abs($0) <= 0.25 * 3.4642 })
  }
}
