// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Kernels

@Suite struct WinogradTransformsTests {
  private typealias Lanes = SIMD8<Float>

  private func lanes(_ value: Double) -> Lanes { Lanes(repeating: Float(value)) }

  /// Numbers without pattern, each a small multiple of 1/8.
  private func numbers(_ count: Int, _ salt: Int) -> [Double] {
    (0..<count).map { Double(($0 * 7919 + salt * 104_729) % 17 - 8) / 8 }
  }

  private func list(_ v: SixLanes) -> [Double] {
    [v.0[0], v.1[1], v.2[2], v.3[3], v.4[4], v.5[5]].map(Double.init)
  }

  private func six(_ v: [Double]) -> SixLanes {
    (lanes(v[0]), lanes(v[1]), lanes(v[2]), lanes(v[3]), lanes(v[4]), lanes(v[5]))
  }

  @Test func `the products make a filter of three taps on six inputs`() {
    for salt in 1...20 {
      let (d, g) = (numbers(6, salt), numbers(3, salt + 50))
      let v = transformInput(six(d))
      let u = transformWeights((lanes(g[0]), lanes(g[1]), lanes(g[2])))
      let y = transformProducts(
        (v.0 * u.0, v.1 * u.1, v.2 * u.2, v.3 * u.3, v.4 * u.4, v.5 * u.5))
      let found = [y.0, y.1, y.2, y.3].map { Double($0[7]) }
      let exact = (0..<4).map { i in (0..<3).reduce(0) { $0 + g[$1] * d[i + $1] } }
      for (a, b) in zip(found, exact) { #expect(abs(a - b) < 1e-5) }
    }
  }

  @Test func `the maps of gradients are the adjoints of the maps of values`() {
    for salt in 1...20 {
      let (y, m, g) = (numbers(4, salt), numbers(6, salt + 50), numbers(3, salt + 90))
      let z = list(transformGradient((lanes(y[0]), lanes(y[1]), lanes(y[2]), lanes(y[3]))))
      let p = transformProducts(six(m))
      let values = [p.0, p.1, p.2, p.3].map { Double($0[0]) }
      let (left, right) = (
        zip(z, m).reduce(0) { $0 + $1.0 * $1.1 }, zip(y, values).reduce(0) { $0 + $1.0 * $1.1 }
      )
      #expect(abs(left - right) < 1e-5)
      let u = list(transformWeights((lanes(g[0]), lanes(g[1]), lanes(g[2]))))
      let w = transformWeightGradient(six(m))
      let back = [w.0, w.1, w.2].map { Double($0[0]) }
      let (above, below) = (
        zip(u, m).reduce(0) { $0 + $1.0 * $1.1 }, zip(g, back).reduce(0) { $0 + $1.0 * $1.1 }
      )
      #expect(abs(above - below) < 1e-5)
    }
  }
}
