// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The largest value of
///
///     F(x, y) = ln(1 + p y + q x) - lambda g(x, y) + nu [a ln y + b ln x]
///
/// over the triangle 0 <= x <= y, p y + q x <= (p + q) R, corners (0, 0), (0, (p + q) R/p), (R, R).
///
/// g is concave, so -lambda g is at most what it is at the corners of a triangle, in between
/// linearly; the other terms are concave and below their tangents. The sum of tangents and -lambda
/// g is largest at a corner. Triangles are halved until that is at most w. It is the argument of
/// scripts/verify-certificates, and not that which certificates are made by: cells in logarithms of
/// scores, in which g is convex.
struct ScoreProof {
  let function: any MeanLogarithm
  /// The weights p and q of y and x in the sum.
  let (sumY, sumX): (Double, Double)
  /// nu a and nu b.
  let (spreadY, spreadX): (Double, Double)
  /// lambda.
  let multiplier: Double
  /// R or more.
  let end: Double

  private static let cellLimit = 120_000

  private struct Corner {
    let x, y: Double
    /// lambda g, less what it may err by.
    let fall: Double
    let error: Double
  }

  private func corner(_ x: Double, _ y: Double) -> Corner {
    let g = function.value(y: y, x: x)
    return Corner(
      x: x, y: y, fall: multiplier * (g.value - g.error), error: 2 * multiplier * g.error)
  }

  /// The concave terms at a point with x and y above 0, unless nu = 0.
  private func rise(_ x: Double, _ y: Double) -> (value: Double, size: Double) {
    let logarithm = log1p(sumY * y + sumX * x)
    let (inY, inX) = (
      spreadY == 0 ? 0 : spreadY * log(y), spreadX == 0 ? 0 : spreadX * log(x)
    )
    return (logarithm + inY + inX, logarithm + abs(inY) + abs(inX))
  }

  /// A value of F, or somewhat less.
  private func lower(_ corner: Corner) -> Double {
    let rise = rise(corner.x, corner.y)
    guard rise.value > -.infinity else { return -.infinity }
    return rise.value - corner.fall - corner.error - (rise.size + corner.fall) * 0x1p-50
  }

  /// A point by sigma = ln(p y + q x), at most `top`, and tau = ln(y/x), at least 0: two sides of
  /// the triangle, on which maxima often are.
  private typealias Place = (sigma: Double, tau: Double, value: Double)

  private var top: Double { log((sumY + sumX) * end) }

  private func place(_ sigma: Double, _ tau: Double) -> Place {
    let (sigma, tau) = (min(sigma, top), sumX > 0 ? min(max(tau, 0), 600) : 0)
    let x = exp(sigma) / (sumY * exp(tau) + sumX)
    let corner = sumX > 0 ? corner(x, x * exp(tau)) : corner(0, exp(sigma) / sumY)
    return (sigma, tau, lower(corner))
  }

  /// The best point of a grid.
  private func coarse() -> Place {
    var best = place(top, 0)
    for i in 0...16 {
      for j in 0...(sumX > 0 ? 8 : 0) {
        let found = place(top - Double(i), Double(j * j) * 0.3)
        if found.value > best.value { best = found }
      }
    }
    return best
  }

