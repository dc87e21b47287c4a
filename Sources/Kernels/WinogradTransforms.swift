// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The three linear maps of Winograd's convolution F(4, 3) in one dimension, and their adjoints, on
// the channels of a wide vector at a time. Four outputs y of a filter g of three on six inputs d
// are
//
//     y = A^T ((G g) . (B^T d)),   so   dg = G^T ((B^T d) . (A dy)),
//
// with six products instead of twelve; in two dimensions every map applies to columns, then to
// rows, and 36 products take the place of 144. The maps are those of polynomials by their values at
// the points 0, a, -a, b, -b and infinity; for a = 5/8, b = 3/2 all numbers in A and B are floats.
//
// Rounding: the usual points 0, 1, -1, 2, -2 lose about one more digit. With these the error of an
// output is 5 times that of the sum by its definition, and of a gradient of weights 1.4 times
// (root mean squares over random images of 32 channels).
//
// References: S. Winograd, *Arithmetic complexity of computations*, SIAM 1980; A. Lavin and S.
// Gray, *Fast algorithms for convolutional neural networks*, CVPR 2016; B. Barabasz et al., *Error
// analysis and improving the accuracy of Winograd convolution*, ACM TOMS 46 (2020), on the choice
// of points.

private let a: Float = 0.625
private let b: Float = 1.5
private let a2: Float = 0.390625
private let b2: Float = 2.25

/// Six vectors.
typealias SixLanes = (WideLanes, WideLanes, WideLanes, WideLanes, WideLanes, WideLanes)

/// Four vectors.
typealias FourLanes = (WideLanes, WideLanes, WideLanes, WideLanes)

/// Goes through channels, a multiple of eight, in vectors: `body(first, width)`, `width` being
/// `wideCount` or, of those that are left, eight.
@inline(__always)
func eachVector(_ channels: Int, _ body: (_ first: Int, _ width: Int) -> Void) {
  var first = 0
  while first + wideCount <= channels {
    body(first, wideCount)
    first += wideCount
  }
  #if AVX512
    if first < channels { body(first, 8) }
  #endif
}

/// Six vectors that are `step` floats apart, of `width` floats each.
@inline(__always)
func loadSix(_ pointer: UnsafePointer<Float>, _ step: Int, _ width: Int = wideCount) -> SixLanes {
  unsafe (
    loadWide(pointer, width), loadWide(pointer + step, width), loadWide(pointer + 2 * step, width),
    loadWide(pointer + 3 * step, width), loadWide(pointer + 4 * step, width),
    loadWide(pointer + 5 * step, width)
  )
}

/// Four vectors that are `step` floats apart, of `width` floats each.
@inline(__always)
func loadFour(_ pointer: UnsafePointer<Float>, _ step: Int, _ width: Int) -> FourLanes {
  unsafe (
    loadWide(pointer, width), loadWide(pointer + step, width), loadWide(pointer + 2 * step, width),
    loadWide(pointer + 3 * step, width)
  )
}

/// Writes six vectors `step` floats apart, of `width` floats each.
@inline(__always)
func storeSix(
  _ lanes: SixLanes, _ pointer: UnsafeMutablePointer<Float>, _ step: Int, _ width: Int
) {
  unsafe storeWide(lanes.0, pointer, width)
  unsafe storeWide(lanes.1, pointer + step, width)
  unsafe storeWide(lanes.2, pointer + 2 * step, width)
  unsafe storeWide(lanes.3, pointer + 3 * step, width)
  unsafe storeWide(lanes.4, pointer + 4 * step, width)
  unsafe storeWide(lanes.5, pointer + 5 * step, width)
}

