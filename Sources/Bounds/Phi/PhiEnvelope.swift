// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The least bound of s = sum_c rho_c s_c that follows from sum_c rho_c G_c(s_c) <= G0.
///
/// For every a > 0, with b = sum_c rho_c min_s (G_c(s) - a s), a s + b <= G0: the dual of a problem
/// with one multiplier 1/a. The search for the best a works on rounded values and proves nothing; b
/// is then bounded from below over the whole interval, whatever a is. With one component b + a s is
/// a line under the lower convex envelope of G that touches it.
struct PhiEnvelope {
  private var components: [PhiComponent]
  private let level: Double

  /// How often the search looks at new points.
  private static let roundCount = 14

  /// Digits after the binary point of b.
  private static let interceptBits = 56

  /// - Parameters:
  ///   - components: The functions; their shares sum to 1.
  ///   - level: G0, rounded.
  init(components: [PhiComponent], level: Double) {
    self.components = components
    self.level = level
  }

  /// The best line found, certified; nil if G0 is above the envelope's end, where the end is the
  /// best bound.
  mutating func certificate() -> LineCertificate? {
    guard var crossing = crossing() else { return nil }
    for _ in 0..<Self.roundCount {
      refine(crossing)
      guard let next = self.crossing() else { return nil }
      let gain = next.position - crossing.position
      crossing = next
      if abs(gain) < 1e-14 * next.position { break }
    }
    var candidates = [crossing.slope]
    if components.count == 1, let tangent = tangent() { candidates.append(tangent) }
    let lines = candidates.filter { $0 > 0x1p-30 }.map { certified($0) }
    return lines.min { ($0.ratio(level)) < ($1.ratio(level)) }
  }

  // MARK: - Search

  /// Where the sum of the piecewise linear hulls reaches G0.
  private struct Crossing {
    /// The slope there.
    let slope: Double
    /// The component whose segment it is, and the ends of that.
    let component: Int
    let ends: (Int, Int)
    /// sum_c rho_c s_c.
    let position: Double
  }

  private func crossing() -> Crossing? {
    var segments: [(slope: Double, component: Int, ends: (Int, Int))] = []
    var (height, position) = (0.0, 0.0)
    for (index, component) in components.enumerated() {
      let hull = component.hull
      height += component.weight * component.samples[0].value
      for (a, b) in zip(hull, hull.dropFirst()) {
        let (x, y) = (component.samples[a], component.samples[b])
        segments.append(((y.value - x.value) / (y.s - x.s), index, (a, b)))
      }
    }
    // Hulls are convex, so taking all segments by slope goes along each hull in order.
    if components.count > 1 { segments.sort { $0.slope < $1.slope } }
    for segment in segments {
      let component = components[segment.component]
      let (x, y) = (component.samples[segment.ends.0], component.samples[segment.ends.1])
      let rise = component.weight * (y.value - x.value)
      if height + rise >= level {
        let share = rise > 0 ? max(0, (level - height) / rise) : 0
        return Crossing(
          slope: segment.slope, component: segment.component, ends: segment.ends,
          position: position + share * component.weight * (y.s - x.s))
      }
      height += rise
      position += component.weight * (y.s - x.s)
    }
    return nil
  }

  private mutating func refine(_ crossing: Crossing) {
    let slope = crossing.slope
    for index in components.indices {
      if index == crossing.component {
        // From the right first, so that the index of the other end stays.
        components[index].refine(near: crossing.ends.1, slope: slope)
        components[index].refine(near: crossing.ends.0, slope: slope)
      } else {
        components[index].refine(near: components[index].leastIndex(slope: slope), slope: slope)
      }
    }
    if components.count == 1, let root = root() { components[0].add(root) }
  }

  /// Where G is likely to be G0, by Newton's method from the nearest sample.
  private func root() -> Double? {
    let near = components[0].samples.min { abs($0.value - level) < abs($1.value - level) }
    guard let near, near.slope > 0 else { return nil }
    return near.s + (level - near.value) / near.slope
  }

  /// G' where G is G0.
  private func tangent() -> Double? {
    components[0].samples.min { abs($0.value - level) < abs($1.value - level) }?.slope
  }

  // MARK: - Proof

  /// The line of a slope as high as is proved, b rounded down.
  private mutating func certified(_ slope: Double) -> LineCertificate {
    var b: Rational = 0
    for index in components.indices {
      let least = components[index].intercept(slope: slope)
      b += components[index].share * Real(least).rational
    }
    let unit = Integer(1).shiftedLeft(by: Self.interceptBits)
    let rounded = (b.numerator * unit).floorDivided(by: b.denominator).quotient
    return LineCertificate(
      slope: Real(slope).rational, intercept: Rational(rounded, unit),
      attained: crossing()?.position ?? 0)
  }
}

extension LineCertificate {
  /// (G0 - b)/a, rounded.
  fileprivate func ratio(_ level: Double) -> Double {
    (level - intercept.double) / slope.double
  }
}
