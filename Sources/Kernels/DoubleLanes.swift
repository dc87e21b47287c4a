// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Eight doubles, whatever the width of the processor's vectors: sums have the same bits.
typealias DoubleLanes = SIMD8<Double>

/// Eight doubles from memory of any alignment.
@inline(__always)
func load(_ pointer: UnsafePointer<Double>) -> DoubleLanes {
  unsafe UnsafeRawPointer(pointer).loadUnaligned(as: DoubleLanes.self)
}

/// Eight doubles into memory of any alignment.
@inline(__always)
func store(_ lanes: DoubleLanes, _ pointer: UnsafeMutablePointer<Double>) {
  unsafe UnsafeMutableRawPointer(pointer).storeBytes(of: lanes, as: DoubleLanes.self)
}

/// c + a b, rounded once where the target has fused instructions and twice elsewhere.
@inline(__always)
func multiplyAdd(_ a: DoubleLanes, _ b: DoubleLanes, _ c: DoubleLanes) -> DoubleLanes {
  #if FMA || arch(arm64)
    c.addingProduct(a, b)
  #else
    c + a * b
  #endif
}

/// The sum of eight lanes, in a fixed order.
@inline(__always)
func sum(_ lanes: DoubleLanes) -> Double {
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two.x + two.y
}

/// e^x in eight lanes for x <= 700, within about 1 ulp; 0 for x < -708, where the result is no
/// longer a normal number.
///
/// As the function of one double: x = n ln 2 + r, |r| <= 0.3466, and the Taylor polynomial of degree
/// 13 of e^r, whose truncation is below 6.2e-18.
///
/// - Parameter isFused: Whether fused instructions are used where there are some; without them the
///   bits are those of the function of one double.
#if compiler(>=6.3)
  @inline(always)  // The older spelling is a hint, which is not taken here.
#else
  @inline(__always)
#endif
func exponential(_ x: DoubleLanes, isFused: Bool = true) -> DoubleLanes {
  @inline(__always)
  func step(_ a: DoubleLanes, _ b: DoubleLanes, _ c: DoubleLanes) -> DoubleLanes {
    isFused ? multiplyAdd(a, b, c) : a * b + c
  }
  // Adding 1.5 * 2^52 leaves the nearest integer in the low bits of the sum.
  let magic = 6_755_399_441_055_744.0
  let bounded = x.replacing(with: -708, where: x .< -708)
  let shifted = bounded * 1.442_695_040_888_963_4 + magic
  let n = shifted - magic
  // ln 2 in two parts, the first of 32 bits.
  let r = (bounded - n * 0.693_147_180_369_123_8) - n * 1.908_214_929_270_587_7e-10
  var p = DoubleLanes(repeating: 1 / 6_227_020_800.0)
  p = step(p, r, DoubleLanes(repeating: 1 / 479_001_600.0))
  p = step(p, r, DoubleLanes(repeating: 1 / 39_916_800.0))
  p = step(p, r, DoubleLanes(repeating: 1 / 3_628_800.0))
  p = step(p, r, DoubleLanes(repeating: 1 / 362_880.0))
  p = step(p, r, DoubleLanes(repeating: 1 / 40320.0))
  p = step(p, r, DoubleLanes(repeating: 1 / 5040.0))
  p = step(p, r, DoubleLanes(repeating: 1 / 720.0))
  p = step(p, r, DoubleLanes(repeating: 1 / 120.0))
  p = step(p, r, DoubleLanes(repeating: 1 / 24.0))
  p = step(p, r, DoubleLanes(repeating: 1 / 6.0))
  p = step(p, r, DoubleLanes(repeating: 0.5))
  // The two largest terms last: 1 + (r + r^2 p).
  p = step(p, r * r, r) + 1
  let exponent = unsafe unsafeBitCast(shifted, to: SIMD8<Int64>.self) &- 0x4338_0000_0000_0000
  let power = unsafe unsafeBitCast((exponent &+ 1023) &<< 52, to: DoubleLanes.self)
  return (p * power).replacing(with: 0, where: x .< -708)
}
