// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension CompiledKernels {
  /// Moves values towards others by a part of the way: v = v + r (x - v).
  ///
  /// - Parameters:
  ///   - values: v, (count); updated.
  ///   - targets: x, (count).
  ///   - rate: r, in 0 ... 1.
  @inline(never)
  package func moveAverage(
    _ values: UnsafeMutablePointer<Float>, towards targets: UnsafePointer<Float>, count: Int,
    rate: Float
  ) {
    let rates = Lanes(repeating: rate)
    var i = 0
    while i + 8 <= count {
      let v = unsafe load(values + i)
      unsafe store(multiplyAdd(load(targets + i) - v, rates, v), values + i)
      i += 8
    }
    while i < count {
      unsafe values[i] += rate * (targets[i] - values[i])
      i += 1
    }
  }
}
