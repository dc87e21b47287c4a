// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// P(S = n) of the tilted law of C equal classes, by the trapezoidal rule in `Double` with a proven error.
///
/// S is the sum of C zero-truncated Poisson variables. With N nodes the rule gives P(S = n mod N) exactly
/// (see `ContourIntegral`), and with f(x) = e^x - 1, h(x) = f(x)/x
///
/// * aliasing is at most sum over both signs of (f(l e^s)/f(l))^C e^(-s (n +- N)), any s of that sign, and
///   the part below is 0 when n - N < C;
/// * each node left out beyond K is at most (h(l cos t)/h(l))^C, t the angle of node K + 1, for the majorant
///   decreases on [0, pi];
/// * a stored angle errs by 3 u relatively (2 pi, a division, a product). The derivative of the
///   summand's logarithm is i (drift + C chi'/chi) for the characteristic function chi of one centred class,
///   |chi'| <= kappa t, kappa its variance, and |chi| >= 1 - kappa t^2/2.
struct UniformContour {
  let saddle: UniformSaddle
  let nodeCount: Int
  let lastNode: Int
  private let isSmall: Bool
  /// N times the bound of aliasing, and the nodes left out.
  private let lost: Double

  /// nil where the error could not be bounded well: few classes, each drawn several times.
  @inline(__always)
  init?(_ saddle: UniformSaddle) {
    self.saddle = saddle
    // Normal tails of 2^-57 / N, and what a Poisson law's skewness adds.
    let deviation = saddle.variance.squareRoot()
    let width = (79 + 2 * log(10 * deviation + 1)).squareRoot()
    var nodes = (width * deviation + width * width / 6).rounded(.up)
    var alias = Self.aliasing(saddle, nodes) * nodes
    var rounds = 0
    while !(alias <= Self.target) && rounds < 16 {
      nodes = (nodes * 1.05 + 1).rounded(.up)
      alias = Self.aliasing(saddle, nodes) * nodes
      rounds += 1
    }
    guard alias <= Self.target else { return nil }
    nodeCount = Int(nodes)

    // The majorant falls nearly like e^(-(n - C) t^2/2); there are less than N nodes beyond.
    var angle = width / Double(saddle.drawCount - saddle.classCount).squareRoot()
    var cut = 1.0
    rounds = 0
    while angle < Self.angleLimit && rounds < 16 {
      cut = nodes * Self.majorant(saddle, angle)
      if cut <= Self.target { break }
      angle *= 1.04
      rounds += 1
    }
    if angle < Self.angleLimit && cut <= Self.target {
      // Node K + 1 lies beyond `angle`.
      lastNode = min(Int((angle * nodes / (2 * Double.pi)).rounded(.up)), nodeCount / 2)
      isSmall = saddle.rate < 0.5
      lost = alias + cut
    } else {
      guard saddle.rate <= 2 else { return nil }
      lastNode = nodeCount / 2
      isSmall = true
      lost = alias
    }
  }

  /// What aliasing times N and the nodes left out may each be of a sum that is above 1.
  private static let target = 0x1p-57
  /// `ClassFactor` needs a positive cosine.
  private static let angleLimit = 1.5

  /// The bound of aliasing with e^s = 1 + N/variance, near the best for a Poisson law.
  ///
  /// The logarithm of each term is a sum of products and logarithms, each within 8 u of its size or of
  /// C; 16 u of all sizes and 2^-10 are added.
  @inline(__always)
  private static func aliasing(_ saddle: UniformSaddle, _ nodes: Double) -> Double {
    let (c, n) = (Double(saddle.classCount), Double(saddle.drawCount))
    let l = saddle.rate
    let ratio = 1 + nodes / saddle.variance
    let tilt = log(ratio)
    let base = expm1(-l)
    func term(_ factor: Double, _ degree: Double, _ logFactor: Double) -> Double {
      let linear = c * l * (factor - 1)
      let rest = c * log(expm1(-l * factor) / base)
      let power = degree * logFactor
      let sizes = abs(linear) + abs(rest) + abs(power) + c
      return exp(linear + rest - power + 16 * 0x1p-53 * sizes + 0x1p-10)
    }
    let above = term(ratio, n + nodes, tilt)
    return n - nodes < c ? above : above + term(1 / ratio, n - nodes, -tilt)
  }

  /// The bound of a node at an angle below 1.5.
  ///
  /// The logarithm for one class is within 2^-44 (it is a sum of numbers below 40 in size, each within 8 u):
  /// 2^-18 for all classes, less than the 2^-6 added.
  @inline(__always)
  private static func majorant(_ saddle: UniformSaddle, _ angle: Double) -> Double {
    let l = saddle.rate
    let half = sin(angle / 2)
    let versine = 2 * half * half
    let cosine = 1 - versine
    let one = log(expm1(-l * cosine) / (expm1(-l) * cosine)) - l * versine
    return exp(Double(saddle.classCount) * one + 0x1p-6)
  }

  // MARK: - The sum

  /// P(S = n) N and a bound of its relative error.
  ///
  /// A summand is e^(R + i Phi), its real part e^R cos Phi: it errs by e^R times the errors of R and Phi, 4 u each for
  /// the two functions and u for the product.
  func sum() -> (value: Double, relativeError: Double) {
    let step = 2 * Double.pi / Double(nodeCount)
    let count = Double(saddle.classCount)
    let kappa = saddle.variance * 1.001 / count
    let large = ClassFactor(rate: saddle.rate, tau: saddle.tau)
    let small = isSmall ? SmallRateFactor(rate: saddle.rate, classCount: saddle.classCount) : nil
    let drift = abs(saddle.drift)
    var (total, error) = (1.0, 0.0)
    for k in 1..<(lastNode + 1) {
      let t = CircleAngle(Double(k) * step)
      var node: NodeExponent
      if let small {
        node = small.exponent(t)
      } else {
        node = large.exponent(t)
        let main = saddle.radius * t.versine
        let phase = saddle.radius * t.sineRemainder
        node.real = count * node.real - main
        node.imaginary = count * node.imaginary + phase
        // Versine 9 and its product, remainder 24 and its product; products by C and sums.
        node.error =
          count * node.error + 10 * main + 25 * abs(phase)
          + 2 * (abs(node.real) + main + abs(node.imaginary) + abs(phase))
      }
      let phase = node.imaginary + saddle.drift * t.angle
      let size = exp(node.real)
      // Node N/2 is its own mirror image.
      let weight = 2 * k == nodeCount ? 1.0 : 2.0
      // |chi'/chi| <= kappa t / |chi|.
      let curve = kappa * t.angle * t.angle
      let chi = curve <= 1 ? 1 - curve / 2 : exp(node.real / count) * 0.999
      let slope = drift + count * kappa * t.angle / chi
      let bound =
        node.error + 5 * drift * t.angle + abs(phase) + 3 * t.angle * slope + 9
      total += weight * (size * cos(phase))
      // The running sum is rounded; it stays below twice the number of nodes.
      error += weight * (size * bound) + abs(total)
    }
    // Products of errors and the roundings of the bound itself are below 2^-20 of it.
    let absolute = error * 0x1p-53 * (1 + 0x1p-20) + lost
    // The drift's 2^-56 and 2^-56 times the angle, pi at most, are 1 u each node.
    return (total, absolute / (total - absolute) + 0x1p-53)
  }
}
