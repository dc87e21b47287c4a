// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels

#if arch(x86_64)
  internal import KernelsV3
#endif

extension Engine {
  /// Moves values towards others by a part of the way: v = v + r (x - v).
  func moveAverage(_ values: FloatVector, towards targets: FloatVector, rate: Float) {
    precondition(values.count == targets.count, "\(values.count) and \(targets.count) values")
    nonisolated(unsafe) let (v, x) = unsafe (values.pointer, targets.pointer)
    divide(values.count, grain: 16, cost: 0.3) { _, range in
      let start = range.lowerBound
      #if arch(x86_64)
        if usesV3 {
          return unsafe KernelsV3.moveAverage(
            v + start, towards: x + start, count: range.count, rate: rate)
        }
      #endif
      unsafe Kernels.moveAverage(
        v + start, towards: x + start, count: range.count, rate: rate)
    }
  }
}
