// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// What a torus evaluates.
struct TorusPlan {
  /// n.
  let degree: Int
  /// The nodes z.
  let draws: ContourPlan
  /// The nodes y, with the tilt s.
  let tilts: TiltNodes
  /// M, the number of nodes y.
  let tiltCount: Int
  /// ln of what is negligible of a node.
  let logNegligible: Double
  /// Which powers of s y are told apart by `GroupSeries`, with M = 1, instead of by nodes y.
  var series: CoefficientRange?

  var product: OccupancyProduct { tilts.product }

  /// How long all nodes take, about, were none negligible.
  func seconds(bits: Double) -> Double {
    // A product and three sums of each class size count as two products.
    let work =
      series.map { Double(2 * $0.steps * product.counts.count) + product.groupWork }
      ?? product.tiltWork(tiltCount)
    return Double(draws.lastNode + 1) * work * OperationCost.complex(bits: bits + lost.bits())
  }

  /// What H loses at a node: ten units for the operations on a factor.
  var lost: LostUnits { LostUnits(product, draws, degree: degree, perFactor: 10) }
}

/// Sums of H(y, z) over the nodes z of a circle, one for each node y of another: two coefficients
/// at once (Theorem 6).
///
///     S_l = sum_k H(y_l, z_k) e^(-2 pi i k n/N),  z_k = r e^(2 pi i k/N),  y_l = s e^(2 pi i l/M),
///
/// so that with weights kappa_l of the nodes y, and H_d(z) = [y^d] H(y, z),
///
///     (1/(MN)) sum_l kappa_l S_l
///       = sum_d [z^n]H_d s^d r^n (1/M) sum_l kappa_l e^(2 pi i l d/M) + aliases.
///
/// As H is real on the real axes, the nodes -k, -l contribute conjugates: node k > 0 counts twice,
/// and only the real part of a sum over all l is of use. Pairs (y, z) for which `TiltSizes` shows
/// that |H| is negligible are left out.
struct Torus<Number: RigorousComplex & ~Copyable> {
  private let plan: TorusPlan
  private let precision: Int
  /// [z^n]E r^n.
  private let all: Enclosure
  /// S_l, or sums of s^d H_d(z_k) for a range of d, and what each errs by.
  private let sums: [BallBox<Number>]
  private let errors: [Magnitude]

  /// As many nodes z share an evaluator.
  private static var blockSize: Int { 4 }

  /// Sums over all nodes z. Blocks of them are summed on all cores, then in order: the result does
  /// not depend on the number of threads.
  ///
  /// - Parameter precision: The working precision, in bits, for an arithmetic that has a choice.
  init(_ plan: TorusPlan, precision: Int) {
    self.plan = plan
    self.precision = precision
    all = plan.product.drawWeight(plan.degree, radius: plan.draws.radius, precision: precision)
      .enclosure()
    let count = plan.draws.lastNode + 1
    let work = count * plan.tiltCount * plan.product.factors.count
    let blocks = Parallel.map(
      (count - 1) / Self.blockSize + 1, isWorthwhile: work > (Number.isFixed ? 32000 : 4000)
    ) { block in
      let first = block * Self.blockSize
      return Self.sum(first..<min(first + Self.blockSize, count), plan, precision)
    }
    let sums = blocks[0].sums
    var errors = blocks[0].errors
    for block in blocks.dropFirst() {
      for l in sums.indices {
        errors[l] = errors[l] + block.errors[l] + sums[l].ball.addMidpoint(of: block.sums[l].ball)
      }
    }
    (self.sums, self.errors) = (sums, errors)
  }

