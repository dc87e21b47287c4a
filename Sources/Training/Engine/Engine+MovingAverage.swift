// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

extension Engine {
  /// Moves values towards others by a part of the way: v = v + r (x - v).
  func moveAverage(_ values: FloatVector, towards targets: FloatVector, rate: Float) {
    precondition(values.count == targets.count, "\(values.count) and \(targets.count) values")
    nonisolated(unsafe) let (v, x) = unsafe (values.pointer, targets.pointer)
    divide(values.count, grain: 16, cost: 0.3) { _, range in
      let start = range.lowerBound
      unsafe kernels.moveAverage(
        v + start, towards: x + start, count: range.count, rate: rate)
    }
  }
}