/// B^T d.
@inline(__always)
func transformInput(_ d: SixLanes) -> SixLanes {
  let even1 = multiplyAdd(d.2, WideLanes(repeating: -b2), d.4)
  let odd1 = multiplyAdd(d.1, WideLanes(repeating: -b2), d.3)
  let even2 = multiplyAdd(d.2, WideLanes(repeating: -a2), d.4)
  let odd2 = multiplyAdd(d.1, WideLanes(repeating: -a2), d.3)
  let (product, sum) = (WideLanes(repeating: a2 * b2), WideLanes(repeating: -(a2 + b2)))
  return (
    multiplyAdd(d.0, product, multiplyAdd(d.2, sum, d.4)),
    multiplyAdd(odd1, WideLanes(repeating: a), even1),
    multiplyAdd(odd1, WideLanes(repeating: -a), even1),
    multiplyAdd(odd2, WideLanes(repeating: b), even2),
    multiplyAdd(odd2, WideLanes(repeating: -b), even2),
    multiplyAdd(d.1, product, multiplyAdd(d.3, sum, d.5))
  )
}

/// A^T m.
@inline(__always)
func transformProducts(_ m: SixLanes) -> FourLanes {
  let (sum1, difference1) = (m.1 + m.2, m.1 - m.2)
  let (sum2, difference2) = (m.3 + m.4, m.3 - m.4)
  return (
    m.0 + sum1 + sum2,
    multiplyAdd(difference1, WideLanes(repeating: a), difference2 * WideLanes(repeating: b)),
    multiplyAdd(sum1, WideLanes(repeating: a2), sum2 * WideLanes(repeating: b2)),
    multiplyAdd(
      difference1, WideLanes(repeating: a * a2),
      multiplyAdd(difference2, WideLanes(repeating: b * b2), m.5))
  )
}

/// A dy.
@inline(__always)
func transformGradient(_ y: FourLanes) -> SixLanes {
  let even1 = multiplyAdd(y.2, WideLanes(repeating: a2), y.0)
  let odd1 = multiplyAdd(y.3, WideLanes(repeating: a2), y.1)
  let even2 = multiplyAdd(y.2, WideLanes(repeating: b2), y.0)
  let odd2 = multiplyAdd(y.3, WideLanes(repeating: b2), y.1)
  return (
    y.0, multiplyAdd(odd1, WideLanes(repeating: a), even1),
    multiplyAdd(odd1, WideLanes(repeating: -a), even1),
    multiplyAdd(odd2, WideLanes(repeating: b), even2),
    multiplyAdd(odd2, WideLanes(repeating: -b), even2), y.3
  )
}

// The reciprocals of the products of differences between a point and the others.
private let scale0: Float = 1 / (a2 * b2)
private let scale1: Float = 1 / (2 * a2 * (a2 - b2))
private let scale2: Float = 1 / (2 * b2 * (b2 - a2))

/// G g.
@inline(__always)
func transformWeights(_ g: (WideLanes, WideLanes, WideLanes)) -> SixLanes {
  let even1 = multiplyAdd(g.2, WideLanes(repeating: a2), g.0)
  let even2 = multiplyAdd(g.2, WideLanes(repeating: b2), g.0)
  let (odd1, odd2) = (g.1 * WideLanes(repeating: a), g.1 * WideLanes(repeating: b))
  return (
    g.0 * WideLanes(repeating: scale0), (even1 + odd1) * WideLanes(repeating: scale1),
    (even1 - odd1) * WideLanes(repeating: scale1), (even2 + odd2) * WideLanes(repeating: scale2),
    (even2 - odd2) * WideLanes(repeating: scale2), g.2
  )
}

/// G^T u.
@inline(__always)
func transformWeightGradient(_ u: SixLanes) -> (WideLanes, WideLanes, WideLanes) {
  let sum1 = (u.1 + u.2) * WideLanes(repeating: scale1)
  let sum2 = (u.3 + u.4) * WideLanes(repeating: scale2)
  let difference1 = (u.1 - u.2) * WideLanes(repeating: scale1 * a)
  let difference2 = (u.3 - u.4) * WideLanes(repeating: scale2 * b)
  return (
    multiplyAdd(u.0, WideLanes(repeating: scale0), sum1 + sum2), difference1 + difference2,
    multiplyAdd(sum1, WideLanes(repeating: a2), multiplyAdd(sum2, WideLanes(repeating: b2), u.5))
  )
}
