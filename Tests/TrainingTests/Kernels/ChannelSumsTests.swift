// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Testing

@testable import Training

@Suite struct ChannelSumsTests {
  @Test(arguments: [(1, 1), (7, 3), (12, 8), (30, 21)])
  func `a gradient is cut off where the rectifier was, and summed`(count: Int, channels: Int) {
    var random = RandomNumbers(521)
    let (input, given) = (random.matrix(count, channels), random.matrix(count, channels))
    let (map, output) = (random.vector(3 * channels), random.matrix(count, channels))
    for (set, kind) in InstructionSet.available.flatMap({ set in (0..<3).map { (set, $0) } }) {
      let (gradient, sums) = (
        Matrix(rows: count, columns: channels), Matrix(rows: 2, columns: channels)
      )
      gradient.elements.copy(given.elements)
      unsafe set.kernels.channelGradientSums(
        gradient.pointer, input: input.pointer, count: count, channels: channels,
        map: map.pointer, isRectified: kind == 1, output: kind == 2 ? output.pointer : nil,
        into: sums.pointer)
      for j in 0..<channels {
        var (total, product) = (0.0, 0.0)
        for i in 0..<count {
          let deviation = Double(input[i, j] - map[j])
          let isOff =
            kind == 1 && deviation * Double(map[channels + j]) + Double(map[2 * channels + j]) <= 0
            || kind == 2 && output[i, j] <= 0
          #expect(gradient[i, j] == (isOff ? 0 : given[i, j]))
          total += Double(gradient[i, j])
          product += Double(gradient[i, j]) * deviation
        }
        let bound = roundingBound(count + 4) * Double(count)
        #expect(abs(Double(sums[0, j]) - total) <= bound)
        #expect(abs(Double(sums[1, j]) - product) <= 2 * bound)
      }
    }
  }

  @Test(arguments: [1, 8, 11])
  func `averages are those of the definition`(channels: Int) {
    var random = RandomNumbers(522)
    for engine in Engine.variants {
      let (input, output) = (random.matrix(3, 6 * channels), Matrix(rows: 3, columns: channels))
      engine.averagePixels(input, into: output)
      for image in 0..<3 {
        for j in 0..<channels {
          let exact = (0..<6).reduce(0) { $0 + Double(input[image, $1 * channels + j]) } / 6
          #expect(abs(Double(output[image, j]) - exact) <= roundingBound(8))
        }
      }
    }
  }
}
