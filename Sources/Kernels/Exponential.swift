// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// e^x in eight lanes, within 1 ulp where the result is a normal number; 0 for x < -87.33, where
/// it no longer is, and infinity for x > 88.72.
///
/// With n the integer nearest to x / ln 2 and r = x - n ln 2, |r| <= 0.3466: e^x = 2^n e^r, and e^r
/// is its Taylor polynomial of degree 7, whose relative error is below e^|r| |r|^8 / 8! < 7.4e-9,
/// an eighth of half an ulp.
#if compiler(>=6.3)
  @inline(always)  // The older spelling is a hint, which is not taken here.
#else
  @inline(__always)
#endif
func exponential(_ x: Lanes) -> Lanes {
  // Adding 1.5 * 2^23 leaves the nearest integer in the low bits of the sum.
  let magic: Float = 12_582_912
  let bounded = x.replacing(with: -87.5, where: x .< -87.5).replacing(with: 89, where: x .> 89)
  let shifted = bounded * 1.442_695_04 + magic
  let n = shifted - magic
  // ln 2 in two parts; n has at most 8 bits and the first part 16, so that their product is exact.
  let high = bounded - n * 0.693_145_75
  let r = high - n * 1.428_606_8e-6
  var p = Lanes(repeating: 1 / 5040)
  p = multiplyAdd(p, r, Lanes(repeating: 1 / 720))
  p = multiplyAdd(p, r, Lanes(repeating: 1 / 120))
  p = multiplyAdd(p, r, Lanes(repeating: 1 / 24))
  p = multiplyAdd(p, r, Lanes(repeating: 1 / 6))
  p = multiplyAdd(p, r, Lanes(repeating: 0.5))
  // The two largest terms last: 1 + (r + r^2 p).
  p = multiplyAdd(p, r * r, r) + 1
  // 2^n in two factors, for 2^128 does not fit in one.
  let exponent = unsafe unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000
  let half = exponent &>> 1
  let first = unsafe unsafeBitCast((half &+ 127) &<< 23, to: Lanes.self)
  let second = unsafe unsafeBitCast((exponent &- half &+ 127) &<< 23, to: Lanes.self)
  let value = p * first * second
  return value.replacing(with: 0, where: x .< -87.33)
}

extension CompiledKernels {
  /// Replaces each of `count` floats by e to its power; see `exponential`.
  @inline(never)
  package func exponentials(_ values: UnsafeMutablePointer<Float>, count: Int) {
    unsafe replaceEach(of: values, count: count, by: exponential)
  }
}

/// e^x to within about 1 ulp of a double, by arithmetic alone: the same bits on every platform.
///
/// As the vector function, with a Taylor polynomial of degree 13: the relative error of truncation
/// is below e^|r| |r|^14 / 14! < 6.2e-18. 0 for x < -708, infinity for x > 709.7.
@inline(never)
public func exponential(_ x: Double) -> Double {
  if x < -708 { return 0 }
  if x > 709.79 { return .infinity }
  if x != x { return x }
  let magic = 6_755_399_441_055_744.0
  let n = (x * 1.442_695_040_888_963_4 + magic) - magic
  // ln 2 in two parts, the first of 32 bits.
  let r = (x - n * 0.693_147_180_369_123_8) - n * 1.908_214_929_270_587_7e-10
  var p = 1 / 6_227_020_800.0
  p = p * r + 1 / 479_001_600.0
  p = p * r + 1 / 39_916_800.0
  p = p * r + 1 / 3_628_800.0
  p = p * r + 1 / 362_880.0
  p = p * r + 1 / 40320.0
  p = p * r + 1 / 5040.0
  p = p * r + 1 / 720.0
  p = p * r + 1 / 120.0
  p = p * r + 1 / 24.0
  p = p * r + 1 / 6.0
  p = p * r + 0.5
  p = p * (r * r) + r + 1
  let exponent = Int(n)
  let half = exponent >> 1
  let first = Double(bitPattern: UInt64(half + 1023) << 52)
  let second = Double(bitPattern: UInt64(exponent - half + 1023) << 52)
  return p * first * second
}
