// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The nodes of one circle in `Double`, good for all degrees within `reach` of its centre n0, with proven
/// errors: those of `UniformContour` for unequal classes and for the complement.
///
/// For the degree n both tails have the form
///
///     n! r^-n e^r e^base P,   P = (1/N) sum_k Re(a_k e^(-i (n - n0) t_k)),
///
/// with a_k = F(z_k)/F(r) e^(-i n0 t_k), base = sum_c ln(1 - e^-l_c) for v_n, and a_k = G(z_k) e^-r e^(-i n0 t_k), base = 0 for
/// 1 - v_n, G = e^z - F. Aliasing is bounded for the degrees n0 - reach + N and n0 + reach - N, the worst.
struct ApproximateCircle {
  let radius: Double
  let center: Int
  let reach: Int
  let nodeCount: Int
  let isMiss: Bool
  let base: FixedSum
  /// sigma, about.
  let deviation: Double

  /// The angle between neighbouring nodes, 2 pi/N within 2 u.
  let step: Double
  /// a_k, doubled for nodes with a mirror image.
  private(set) var real: [Double] = []
  private(set) var imaginary: [Double] = []
  /// What the sum at any degree errs by, not counting turns.
  private(set) var error = 0.0
  /// sum_k |a_k| and sum_k |a_k| t_k, weighted, from above.
  private(set) var size = 0.0
  private(set) var moment = 0.0

  static let unit = 0x1p-53
  /// What aliasing times N and the nodes left out may each be of the sum.
  private static let target = 0x1p-57
  private static let angleLimit = 1.5
  private static let nodeLimit = 1 << 12

  /// - Parameters:
  ///   - law: The law.
  ///   - center: n0 > C.
  ///   - reach: How far from n0 degrees may be.
  ///   - isMiss: Whether for 1 - v_n.
  ///   - guess: A radius to begin with.
  /// - Returns: nil where the errors could not be bounded well.
  init?(_ law: ClassRates.Law, center: Int, reach: Int, isMiss: Bool, guess: Double?) {
    let saddle = ApproximateSaddle(law, degree: center, isMiss: isMiss, guess: guess)
    // `FixedLogarithm` takes r/n.
    guard let radius = saddle.radius, abs(log2(radius / Double(center))) < 30 else { return nil }
    self.radius = radius
    self.center = center
    self.reach = reach
    self.isMiss = isMiss
    deviation = saddle.variance.squareRoot()
    let rates = ClassRates(law, radius: radius)

    // P is near e^(-x^2/2) of its largest value at the ends.
    let edge = Double(reach) / max(deviation, 1)
    let width = (79 + 2 * log(10 * deviation + 1) + edge * edge).squareRoot()
    var nodes = (width * deviation + width * width / 6 + Double(reach)).rounded(.up)
    let peak = isMiss ? saddle.missRatio : 1
    let goal = Self.target * peak * exp(-edge * edge / 2)
    let plan = CirclePlan(
      rates: rates, center: Double(center), reach: Double(reach), variance: saddle.variance,
      classCount: Double(law.classCount), isMiss: isMiss)
    var alias = plan.aliasing(nodes) * nodes
    var rounds = 0
    while !(alias <= goal) && rounds < 16 {
      nodes = (nodes * 1.05 + 1).rounded(.up)
      alias = plan.aliasing(nodes) * nodes
      rounds += 1
    }
    guard alias <= goal, nodes < 0x1p40 else { return nil }
    nodeCount = Int(nodes)
    step = 2 * Double.pi / nodes

    let spread = isMiss ? radius - Double(law.classCount) : Double(center - law.classCount)
    var angle = spread > 0 ? width / spread.squareRoot() : 2
    var cut = 1.0
    rounds = 0
    while angle < Self.angleLimit && rounds < 16 {
      cut = nodes * plan.majorant(angle)
      if cut <= goal { break }
      angle *= 1.04
      rounds += 1
    }
    let isWhole = !(angle < Self.angleLimit && cut <= goal)
    let lastNode =
      isWhole
      ? nodeCount / 2 : min(Int((angle * nodes / (2 * Double.pi)).rounded(.up)), nodeCount / 2)
    guard lastNode < Self.nodeLimit else { return nil }
    let lost = alias + (isWhole ? 0 : cut)

    if isMiss {
      guard !isWhole, peak > 0x1p-900 else { return nil }
      base = FixedSum()
      addMissNodes(rates, lastNode)
    } else {
      guard let coverage = CoverageRates(rates),
        !isWhole || coverage.groups.allSatisfy({ $0.rate <= 2 }),
        !isWhole || coverage.certainCount == 0
      else { return nil }
      base = coverage.logarithm
      addCoverageNodes(coverage, lastNode, isWhole: isWhole)
    }
    // Products of errors and the roundings of the bounds themselves are below 2^-20 of them.
    error = error * Self.unit * (1 + 0x1p-20) + lost
    size *= 1 + 0x1p-20
    moment *= 1 + 0x1p-20
  }

