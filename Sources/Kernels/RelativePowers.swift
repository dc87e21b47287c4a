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
  let reciprocal = ManyDoubles(repeating: 1 / scale)
  let (offset, scale) = (ManyDoubles(repeating: offset), ManyDoubles(repeating: scale))
  @inline(__always)
  func power(_ x: ManyDoubles) -> ManyDoubles {
    let x = x - offset
    return exponential(isFused ? x * scale : quotient(x, scale, reciprocal), isFused: isFused)
  }
  var i = 0
  while i + manyCount <= count {
    unsafe storeMany(power(loadConverted(values + i)), result + i)
    i += manyCount
  }
  if i == count { return }
  var rest = ManyDoubles(repeating: 0)
  for k in 0..<count - i { unsafe rest[k] = Double(values[i + k]) }
  rest = power(rest)
  for k in 0..<(count - i + 7) / 8 * 8 { unsafe result[i + k] = k < count - i ? rest[k] : 0 }
}

/// As many floats as there are doubles abreast, each of which is a double.
@inline(__always)
private func loadConverted(_ values: UnsafePointer<Float>) -> ManyDoubles {
  #if AVX512
    unsafe ManyDoubles(loadWide(values))
  #else
    unsafe ManyDoubles(load(values))
  #endif
}

/// x / y in all lanes, rounded to nearest: the bits of a division, which takes longer than all of
/// the polynomial of an exponential where it has no fused instructions to replace it.
///
/// With u = 2^-53, r = 1/y (1 + e), |e| <= u, and q = x r rounded, q errs by at most 3 u of x/y. The
/// fused instruction gives x - q y to within u of itself, so that q + (x - q y) r is within 7 u^2 of
/// x/y before it is rounded, and within an ulp of it afterwards. Of such a q and the nearest r the
/// same step, in which the remainder is exact, gives x/y rounded to nearest: Markstein's theorem.
///
/// Reference: P. Markstein, *Computation of elementary functions on the IBM RISC System/6000
/// processor*, IBM Journal of Research and Development 34 (1990), theorem on division.
///
/// - Parameter reciprocal: 1 / y, rounded to nearest.
/// - Precondition: Neither y, nor x/y unless it is 0, is smaller than 2^-900 or larger than 2^900.
@inline(__always)
private func quotient(
  _ x: ManyDoubles, _ y: ManyDoubles, _ reciprocal: ManyDoubles
) -> ManyDoubles {
  #if FMA || arch(arm64)
    let negated = -y
    var q = x * reciprocal
    q = multiplyAdd(multiplyAdd(q, negated, x), reciprocal, q)
    return multiplyAdd(multiplyAdd(q, negated, x), reciprocal, q)
  #else
    x / y
  #endif
}
