// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Sums of some elements of a vector, those at the places of a list. Every sum takes its elements in
// the order of the list, one after another; five lists abreast, for one alone would wait for each of
// its additions.

/// Sums of the elements at the places of lists of the same length.
///
/// - Parameters:
///   - values: The vector.
///   - places: Indices of `values`, list after list.
///   - starts: Where each list begins in `places`, (listCount).
///   - count: How many places a list has.
///   - first: What every sum begins with.
///   - sums: (listCount), assigned.
/// - Complexity: O(listCount count).
@inline(never)
public func gatheredSums(
  _ values: UnsafePointer<Double>, places: UnsafePointer<Int32>, starts: UnsafePointer<Int>,
  listCount: Int, count: Int, first: Double, into sums: UnsafeMutablePointer<Double>
) {
  var k = 0
  while k + 5 <= listCount {
    let (p0, p1) = unsafe (places + starts[k], places + starts[k + 1])
    let (p2, p3) = unsafe (places + starts[k + 2], places + starts[k + 3])
    let p4 = unsafe places + starts[k + 4]
    var (s0, s1, s2, s3, s4) = (first, first, first, first, first)
    for i in 0..<count {
      unsafe s0 += values[Int(p0[i])]
      unsafe s1 += values[Int(p1[i])]
      unsafe s2 += values[Int(p2[i])]
      unsafe s3 += values[Int(p3[i])]
      unsafe s4 += values[Int(p4[i])]
    }
    unsafe sums[k] = s0
    unsafe sums[k + 1] = s1
    unsafe sums[k + 2] = s2
    unsafe sums[k + 3] = s3
    unsafe sums[k + 4] = s4
    k += 5
  }
  while k < listCount {
    let place = unsafe places + starts[k]
    var sum = first
    for i in 0..<count { unsafe sum += values[Int(place[i])] }
    unsafe sums[k] = sum
    k += 1
  }
}

/// Sums of elements v at the places of lists of the same length, and of w v with a weight w for each
/// place.
///
/// - Parameters:
///   - weights: w, list after list as `places`.
///   - sums, weightedSums: (listCount), assigned: of v, and of w v.
/// - Complexity: O(listCount count).
@inline(never)
public func weightedGatheredSums(
  _ values: UnsafePointer<Double>, places: UnsafePointer<Int32>, weights: UnsafePointer<Double>,
  starts: UnsafePointer<Int>, listCount: Int, count: Int, into sums: UnsafeMutablePointer<Double>,
  weightedSums: UnsafeMutablePointer<Double>
) {
  @inline(__always)
  func add(_ place: Int, to sum: inout Double, _ weightedSum: inout Double) {
    let value = unsafe values[Int(places[place])]
    sum += value
    unsafe weightedSum += weights[place] * value
  }
  var k = 0
  while k + 5 <= listCount {
    let (a0, a1) = unsafe (starts[k], starts[k + 1])
    let (a2, a3, a4) = unsafe (starts[k + 2], starts[k + 3], starts[k + 4])
    var (s0, s1, s2, s3, s4) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (w0, w1, w2, w3, w4) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for i in 0..<count {
      add(a0 + i, to: &s0, &w0)
      add(a1 + i, to: &s1, &w1)
      add(a2 + i, to: &s2, &w2)
      add(a3 + i, to: &s3, &w3)
      add(a4 + i, to: &s4, &w4)
    }
    unsafe (sums[k], weightedSums[k]) = (s0, w0)
    unsafe (sums[k + 1], weightedSums[k + 1]) = (s1, w1)
    unsafe (sums[k + 2], weightedSums[k + 2]) = (s2, w2)
    unsafe (sums[k + 3], weightedSums[k + 3]) = (s3, w3)
    unsafe (sums[k + 4], weightedSums[k + 4]) = (s4, w4)
    k += 5
  }
  while k < listCount {
    let start = unsafe starts[k]
    var (sum, weightedSum) = (0.0, 0.0)
    for i in 0..<count { add(start + i, to: &sum, &weightedSum) }
    unsafe (sums[k], weightedSums[k]) = (sum, weightedSum)
    k += 1
  }
}
