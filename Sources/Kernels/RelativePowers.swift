// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension CompiledKernels {
  /// e^{f (x - offset)} of `count` floats x, in double precision.
  ///
  /// - Parameters:
  ///   - offset: Subtracted first, such that f (x - offset) <= 700; powers below e^-708 are 0.
  ///   - result: `count` rounded up to a multiple of 8; those too many are 0.
  @inline(never)
  package func scaledExponentials(
    _ values: UnsafePointer<Float>, count: Int, offset: Double, factor: Double,
    into result: UnsafeMutablePointer<Double>
  ) {
    unsafe powers(
      values, count: count, offset: offset, scale: factor, isFused: true, into: result)
  }

  /// e^{(x - offset)/divisor} of `count` floats x, in double precision: the bits of `exponential` of
  /// one double, whatever the instruction set.
  ///
  /// - Parameters:
  ///   - offset: Subtracted first, such that (x - offset)/divisor <= 700; powers below e^-708 are 0.
  ///   - result: `count` rounded up to a multiple of 8; those too many are 0.
  @inline(never)
  package func relativePowers(
    _ values: UnsafePointer<Float>, count: Int, offset: Double, divisor: Double,
    into result: UnsafeMutablePointer<Double>
  ) {
    unsafe powers(
      values, count: count, offset: offset, scale: divisor, isFused: false, into: result)
  }
}

/// e to the power of f (x - offset) where instructions are fused, and of (x - offset)/f where they
/// are not; zeros up to a multiple of 8.
@inline(__always)
private func powers(
  _ values: UnsafePointer<Float>, count: Int, offset: Double, scale: Double, isFused: Bool,
  into result: UnsafeMutablePointer<Double>
) {
  let (offset, scale) = (DoubleLanes(repeating: offset), DoubleLanes(repeating: scale))
  var i = 0
  while i < count {
    let width = smaller(8, count - i)
    let x = DoubleLanes(unsafe load(values + i, width)) - offset
    var power = exponential(isFused ? x * scale : x / scale, isFused: isFused)
    if width < 8 {
      for k in width..<8 { power[k] = 0 }
    }
    unsafe store(power, result + i)
    i += 8
  }
}