  /// About the largest value near a point: by steps, ever shorter, and then Newton's method with
  /// differences for derivatives, along a side where the best point is on one.
  private func refined(_ start: Place) -> Double {
    var best = start
    var step = 0.5
    let directions: [(Double, Double)] =
      sumX > 0 ? [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1)] : [(1, 0), (-1, 0)]
    while step > 0.02 {
      let around = directions.map { place(best.sigma + $0.0 * step, best.tau + $0.1 * step) }
      if let better = around.max(by: { $0.value < $1.value }), better.value > best.value {
        best = better
      } else {
        step /= 2
      }
    }
    for h in [1e-2, 1e-3, 1e-3, 1e-4, 1e-4] {
      let at = best
      func f(_ i: Double, _ j: Double) -> Double {
        place(at.sigma + i * h, at.tau + j * h).value
      }
      let isFree = (sigma: at.sigma + h < top, tau: sumX > 0 && at.tau > h)
      let (right, left) = isFree.sigma ? (f(1, 0), f(-1, 0)) : (0, 0)
      let (up, down) = isFree.tau ? (f(0, 1), f(0, -1)) : (0, 0)
      let slope = (sigma: (right - left) / 2, tau: (up - down) / 2)
      let bend = (sigma: right - 2 * at.value + left, tau: up - 2 * at.value + down)
      var steps = (sigma: 0.0, tau: 0.0)
      switch isFree {
      case (true, true):
        let mixed = (f(1, 1) - f(1, -1) - f(-1, 1) + f(-1, -1)) / 4
        let determinant = bend.sigma * bend.tau - mixed * mixed
        steps = (
          (mixed * slope.tau - bend.tau * slope.sigma) / determinant,
          (mixed * slope.sigma - bend.sigma * slope.tau) / determinant
        )
      case (true, false): steps.sigma = -slope.sigma / bend.sigma
      case (false, true): steps.tau = -slope.tau / bend.tau
      case (false, false): break
      }
      // The ends of the sides as well.
      let next = [
        place(at.sigma + steps.sigma * h, at.tau + steps.tau * h),
        place(isFree.sigma ? at.sigma : top, isFree.tau ? at.tau : 0),
      ]
      for found in next where found.value > best.value { best = found }
    }
    return best.value
  }

  /// Whether F is nowhere above w.
  func proof(_ w: Double) -> Proof {
    let farthest = (sumY + sumX) / sumY * end * (1 + 0x1p-50)
    var open = [(corner(0, 0), corner(0, farthest), corner(end, end))]
    if sumX == 0 { open[0].2 = corner(0, farthest / 2) }
    var corners: [SIMD2<Double>: Corner] = [:]
    var cells = 0
    while let (a, b, c) = open.popLast() {
      if isProven(a, b, c, w) { continue }
      cells += 1
      guard cells < Self.cellLimit else { return .open }
      // By the edge along which the concave terms bend the most.
      let edges = [(a, b, c), (b, c, a), (c, a, b)]
      let bends = edges.map { bend($0.0, $0.1) }
      let longest = bends.indices.max { bends[$0] < bends[$1] } ?? 0
      let (p, q, r) = edges[longest]
      let (x, y) = ((p.x + q.x) / 2, (p.y + q.y) / 2)
      let key = SIMD2(x, y)
      let middle: Corner
      if let known = corners[key] {
        middle = known
      } else {
        middle = corner(x, y)
        corners[key] = middle
        if lower(middle) > w { return .disproven(x: x, y: y) }
      }
      guard bends[longest] > 0, y < max(p.y, q.y) || x < max(p.x, q.x) else { return .open }
      open.append((p, middle, r))
      open.append((middle, q, r))
    }
    return .proven
  }

  private func isProven(_ a: Corner, _ b: Corner, _ c: Corner, _ w: Double) -> Bool {
    let (x, y) = ((a.x + b.x + c.x) / 3, (a.y + b.y + c.y) / 3)
    let rise = rise(x, y)
    let sum = 1 + sumY * y + sumX * x
    let slopeY = sumY / sum + (spreadY == 0 ? 0 : spreadY / y)
    let slopeX = sumX / sum + (spreadX == 0 ? 0 : spreadX / x)
    return [a, b, c].allSatisfy { corner in
      let (inY, inX) = (slopeY * (corner.y - y), slopeX * (corner.x - x))
      // Fewer than sixteen roundings of the parts.
      let size = rise.size + abs(inY) + abs(inX) + corner.fall
      return rise.value + inY + inX - corner.fall + size * 0x1p-49 <= w
    }
  }

  private func bend(_ a: Corner, _ b: Corner) -> Double {
    let (dx, dy, sx, sy) = (a.x - b.x, a.y - b.y, (a.x + b.x) / 2, (a.y + b.y) / 2)
    func square(_ d: Double, _ s: Double) -> Double { s == 0 ? 0 : (d / s) * (d / s) }
    return spreadY * square(dy, sy) + spreadX * square(dx, sx)
      + 2 * square(sumY * dy + sumX * dx, 1 + sumY * sy + sumX * sx)
  }

  /// Whether the mean over classes of the largest of several maxima is at most w.
  static func proof(_ parts: [(share: Double, pairs: [ScoreProof])], _ w: Double) -> Proof {
    if parts.count == 1, parts[0].pairs.count == 1 { return parts[0].pairs[0].proof(w) }
    var found = parts.map { part in
      // Only the best of the pairs sets the maximum of its class.
      let places = part.pairs.map { (pair: $0, place: $0.coarse()) }
      let best = places.max { $0.place.value < $1.place.value }
      return best.map { $0.pair.refined($0.place) } ?? -.infinity
    }
    var worst = parts.map { $0.pairs[0] }
    return MeanOfMaxima.proof(shares: parts.map(\.share), w) { index in
      found[index]
    } proof: { index, limit in
      for pair in parts[index].pairs {
        let proof = pair.proof(limit)
        if proof == .proven { continue }
        worst[index] = pair
        return proof
      }
      return .proven
    } improve: { index, x, y in
      let pair = worst[index]
      let place = pair.place(log(pair.sumY * y + pair.sumX * x), log(y / max(x, 0x1p-1000)))
      found[index] = max(found[index], pair.refined(place))
    }
  }
}