  /// The sums over a range of nodes z.
  private static func sum(_ range: Range<Int>, _ plan: TorusPlan, _ precision: Int) -> (
    sums: [BallBox<Number>], errors: [Magnitude]
  ) {
    let (draws, m) = (plan.draws, plan.tiltCount)
    let powers = FactorPowers<Number>(plan.product, precision: precision)
    let parts = plan.product.requirement.parts
    let exponents = parts.map(\.classCount)
    // Powers of y are told apart by a series, or by values at y.
    let isSeries = plan.series != nil
    let factors = LinearFactors<Number>(
      exponents: isSeries ? [] : exponents, pointCount: m, precision: precision)
    let series = GroupSeries<Number>(exponents: isSeries ? exponents : [], precision: precision)
    let short = parts.map { _ in BallBox<Number>(precision: precision) }
    let reached = parts.map { _ in BallBox<Number>(precision: precision) }
    // L and s U, for the loop over all y, which are s times a root of unity each.
    let low = BallVector<Number>(count: parts.count, precision: precision)
    let high = BallVector<Number>(count: parts.count, precision: precision)
    let scratch = Number.makeScratch(precision: precision)
    let turns = BallBox<Number>.roots(of: isSeries ? 0 : m, precision: precision)
    var tilt = Number(precision: precision)
    tilt.set(plan.tilts.tilt.ball(precision: precision))
    let turnError = turns.map { $0.ball.error }.max() ?? .exact
    let sums = (0..<(plan.series?.range.count ?? m)).map { _ in
      BallBox<Number>(precision: precision)
    }
    var errors = sums.map { _ in Magnitude.zero }
    let precise = precision + WeightPowers<Number>.guardBits
    let nodes = CircleNodes<Number>(
      count: draws.nodeCount, degree: plan.degree, first: range.lowerBound, precision: precise)
    let pointScratch = Number.makeScratch(precision: precise)
    var point = Number(precision: precise)
    var value = Number(precision: precision)
    var phase = Number(precision: precision)
    var sizes = TiltSizes(plan.product, tilt: plan.tilts.tilt)
    let logFree = plan.product.logFree(draws.radius)
    for k in range {
      if k > range.lowerBound { nodes.advance() }
      point.set(nodes.direction)
      point.multiply(by: draws.radius, pointScratch)
      powers.begin(at: point)
      for i in parts.indices {
        powers.next()
        short[i].ball.set(powers.short.ball)
        reached[i].ball.set(powers.reached.ball)
        low[i].set(powers.short.ball)
        high[i].set(powers.reached.ball)
        high[i].multiply(by: tilt, scratch)
      }
      phase.set(nodes.phase)
      powers.multiplyByFree(&phase)
      if let range = plan.series {
        if nodes.isDoubled { phase.multiply(by: 2) }
        series.forEach(in: range, of: high, times: phase) { index, coefficient in
          errors[index] = errors[index] + sums[index].ball.addMidpoint(of: coefficient)
        }
        continue
      }
      factors.begin(low, high, error: turnError)
      sizes.set(short: short, reached: reached)
      // Beside a node that is far from negligible none is, so that none need be bounded first.
      var isBeside = false
      for l in 0..<m {
        if !isBeside {
          let bound = sizes.logBound(tiltAngle: 2 * Double.pi * Double(l) / Double(m))
          if bound + logFree < plan.logNegligible {
            let left = Magnitude(exponential: bound + (nodes.isDoubled ? 0.7 : 0))
            errors[l] = errors[l] + left * phase.bound
            continue
          }
        }
        factors.evaluate(at: turns[l].ball, square: turns[2 * l % m].ball, into: &value)
        value.multiply(by: phase, scratch)
        isBeside = value.size.approximateLog2 * ln2 > plan.logNegligible + 4
        if nodes.isDoubled { value.multiply(by: 2) }
        errors[l] = errors[l] + sums[l].ball.addMidpoint(of: value)
      }
    }
    return (sums, errors)
  }

