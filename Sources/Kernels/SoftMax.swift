// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension CompiledKernels {
  /// ln of the sum of e^(f x) over `count` >= 1 floats x, at least one of them finite.
  ///
  /// The largest is subtracted first, so that the sum is at least 1 and nothing overflows; an
  /// element that is minus infinity counts as absent.
  ///
  /// - Parameter factor: f > 0, an inverse temperature.
  @inline(never)
  package func logSumExponential(
    _ values: UnsafePointer<Float>, count: Int, factor: Float
  ) -> Float {
    let top = unsafe maximum(values, count: count)
    var (sums, last) = (Lanes(repeating: 0), Lanes(repeating: 0))
    var i = 0
    while i < count {
      let width = smaller(8, count - i)
      let power = unsafe exponential((load(values + i, width) - top) * factor)
      if width == 8 { sums += power } else { last = power }
      i += 8
    }
    let total = sum(sums, last, count: count % 8)
    return top * factor + logarithm(Lanes(repeating: total))[0]
  }

  /// Replaces `count` >= 1 floats x by the soft-max of f x times `scale`, and returns the
  /// log-sum-exp.
  ///
  /// - Parameters:
  ///   - factor: f > 0, an inverse temperature.
  ///   - scale: What the shares, which sum to 1, are multiplied by.
  @inline(never)
  package func softMax(
    _ values: UnsafeMutablePointer<Float>, count: Int, factor: Float, scale: Float
  ) -> Float {
    let top = unsafe maximum(values, count: count)
    var (sums, last) = (Lanes(repeating: 0), Lanes(repeating: 0))
    var i = 0
    while i < count {
      let width = smaller(8, count - i)
      let power = unsafe exponential((load(values + i, width) - top) * factor)
      unsafe store(power, values + i, width)
      if width == 8 { sums += power } else { last = power }
      i += 8
    }
    let total = sum(sums, last, count: count % 8)
    let share = scale / total
    i = 0
    while i + 8 <= count {
      unsafe store(load(values + i) * share, values + i)
      i += 8
    }
    while i < count {
      unsafe values[i] *= share
      i += 1
    }
    return top * factor + logarithm(Lanes(repeating: total))[0]
  }
}

/// The sum of whole vectors' lanes, then of the first `count` lanes of the last one.
@inline(__always)
private func sum(_ sums: Lanes, _ last: Lanes, count: Int) -> Float {
  var total = sum(sums)
  for k in 0..<count { total += last[k] }
  return total
}

/// The largest of `count` >= 1 floats.
@inline(__always)
private func maximum(_ values: UnsafePointer<Float>, count: Int) -> Float {
  var top = unsafe values[0]
  var i = 0
  if count >= 8 {
    var tops = unsafe load(values)
    i = 8
    while i + 8 <= count {
      let next = unsafe load(values + i)
      tops.replace(with: next, where: next .> tops)
      i += 8
    }
    top = largest(tops)
  }
  while i < count {
    if unsafe values[i] > top { top = unsafe values[i] }
    i += 1
  }
  return top
}

/// Soft-max and log-sum-exp by their definitions in double precision: what `softMax` and
/// `logSumExponential` are tested against.
@inline(never)
public func softMaxNaive(
  _ values: UnsafeMutablePointer<Float>, count: Int, factor: Float, scale: Float
) -> Double {
  var top = -Double.infinity
  for i in 0..<count {
    let value = unsafe Double(factor) * Double(values[i])
    if value > top { top = value }
  }
  var total = 0.0
  for i in 0..<count { total += exponential(unsafe Double(factor) * Double(values[i]) - top) }
  for i in 0..<count {
    let share = exponential(unsafe Double(factor) * Double(values[i]) - top) / total
    unsafe values[i] = Float(Double(scale) * share)
  }
  return top + logarithm(total)
}
