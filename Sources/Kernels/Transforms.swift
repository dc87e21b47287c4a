// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

// Laplace transforms of the values e^{z.z'/t} that one feature has with many: what the expectation
// of the logarithm of a sum of K of them is computed from, for every K at once.

extension CompiledKernels {
  /// Adds moments of values and transforms at nodes to `sums`, as `TransformLayout` has them.
  ///
  /// With u = 2^-53: a chain starts with a relative error below 9.3e-14 (truncation) and takes part
  /// in no more than 2 u per doubling, as q (2 - q) passes a relative error of q on with a factor
  /// (2 - 2 q)/(2 - q) <= 1. All terms are positive, so that sums keep relative errors.
  ///
  /// - Parameters:
  ///   - values: b in [0, 1 + 2^-10], (count).
  ///   - weights: w >= 0, (count).
  ///   - count: A multiple of 8; weights of 0 fill up.
  ///   - groups: How many groups of eight nodes.
  ///   - chains: (2, count), overwritten.
  ///   - sums: (`TransformLayout.count(groups:)`), accumulated into.
  @inline(never)
  package func addTransforms(
    _ values: UnsafePointer<Double>, weights: UnsafePointer<Double>, count: Int, groups: Int,
    chains: UnsafeMutablePointer<Double>, to sums: UnsafeMutablePointer<Double>
  ) {
    unsafe addMoments(values, weights: weights, count: count, to: sums)
    guard groups > 0 else { return }
    // Half the first node of each chain.
    let (s0, s1) = (TransformLayout.node(-2), TransformLayout.node(-1))
    var i = 0
    while i < count {
      let b = unsafe load(values + i)
      unsafe store(complement(b * s0), chains + i)
      unsafe store(complement(b * s1), chains + (count + i))
      i += 8
    }
    for group in 0..<groups {
      for parity in 0..<2 {
        let target = TransformLayout.momentCount + TransformLayout.groupSize * group + parity
        unsafe addDoublings(
          chains + parity * count, weights: weights, count: count, to: sums + target)
      }
    }
  }

  /// The sum of f e^{n x} over `count` pairs of f >= 0 and x <= 0.
  ///
  /// - Parameters:
  ///   - logarithms: x, (count).
  ///   - factors: f, (count).
  ///   - exponent: n >= 0.
  @inline(never)
  package func powerSum(
    _ logarithms: UnsafePointer<Double>, factors: UnsafePointer<Double>, count: Int,
    exponent: Double
  ) -> Double {
    var sums = DoubleLanes(repeating: 0)
    var i = 0
    while i + 8 <= count {
      let power = unsafe exponential(load(logarithms + i) * exponent)
      sums = unsafe multiplyAdd(power, load(factors + i), sums)
      i += 8
    }
    if i < count {
      var x = DoubleLanes(repeating: 0)
      var f = DoubleLanes(repeating: 0)
      for k in 0..<count - i {
        unsafe x[k] = logarithms[i + k]
        unsafe f[k] = factors[i + k]
      }
      sums = multiplyAdd(exponential(x * exponent), f, sums)
    }
    return sum(sums)
  }
}

/// 1 - e^{-x} for 0 <= x <= 2^-4 by seven terms, with a relative error below x^7/8!.
@inline(__always)
private func complement(_ x: DoubleLanes) -> DoubleLanes {
  let y = -x
  var p = DoubleLanes(repeating: 1 / 5040.0)
  p = multiplyAdd(p, y, DoubleLanes(repeating: 1 / 720.0))
  p = multiplyAdd(p, y, DoubleLanes(repeating: 1 / 120.0))
  p = multiplyAdd(p, y, DoubleLanes(repeating: 1 / 24.0))
  p = multiplyAdd(p, y, DoubleLanes(repeating: 1 / 6.0))
  p = multiplyAdd(p, y, DoubleLanes(repeating: 0.5))
  p = multiplyAdd(p, y, DoubleLanes(repeating: 1))
  return p * x
}

/// Adds the sums of w b, w b^2, ..., w b^7.
@inline(__always)
private func addMoments(
  _ values: UnsafePointer<Double>, weights: UnsafePointer<Double>, count: Int,
  to sums: UnsafeMutablePointer<Double>
) {
  let zero = DoubleLanes(repeating: 0)
  var (m1, m2, m3, m4, m5, m6, m7) = (zero, zero, zero, zero, zero, zero, zero)
  var i = 0
  while i < count {
    let b = unsafe load(values + i)
    var power = unsafe b * load(weights + i)
    m1 += power
    power *= b
    m2 += power
    power *= b
    m3 += power
    power *= b
    m4 += power
    power *= b
    m5 += power
    power *= b
    m6 += power
    power *= b
    m7 += power
    i += 8
  }
  unsafe sums[0] += sum(m1)
  unsafe sums[1] += sum(m2)
  unsafe sums[2] += sum(m3)
  unsafe sums[3] += sum(m4)
  unsafe sums[4] += sum(m5)
  unsafe sums[5] += sum(m6)
  unsafe sums[6] += sum(m7)
}

/// Doubles the node of a chain four times and adds the sum of w q after each to every other sum.
@inline(__always)
private func addDoublings(
  _ chain: UnsafeMutablePointer<Double>, weights: UnsafePointer<Double>, count: Int,
  to sums: UnsafeMutablePointer<Double>
) {
  let zero = DoubleLanes(repeating: 0)
  var (a0, a1, a2, a3) = (zero, zero, zero, zero)
  var i = 0
  while i < count {
    let w = unsafe load(weights + i)
    var q = unsafe load(UnsafePointer(chain + i))
    q *= 2 - q
    a0 = multiplyAdd(q, w, a0)
    q *= 2 - q
    a1 = multiplyAdd(q, w, a1)
    q *= 2 - q
    a2 = multiplyAdd(q, w, a2)
    q *= 2 - q
    a3 = multiplyAdd(q, w, a3)
    unsafe store(q, chain + i)
    i += 8
  }
  unsafe sums[0] += sum(a0)
  unsafe sums[2] += sum(a1)
  unsafe sums[4] += sum(a2)
  unsafe sums[6] += sum(a3)
}

/// As `addTransforms`, each term by its definition: what it is tested against.
@inline(never)
public func addTransformsNaive(
  _ values: UnsafePointer<Double>, weights: UnsafePointer<Double>, count: Int, groups: Int,
  to sums: UnsafeMutablePointer<Double>
) {
  for i in 0..<count {
    let (b, w) = unsafe (values[i], weights[i])
    var power = w
    for m in 0..<TransformLayout.momentCount {
      power *= b
      unsafe sums[m] += power
    }
    for k in 0..<TransformLayout.groupSize * groups {
      let x = TransformLayout.node(k) * b
      // Terms x^m/m! for x below 1, where 1 - e^{-x} would cancel.
      var (q, term) = (0.0, x)
      if x < 1 {
        for m in 2...30 {
          q += term
          term *= -x / Double(m)
        }
      } else {
        q = 1 - exponential(-x)
      }
      unsafe sums[TransformLayout.momentCount + k] += w * q
    }
  }
}