  /// Notes a_k = e^exponent with a bound in units of u, and its weight.
  private mutating func append(
    _ k: Int, _ angle: Double, _ x: Double, _ y: Double, size node: Double, error bound: Double
  ) {
    let weight = k == 0 || 2 * k == nodeCount ? 1.0 : 2.0
    real.append(weight * x)
    imaginary.append(weight * y)
    size += weight * node
    moment += weight * node * angle
    error += weight * bound
  }

  // MARK: - Nodes

  /// a_k of F: see `ClassFactor` and `SmallRateFactor` for the classes' errors.
  ///
  /// Linear phase: drift t, drift = r - n0 + sum tau_c, within 3 u and 2^-56 C-independently. Versines of all large
  /// classes: r' (1 - cos t) with r' the sum of their rates, 3 u by compensated summation of rates within u: 13 in all,
  /// and 28 for the sines. A stored angle errs by 3 u: the exponent's derivative is at most |drift| + reach +
  /// sum_c kappa_c t/|chi_c| (see `UniformContour`).
  private mutating func addCoverageNodes(
    _ rates: CoverageRates, _ lastNode: Int, isWhole: Bool
  ) {
    var linear = rates.linear
    linear.add(1, times: radius)
    linear.add(center, times: -1)
    let drift = linear.value + rates.linearRest
    var large: [(factor: ClassFactor, count: Double, kappa: Double)] = []
    var small: [(factor: SmallRateFactor, rate: Double, count: Double, kappa: Double)] = []
    var largeRate = CompensatedSum()
    // Classes that are always covered are large ones without a factor.
    largeRate.add(radius)
    for group in rates.groups {
      let count = Double(group.count)
      let kappa = (group.rate + group.tau) * (1 - group.tau) * 1.001 + 1e-15
      if isWhole || group.rate <= 0.5 {
        small.append(
          (SmallRateFactor(rate: group.rate, classCount: group.count), group.rate, count, kappa))
        largeRate.add(-count * group.rate)
      } else {
        large.append((ClassFactor(rate: group.rate, tau: group.tau), count, kappa))
      }
    }
    let mainRate = large.isEmpty && rates.certainCount == 0 ? 0 : max(largeRate.value, 0)
    append(0, 0, 1, 0, size: 1, error: 0)
    for k in 1..<(lastNode + 1) {
      let t = CircleAngle(Double(k) * step)
      var (re, im) = (CompensatedSum(), CompensatedSum())
      var bound = 0.0
      var slope = abs(drift) + Double(reach)
      for (factor, count, kappa) in large {
        let node = factor.exponent(t)
        re.add(count * node.real)
        im.add(count * node.imaginary)
        bound += count * (node.error + abs(node.real) + abs(node.imaginary))
        slope += count * Self.slope(kappa, t, node.real - factor.rate * t.versine)
      }
      for (factor, _, count, kappa) in small {
        let node = factor.exponent(t)
        re.add(node.real)
        im.add(node.imaginary)
        bound += node.error
        slope += count * Self.slope(kappa, t, node.real / count)
      }
      let main = mainRate * t.versine
      let mainPhase = mainRate * t.sineRemainder
      re.add(-main)
      im.add(mainPhase)
      im.add(drift * t.angle)
      // The rates' sum is off by 3 u of r.
      bound +=
        10 * main + 3 * radius * t.versine + 25 * abs(mainPhase) + 3 * radius * abs(t.sineRemainder)
      if rates.certainCount > 0 {
        bound += 2.2 * Double(rates.certainCount) * exp(-59.9 * (1 - t.versine)) * 0x1p53
        slope += radius * t.angle
      }
      let (x, y) = (re.value, im.value)
      bound += 2 * (abs(x) + abs(y)) + 5 * abs(drift) * t.angle + 3 * t.angle * slope + 10
      let node = exp(x)
      append(k, t.angle, node * cos(y), node * sin(y), size: node, error: node * bound)
    }
    // The drift's 2^-56, times angles of at most pi.
    error += 3
  }

