// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The three linear maps of Winograd's convolution F(4, 3) in one dimension, and their adjoints, on
// eight channels at a time. Four outputs y of a filter g of three on six inputs d are
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
typealias SixLanes = (Lanes, Lanes, Lanes, Lanes, Lanes, Lanes)

/// Four vectors.
typealias FourLanes = (Lanes, Lanes, Lanes, Lanes)

/// Six vectors that are `step` floats apart.
@inline(__always)
func loadSix(_ pointer: UnsafePointer<Float>, _ step: Int) -> SixLanes {
  unsafe (
    load(pointer), load(pointer + step), load(pointer + 2 * step), load(pointer + 3 * step),
    load(pointer + 4 * step), load(pointer + 5 * step)
  )
}

/// Four vectors that are `step` floats apart.
@inline(__always)
func loadFour(_ pointer: UnsafePointer<Float>, _ step: Int) -> FourLanes {
  unsafe (load(pointer), load(pointer + step), load(pointer + 2 * step), load(pointer + 3 * step))
}

/// Writes six vectors `step` floats apart.
@inline(__always)
func storeSix(_ lanes: SixLanes, _ pointer: UnsafeMutablePointer<Float>, _ step: Int) {
  unsafe store(lanes.0, pointer)
  unsafe store(lanes.1, pointer + step)
  unsafe store(lanes.2, pointer + 2 * step)
  unsafe store(lanes.3, pointer + 3 * step)
  unsafe store(lanes.4, pointer + 4 * step)
  unsafe store(lanes.5, pointer + 5 * step)
}

/// B^T d.
@inline(__always)
func transformInput(_ d: SixLanes) -> SixLanes {
  let even1 = multiplyAdd(d.2, Lanes(repeating: -b2), d.4)
  let odd1 = multiplyAdd(d.1, Lanes(repeating: -b2), d.3)
  let even2 = multiplyAdd(d.2, Lanes(repeating: -a2), d.4)
  let odd2 = multiplyAdd(d.1, Lanes(repeating: -a2), d.3)
  let (product, sum) = (Lanes(repeating: a2 * b2), Lanes(repeating: -(a2 + b2)))
  return (
    multiplyAdd(d.0, product, multiplyAdd(d.2, sum, d.4)),
    multiplyAdd(odd1, Lanes(repeating: a), even1),
    multiplyAdd(odd1, Lanes(repeating: -a), even1),
    multiplyAdd(odd2, Lanes(repeating: b), even2),
    multiplyAdd(odd2, Lanes(repeating: -b), even2),
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
    multiplyAdd(difference1, Lanes(repeating: a), difference2 * Lanes(repeating: b)),
    multiplyAdd(sum1, Lanes(repeating: a2), sum2 * Lanes(repeating: b2)),
    multiplyAdd(
      difference1, Lanes(repeating: a * a2),
      multiplyAdd(difference2, Lanes(repeating: b * b2), m.5))
  )
}

/// A dy.
@inline(__always)
func transformGradient(_ y: FourLanes) -> SixLanes {
  let even1 = multiplyAdd(y.2, Lanes(repeating: a2), y.0)
  let odd1 = multiplyAdd(y.3, Lanes(repeating: a2), y.1)
  let even2 = multiplyAdd(y.2, Lanes(repeating: b2), y.0)
  let odd2 = multiplyAdd(y.3, Lanes(repeating: b2), y.1)
  return (
    y.0, multiplyAdd(odd1, Lanes(repeating: a), even1),
    multiplyAdd(odd1, Lanes(repeating: -a), even1),
    multiplyAdd(odd2, Lanes(repeating: b), even2),
    multiplyAdd(odd2, Lanes(repeating: -b), even2), y.3
  )
}

// The reciprocals of the products of differences between a point and the others.
private let scale0: Float = 1 / (a2 * b2)
private let scale1: Float = 1 / (2 * a2 * (a2 - b2))
private let scale2: Float = 1 / (2 * b2 * (b2 - a2))

/// G g.
@inline(__always)
func transformWeights(_ g: (Lanes, Lanes, Lanes)) -> SixLanes {
  let even1 = multiplyAdd(g.2, Lanes(repeating: a2), g.0)
  let even2 = multiplyAdd(g.2, Lanes(repeating: b2), g.0)
  let (odd1, odd2) = (g.1 * Lanes(repeating: a), g.1 * Lanes(repeating: b))
  return (
    g.0 * Lanes(repeating: scale0), (even1 + odd1) * Lanes(repeating: scale1),
    (even1 - odd1) * Lanes(repeating: scale1), (even2 + odd2) * Lanes(repeating: scale2),
    (even2 - odd2) * Lanes(repeating: scale2), g.2
  )
}

/// G^T u.
@inline(__always)
func transformWeightGradient(_ u: SixLanes) -> (Lanes, Lanes, Lanes) {
  let sum1 = (u.1 + u.2) * Lanes(repeating: scale1)
  let sum2 = (u.3 + u.4) * Lanes(repeating: scale2)
  let difference1 = (u.1 - u.2) * Lanes(repeating: scale1 * a)
  let difference2 = (u.3 - u.4) * Lanes(repeating: scale2 * b)
  return (
    multiplyAdd(u.0, Lanes(repeating: scale0), sum1 + sum2), difference1 + difference2,
    multiplyAdd(sum1, Lanes(repeating: a2), multiplyAdd(sum2, Lanes(repeating: b2), u.5))
  )
}
