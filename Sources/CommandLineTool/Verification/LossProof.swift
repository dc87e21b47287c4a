// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// What can be said of a bound w of a maximum.
enum Proof: Equatable {
  case proven
  /// A value above it was found, at this place.
  case disproven(x: Double, y: Double)
  /// Neither, within the limits of work or of arithmetic.
  case open
}

/// The largest value of f(y) = a ln(1 + y) - lambda g(y, 0) for 0 <= y <= Y, with g at a multiple
/// of y.
///
/// g is concave, so on a segment it is at least what its chord is, while the logarithm is at most
/// what its tangent is anywhere: the difference of the two is linear, and largest at an end.
/// Segments are halved until that is small enough. The domain and the argument are others than
/// those that certificates are made by, which follow tangents of functions of s = ln(1 + y).
struct LossProof {
  let function: any MeanLogarithm
  /// What y is multiplied by for g.
  var growth = 1.0
  /// a.
  var slope = 1.0
  /// lambda.
  var multiplier = 1.0
  /// Y or more.
  let end: Double

  private static let cellLimit = 4000

  private struct Point {
    let y: Double
    let logarithm: Double
    /// lambda g, less what it may err by.
    let fall: Double
    let error: Double
  }

  private func point(_ y: Double) -> Point {
    let g = function.value(y: y * growth, x: 0)
    // y growth rounds twice, which moves g by at most 2^-52: its derivative with ln y is at most 1.
    return Point(
      y: y, logarithm: log1p(y), fall: multiplier * (g.value - g.error - 0x1p-52),
      error: multiplier * (2 * g.error + 0x1p-51))
  }

  /// A value of f, or somewhat less.
  private func lower(_ point: Point) -> Double {
    let rise = slope * point.logarithm
    return rise - point.fall - point.error - (rise + point.fall) * 0x1p-51
  }

  /// What a search found: points in ascending order, and the largest value at one of them.
  private struct Search {
    let points: [Point]
    let largest: Double
    /// Where it is.
    let place: Double
  }

  /// Looks for the largest value: on a grid in s = ln(1 + y), and from the best point on by
  /// vertices of parabolas. Then points around it are added at distances that grow like the cells
  /// that suffice there, where f falls with the square of the distance.
  ///
  /// - Parameter hints: Values of y that a better search would have found.
  private func search(hints: [Double] = []) -> Search {
    let width = log1p(end)
    var found: [(s: Double, point: Point, value: Double)] = []
    func add(_ s: Double) {
      guard s >= 0, s <= width else { return }
      let point = s == 0 ? point(0) : s == width ? point(end) : point(min(end, expm1(s)))
      found.append((s, point, lower(point)))
    }
    for i in 0...24 { add(width * Double(i) / 24 * (Double(i) / 24).squareRoot()) }
    for y in hints { add(log1p(y)) }
    for _ in 0..<40 {
      found.sort { $0.s < $1.s }
      guard let best = found.indices.max(by: { found[$0].value < found[$1].value }),
        best > 0, best < found.count - 1
      else { break }
      let (a, b, c) = (found[best - 1], found[best], found[best + 1])
      let (left, right) = (
        (b.value - a.value) / (b.s - a.s), (b.value - c.value) / (c.s - b.s)
      )
      // The parabola through three points has its vertex between those of the two chords.
      let vertex = (a.s + b.s) / 2 + (c.s - a.s) / 2 * left / (left + right)
      let next =
        vertex > a.s && vertex < c.s && abs(vertex - b.s) > 1e-8 * max(1, b.s)
        ? vertex : b.s - a.s > c.s - b.s ? b.s - (b.s - a.s) / 8 : b.s + (c.s - b.s) / 8
      if abs(next - b.s) < 1e-7 * max(1, b.s) { break }
      add(next)
    }
    guard let peak = found.max(by: { $0.value < $1.value }) else {
      return Search(points: [point(0), point(end)], largest: lower(point(0)), place: 0)
    }
    var distance = 3e-7 * max(1, peak.s)
    while distance < width {
      add(peak.s - distance)
      add(peak.s + distance)
      distance *= 2.5
    }
    let points = found.map(\.point).sorted { $0.y < $1.y }
    let best = found.max { $0.value < $1.value } ?? peak
    return Search(points: points, largest: best.value, place: best.point.y)
  }