  /// The probability that (1/(MN)) sum_l kappa_l S_l makes up in units of s^d [z^n]E r^n.
  ///
  /// - Parameters:
  ///   - d: The power of s that the kernel carries.
  ///   - lost: What is left out, at most `cutOff` in size either way, and between 0 and `aliasing`
  ///     too much.
  ///   - kernel: kappa_l, unless d is of the range of a series, which has its own sum.
  func probability(
    _ d: Int, lost: (cutOff: Magnitude, aliasing: Magnitude), kernel: (_ l: Int) -> BallBox<Number>
  ) -> Enclosure {
    let scratch = Number.makeScratch(precision: precision)
    var term = Number(precision: precision)
    var sum = Accumulator(precision: precision)
    var error = Magnitude.zero
    if let range = plan.series?.range {
      error = errors[d - range.lowerBound]
      sums[d - range.lowerBound].ball.addRealPart(doubled: false, to: &sum, error: &error)
    }
    for l in plan.series == nil ? sums.indices : 0..<0 {
      let weight = kernel(l)
      term.set(sums[l].ball)
      term.multiply(by: weight.ball, scratch)
      term.addRealPart(doubled: false, to: &sum, error: &error)
      error = error + errors[l] * weight.ball.bound
    }
    let (m, n) = (plan.tiltCount, plan.draws.nodeCount)
    error = error * Magnitude(1 / (Double(m) * Double(n)) * (1 + 0x1p-49))
    sum.divide(by: m, rounding: .nearest)
    sum.divide(by: n, rounding: .nearest)
    // Two divisions, each rounded once.
    error = error + Magnitude(sum) * RelativeError.rounding(precision: precision - 2)
    var tilt = plan.tilts.tilt.ball(precision: precision)
    tilt.formPower(d)
    let weight = tilt.enclosure().multiplied(by: all, precision: precision)
    return Enclosure(center: sum, radius: error + lost.cutOff).subtracting(
      aliases: lost.aliasing, precision: precision
    ).probability(of: weight, precision: precision)
  }
}

/// The circle of y for one radius of z: how many nodes serve a range of numbers d, and what the
/// others alias at most.
///
/// With M nodes every d' outside the range is an alias of d' + iM inside, so what is left is at most
/// the two tails sum_(d' >= lo + M) and sum_(d' <= hi - M) of s^d' H_d'(r) (Theorem 6); a sum is
/// empty beyond the number of classes or below 0. Chosen in `Double` arithmetic: a poor choice makes
/// the error large, never its bound wrong.
struct TiltNodes {
  let product: OccupancyProduct
  let radius: Double
  /// s.
  let tilt: Tilt
  private let logTilt: Double
  /// How far beyond the starting points something counts that is not negligible, and ln(t/s) for
  /// the best bounds there.
  let up, down: (nodes: Double, tilt: Double)

  /// - Parameters:
  ///   - up: The d from which the reach upward is counted, and `down` downward.
  ///   - nats: -ln of the error to aim at, relative to H(s, r).
  init(
    _ product: OccupancyProduct, radius: Double, logTilt: Double, up upward: Double,
    down downward: Double, nats: Double
  ) {
    (self.product, self.radius, self.logTilt) = (product, radius, logTilt)
    tilt = Tilt(log: logTilt)
    let classes = product.tilt(radius)
    let deviation = max(classes.deviation(logTilt), 1e-3)
    let here = classes.logProduct(logTilt)
    func reach(_ sign: Double, from center: Double) -> (nodes: Double, tilt: Double) {
      ContourPlan.chernoff(nats, deviation, center, sign) {
        classes.logProduct(logTilt + $0) - here
      }
    }
    (up, down) = (reach(1, from: upward), reach(-1, from: downward))
  }

  /// sum_(d >= first) s^d H_d(r), from above.
  func above(_ first: Int) -> Magnitude {
    first <= product.requirement.classCount ? bound(logTilt + up.tilt, first) : .zero
  }

  /// sum_(d <= last) s^d H_d(r), from above.
  func below(_ last: Int) -> Magnitude { last >= 0 ? bound(logTilt - down.tilt, last) : .zero }

  /// (s/t)^d H(t, r): for t >= s at least the sum from d on, for t <= s that to d.
  private func bound(_ logTilt: Double, _ d: Int) -> Magnitude {
    let other = Tilt(log: logTilt)
    return product.value(tilt: other, at: radius) * Tilt.power(tilt, over: other, d)
  }
}
