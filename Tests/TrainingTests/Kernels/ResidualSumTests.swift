// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct ResidualSumTests {
  @Test(arguments: [1, 8, 19])
  func `sums of channels and shortcuts are rectified`(channels: Int) {
    var random = RandomNumbers(530)
    let (x, s) = (random.matrix(3, 4 * channels), random.matrix(3, 4 * channels))
    let (m, n) = (random.vector(3 * channels), random.vector(3 * channels))
    func mapped(_ value: Float, _ map: FloatVector, _ j: Int) -> Double {
      (Double(value) - Double(map[j])) * Double(map[channels + j]) + Double(map[2 * channels + j])
    }
    for engine in Engine.variants {
      for kind in 0..<3 {
        let y = Matrix(rows: 3, columns: 4 * channels)
        engine.rectifySum(
          NormalizedChannels(output: x, map: m), shortcut: kind > 0 ? s : nil,
          shortcutMap: kind > 1 ? n : nil, images: 0..<3, into: y)
        for index in 0..<12 * channels {
          let j = index % channels
          var exact = mapped(x.elements[index], m, j)
          if kind == 1 { exact += Double(s.elements[index]) }
          if kind == 2 { exact += mapped(s.elements[index], n, j) }
          // At most six terms of magnitude 2 and less.
          #expect(abs(Double(y.elements[index]) - max(0, exact)) <= roundingBound(6) * 8)
        }
      }
    }
  }

  @Test(arguments: [1, 8, 27])
  func `elements are added one by one`(count: Int) {
    var random = RandomNumbers(531)
    for engine in Engine.variants {
      let (a, b) = (random.vector(count), random.vector(count))
      let exact = zip(a.elements, b.elements).map { $0 + $1 }
      engine.addElements(a, to: b)
      #expect(b.elements == exact)
    }
  }
}