  /// Whether f is nowhere above w.
  func proof(_ w: Double) -> Proof { proof(w, search()) }

  private func proof(_ w: Double, _ search: Search) -> Proof {
    if search.largest > w { return .disproven(x: 0, y: search.place) }
    if function.isLogarithmic, growth == 1 {
      // f is a multiple of ln(1 + y) and a constant, perhaps all but constant: largest at an end.
      let isProven = [point(0), point(end)].allSatisfy { end in
        let (rise, bound) = (slope * end.logarithm, slope * end.logarithm - end.fall)
        return bound + (4 * rise + 2 * abs(bound)) * 0x1p-53 <= w
      }
      return isProven ? .proven : .open
    }
    var open = Array(zip(search.points, search.points.dropFirst()))
    var cells = 0
    while let (a, b) = open.popLast() {
      if a.y == b.y { continue }
      // The geometric middle of 1 + y: any point serves.
      let middle = expm1((a.logarithm + b.logarithm) / 2)
      let height = log1p(middle)
      let isProven = [a, b].allSatisfy { end in
        let step = (end.y - middle) / (1 + middle)
        let bound = slope * (height + step) - end.fall
        // A logarithm errs by 2 u, u = 2^-53, the step by 3 u, and sum, product and difference by
        // u.
        let rounding = slope * (4 * height + 6 * abs(step)) + 2 * abs(bound)
        return bound + rounding * 0x1p-53 <= w
      }
      if isProven { continue }
      cells += 1
      guard cells < Self.cellLimit, a.y < middle, middle < b.y else { return .open }
      let point = point(middle)
      if lower(point) > w { return .disproven(x: 0, y: middle) }
      open.append((a, point))
      open.append((point, b))
    }
    return .proven
  }

  /// Whether the mean of the maxima of several is at most w.
  static func proof(_ parts: [(share: Double, proof: LossProof)], _ w: Double) -> Proof {
    if parts.count == 1 { return parts[0].proof.proof(w) }
    var hints = parts.map { _ in [Double]() }
    var searches = parts.map { $0.proof.search() }
    return MeanOfMaxima.proof(shares: parts.map(\.share), w) { index in
      searches[index].largest
    } proof: { index, limit in
      parts[index].proof.proof(limit, searches[index])
    } improve: { index, _, y in
      hints[index].append(y)
      searches[index] = parts[index].proof.search(hints: hints[index])
    }
  }
}

/// Bounds of a mean of several maxima.
enum MeanOfMaxima {
  /// How often what was found of a maximum is improved by a value that is above it.
  private static let roundLimit = 12

  /// Whether the mean of maxima is at most w.
  ///
  /// With values f_i that were found and shares that add up to 1 it is if each maximum is at most
  /// f_i + w - sum share_i f_i. A value above that limit is a better f_i.
  ///
  /// - Parameters:
  ///   - found: f_i.
  ///   - proof: Whether a maximum is below a limit.
  ///   - improve: Takes a place with a value above the limit.
  static func proof(
    shares: [Double], _ w: Double, found: (Int) -> Double, proof: (Int, Double) -> Proof,
    improve: (Int, Double, Double) -> Void
  ) -> Proof {
    for _ in 0..<roundLimit {
      var (mean, size) = (CompensatedSum(), CompensatedSum())
      let values = shares.indices.map(found)
      for (share, value) in zip(shares, values) {
        mean.add(share * value)
        size.add(share * abs(value))
      }
      // Shares and products round once, the sum counts three times, the differences once each.
      let rounding = 8 * 0x1p-53 * (size.value + abs(w))
      if mean.value > w + rounding { return .disproven(x: 0, y: 0) }
      var isImproved = false
      for (index, value) in values.enumerated() {
        switch proof(index, value + (w - mean.value - rounding)) {
        case .proven: continue
        case .open: return .open
        case .disproven(let x, let y):
          improve(index, x, y)
          isImproved = true
        }
      }
      if !isImproved { return .proven }
    }
    return .open
  }
}
