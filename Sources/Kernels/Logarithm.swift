// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// ln x in eight lanes for positive normal x, within 1 ulp; other arguments have no meaning.
///
/// x = 2^k m with m in [sqrt(1/2), sqrt 2) and s = (m - 1) / (m + 1), |s| <= 0.1716:
/// ln x = k ln 2 + 2 (s + s^3/3 + s^5/5 + s^7/7 + ...). The series up to s^9/9 leaves, relative to
/// 2 s, less than s^10 / (11 (1 - s^2)) < 2.1e-9, a fourteenth of half an ulp.
@inline(__always)
func logarithm(_ x: Lanes) -> Lanes {
  let bits = unsafe unsafeBitCast(x, to: SIMD8<Int32>.self)
  // 0x3F35_04F3 is sqrt(1/2): from there on a mantissa belongs to the next power of 2.
  let k = (bits &- 0x3F35_04F3) &>> 23
  let m = unsafe unsafeBitCast(bits &- (k &<< 23), to: Lanes.self)
  let f = m - 1
  let s = f / (m + 1)
  let z = s * s
  var p = Lanes(repeating: 1 / 9)
  p = multiplyAdd(p, z, Lanes(repeating: 1 / 7))
  p = multiplyAdd(p, z, Lanes(repeating: 0.2))
  p = multiplyAdd(p, z, Lanes(repeating: 1 / 3))
  p = p * z
  // 2 s = f - s f exactly, which keeps the leading term f free of the error of the division.
  let n = unsafe unsafeBitCast(k &+ 0x4B40_0000, to: Lanes.self) - 12_582_912
  let small = multiplyAdd(2 * s, p, n * 1.428_606_8e-6) - s * f
  return n * 0.693_145_75 + (f + small)
}

extension CompiledKernels {
  /// Replaces each of `count` positive normal floats by its natural logarithm; see `logarithm`.
  @inline(never)
  package func logarithms(_ values: UnsafeMutablePointer<Float>, count: Int) {
    unsafe replaceEach(of: values, count: count, by: logarithm)
  }
}

/// ln x in eight lanes for positive normal x, with the bits of the function of one double.
@inline(__always)
func logarithm(_ x: DoubleLanes) -> DoubleLanes {
  let bits = unsafe unsafeBitCast(x, to: SIMD8<Int64>.self)
  let k = (bits &- 0x3FE6_A09E_667F_3BCD) &>> 52
  let m = unsafe unsafeBitCast(bits &- (k &<< 52), to: DoubleLanes.self)
  let f = m - 1
  let s = f / (m + 1)
  let z = s * s
  var p = DoubleLanes(repeating: 1 / 21.0)
  p = p * z + 1 / 19.0
  p = p * z + 1 / 17.0
  p = p * z + 1 / 15.0
  p = p * z + 1 / 13.0
  p = p * z + 1 / 11.0
  p = p * z + 1 / 9.0
  p = p * z + 1 / 7.0
  p = p * z + 0.2
  p = p * z + 1 / 3.0
  p = p * z
  // k is small: in the low bits of 1.5 * 2^52 it is a double without a conversion.
  let n =
    unsafe unsafeBitCast(k &+ 0x4338_0000_0000_0000, to: DoubleLanes.self)
    - 6_755_399_441_055_744.0
  let small = 2 * s * p + n * 1.908_214_929_270_587_7e-10 - s * f
  let value = n * 0.693_147_180_369_123_8 + (f + small)
  return value.replacing(with: .infinity, where: x .== .infinity)
}

extension CompiledKernels {
  /// Replaces each of `count` doubles x >= 1 by its natural logarithm: the bits of the function of
  /// one double, whatever the instruction set.
  @inline(never)
  package func logarithms(_ values: UnsafeMutablePointer<Double>, count: Int) {
    var i = 0
    while i + 8 <= count {
      unsafe store(logarithm(load(UnsafePointer(values + i))), values + i)
      i += 8
    }
    if i == count { return }
    var rest = DoubleLanes(repeating: 1)
    for k in 0..<count - i { unsafe rest[k] = values[i + k] }
    rest = logarithm(rest)
    for k in 0..<count - i { unsafe values[i + k] = rest[k] }
  }
}

/// ln x to within about 1 ulp of a double for positive normal x, by arithmetic alone: the same bits
/// on every platform. Minus infinity for 0, NaN for x < 0.
///
/// As the vector function, with the series up to s^21/21: the truncation is, relative to 2 s, below
/// s^22 / (23 (1 - s^2)) < 6.6e-19.
@inline(never)
public func logarithm(_ x: Double) -> Double {
  if x <= 0 { return x == 0 ? -.infinity : .nan }
  if !x.isFinite { return x }
  let bits = Int64(bitPattern: x.bitPattern)
  // 0x3FE6_A09E_667F_3BCD is sqrt(1/2).
  let k = (bits - 0x3FE6_A09E_667F_3BCD) >> 52
  let m = Double(bitPattern: UInt64(bitPattern: bits - k << 52))
  let f = m - 1
  let s = f / (m + 1)
  let z = s * s
  var p = 1 / 21.0
  p = p * z + 1 / 19.0
  p = p * z + 1 / 17.0
  p = p * z + 1 / 15.0
  p = p * z + 1 / 13.0
  p = p * z + 1 / 11.0
  p = p * z + 1 / 9.0
  p = p * z + 1 / 7.0
  p = p * z + 0.2
  p = p * z + 1 / 3.0
  p = p * z
  let n = Double(k)
  let small = 2 * s * p + n * 1.908_214_929_270_587_7e-10 - s * f
  return n * 0.693_147_180_369_123_8 + (f + small)
}