  /// kappa t/|chi| from above for one class.
  private static func slope(_ kappa: Double, _ t: CircleAngle, _ logChi: Double) -> Double {
    let curve = kappa * t.angle * t.angle
    return kappa * t.angle / (curve <= 1 ? 1 - curve / 2 : exp(logChi) * 0.999)
  }

  /// a_k of G: with w = e^-x = q e^a e^(-ib), q = e^-l, a = l (1 - cos t), b = l sin t,
  ///
  ///     G(z) e^-z = 1 - prod_c (1 - w_c) = -expm1(sum_c ln(1 - w_c)).
  ///
  /// Errors in units of u: w by 6 for q, 11 a + 4 for e^a, 1 for the product and 6 b + 5 for the phase, of |w|;
  /// ln(1 - w) by that over |1 - w| and 15 |w|/|1 - w|^2 for its own operations (cosine product, square, sum, log1p
  /// and arctangent): below (32 + 11 a + 6 b) |w|/(1 - |w|)^2. With y = ln prod: expm1(y) by |e^y| times that, and
  /// 12 |y| e^|y| for its operations. The factor e^(r (e^(it) - 1) - i n0 t): 10 for r (1 - cos t), 25 for the
  /// sine's remainder and 2 for the rest of the phase. An angle errs by 3 u; the derivative of the factor is at
  /// most |r - n0| + reach + r t times it, that of G e^-z at most |e^y| sum_c l |w|/(1 - |w|).
  private mutating func addMissNodes(_ rates: ClassRates, _ lastNode: Int) {
    let offset = radius - Double(center)
    let groups = rates.groups.map {
      (rate: $0.rate, q: exp(-$0.rate) * (1 - $0.rest), count: Double($0.count))
    }
    for k in 0..<(lastNode + 1) {
      let t = CircleAngle(Double(k) * step)
      var (re, im) = (CompensatedSum(), CompensatedSum())
      var (bound, slope) = (0.0, 0.0)
      for (rate, q, count) in groups {
        // The largest classes are never missed: q e^a is 0.
        let a = min(rate * t.versine, 600)
        let w = q * exp(a)
        if w == 0 { continue }
        let b = rate * t.sine
        let (c, s) = (w * cos(b), w * sin(b))
        re.add(count * 0.5 * log1p(w * w - 2 * c))
        im.add(count * atan(s / (1 - c)))
        let room = 1 - w
        guard room > 0.05 else {
          error = .infinity
          return
        }
        bound += count * w / (room * room) * (34 + 11 * a + 6 * b)
        slope += count * rate * w / room
      }
      let (x, y) = (re.value, im.value)
      let power = exp(x)
      let half = sin(y / 2)
      let missRe = 2 * power * half * half - expm1(x)
      let missIm = -power * sin(y)
      let all = power * bound + 12 * (abs(x) + abs(y)) * exp(abs(x))
      let main = radius * t.versine
      let remainder = radius * t.sineRemainder
      let phase = offset * t.angle + remainder
      let scale = exp(-main)
      let (u, v) = (scale * cos(phase), scale * sin(phase))
      let missSize = abs(missRe) + abs(missIm)
      let turning =
        10 * main + 26 * abs(remainder) + 3 * abs(offset) * t.angle + 14
        + 3 * t.angle * (abs(offset) + Double(reach) + radius * t.angle)
      append(
        k, t.angle, u * missRe - v * missIm, u * missIm + v * missRe, size: scale * missSize,
        error: scale * (all + missSize * turning + 3 * t.angle * power * slope))
    }
  }
}
