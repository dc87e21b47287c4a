// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// P(D_n = d) for a range of d by the trapezoidal rule on the torus |z| = r, |y| = s.
///
/// H(y, z) = prod_c (1 + y (g^(w_c) - 1)) = sum_d y^d H_d(z) is evaluated at N nodes z_k and M nodes
/// y_l; then
///
///     A_d = (1/(MN)) sum_(k,l) H(y_l, z_k) z_k^-n y_l^-d r^n s^d = sum_(i,j) [z^(n+jN)]H_(d+iM) s^(d+iM) r^(n+jN),
///
/// the wanted term, i = j = 0, plus others that are not negative.
///
/// * i = 0: aliasing of the series s^d H_d on the circle (`DistinctSeries`, `ContourPlan.aliasBound`).
/// * i != 0: at most sum_(i != 0) s^(d+iM) H_(d+iM)(r), two tails of the tilted D, which Chernoff's
///   inequality bounds at other tilts.
/// * Nodes z beyond a cut-off are left out. They carry s^d H_d(z), which has a majorant, and the terms
///   i != 0, at most their values at r once more.
/// * Pairs (y, z) for which `TiltSizes` shows that |H| is negligible are left out as well.
///
/// One torus serves the d to which the tilted law gives at least 2^-24 of its peak. As H is real on
/// the real axes, the nodes -k, -l contribute conjugates.
struct OccupancyWindow {
  /// The d that are enclosed.
  let range: ClosedRange<Int>
  private let values: [Enclosure]

  /// P(D_n = d).
  subscript(distinctCount: Int) -> Enclosure { values[distinctCount - range.lowerBound] }

  /// Evaluates the nodes of a plan.
  ///
  /// - Parameter precision: The working precision, in bits.
  init(plan: OccupancyPlan, precision: Int) {
    range = plan.range
    let function = plan.function
    let (m, n) = (plan.tiltCount, plan.draws.nodeCount)
    let (sums, nodeError, omitted) = Self.sumOverDraws(plan, precision)
    // E(z) r^n counts all draws; A_d carries the factor s^d.
    let all = function.sampling.drawWeight(
      total: function.law.total, drawCount: plan.drawCount, radius: plan.draws.radius,
      unit: function.law.unitExponent, precision: precision)
    let lost = plan.lostMagnitude
    let share = Magnitude(1 / (Double(m) * Double(n)) * (1 + 0x1p-49))
    let roots = Self.roots(of: m, precision)
    let scratch = ComplexBall.Scratch(precision: precision)
    var term = ComplexBall(precision: precision)
    var values: [Enclosure] = []
    for d in range {
      var sum = Accumulator(precision: precision)
      var error = nodeError
      for l in 0..<m {
        term.set(sums[l].ball)
        term.multiply(by: roots[(l * (d % m)) % m].ball, scratch)
        term.addRealPart(doubled: false, to: &sum, error: &error)
      }
      error = error * share
      sum.divide(by: m, rounding: .nearest)
      sum.divide(by: n, rounding: .nearest)
      // Two divisions, each rounded once.
      error = error + Magnitude(sum) * RelativeError.rounding(precision: precision - 2)
      let symmetric = Enclosure(center: sum, radius: error + lost.cutOff + omitted * share)
      let coefficient = symmetric.subtracting(
        Enclosure(lower: Real(0), upper: lost.aliasing.real), precision: precision)
      var weight = function.tilt.ball(precision: precision)
      weight.formPower(d)
      weight.multiply(by: all)
      values.append(
        coefficient.nonnegative.divided(by: weight.enclosure(), precision: precision)
          .clampedToProbability)
    }
    self.values = values
  }

  /// For every y node l, a sum over z nodes of H(y_l, z_k) e^(-2 pi i k n/N); node k > 0 counts twice, for
  /// -k. The error is of the sum over all l, and `omitted` what it lacks at most.
  private struct NodeSums: Sendable {
    let sums: [BallBox]
    var error = Magnitude.zero
    var omitted = Magnitude.zero
  }

  /// As many nodes z share an evaluator.
  private static let blockSize = 4

  /// The sums over all nodes. Blocks of nodes are summed on all cores, then in order: the result does
  /// not depend on the number of threads.
  private static func sumOverDraws(
    _ plan: OccupancyPlan, _ precision: Int
  ) -> (sums: [BallBox], error: Magnitude, omitted: Magnitude) {
    let count = plan.draws.lastNode + 1
    let work = count * plan.tiltCount * plan.function.law.groups.count
    let blocks = Parallel.map((count - 1) / blockSize + 1, isWorthwhile: work > 4000) { block in
      let first = block * blockSize
      return sum(first..<min(first + blockSize, count), plan, precision)
    }
    var total = blocks[0]
    for block in blocks.dropFirst() {
      total.error = total.error + block.error
      total.omitted = total.omitted + block.omitted
      for (sum, part) in zip(total.sums, block.sums) {
        total.error = total.error + sum.ball.addMidpoint(of: part.ball)
      }
    }
    return (total.sums, total.error, total.omitted)
  }

  /// The sums over a range of nodes z.
  private static func sum(
    _ range: Range<Int>, _ plan: OccupancyPlan, _ precision: Int
  ) -> NodeSums {
    let draws = plan.draws
    let m = plan.tiltCount
    let evaluator = OccupancyFunction.Evaluator(plan.function, precision: precision)
    let scratch = ComplexBall.Scratch(precision: precision)
    let tilts = roots(of: m, precision)
    var tilt = ComplexBall(precision: precision)
    tilt.set(plan.function.tilt.ball(precision: precision))
    for box in tilts {
      box.ball.conjugate()
      box.ball.multiply(by: tilt, scratch)
    }
    var result = NodeSums(sums: (0..<m).map { _ in BallBox(precision: precision) })
    let precise = precision + WeightPowers.guardBits
    let nodes = CircleNodes(
      count: draws.nodeCount, degree: plan.drawCount, first: range.lowerBound, precision: precise)
    let pointScratch = ComplexBall.Scratch(precision: precise)
    var point = ComplexBall(precision: precise)
    var value = ComplexBall(precision: precision)
    var phase = ComplexBall(precision: precision)
    var sizes = TiltSizes(plan.function)
    for k in range {
      if k > range.lowerBound { nodes.advance() }
      point.set(nodes.direction)
      point.multiply(by: draws.radius, pointScratch)
      evaluator.begin(at: point)
      sizes.set(evaluator.seen)
      phase.set(nodes.phase)
      // Node N/2, if there is one, is its own mirror image.
      let isDoubled = k > 0 && 2 * k != draws.nodeCount
      for l in 0..<m {
        let bound = sizes.logBound(tiltAngle: 2 * Double.pi * Double(l) / Double(m))
        if bound < plan.logPeak - plan.negligibleNats {
          result.omitted = result.omitted + Magnitude(exponential: bound + (isDoubled ? 0.7 : 0))
          continue
        }
        evaluator.evaluate(tilt: tilts[l].ball, into: &value)
        value.multiply(by: phase, scratch)
        if isDoubled { value.multiply(by: 2) }
        result.error = result.error + result.sums[l].ball.addMidpoint(of: value)
      }
    }
    return result
  }

  /// e^(-2 pi i l/m) for l = 0..<m.
  private static func roots(of m: Int, _ precision: Int) -> [BallBox] {
    (0..<m).map { l in
      let box = BallBox(precision: precision)
      box.ball.setRootOfUnity(l, of: m)
      box.ball.conjugate()
      return box
    }
  }
}
