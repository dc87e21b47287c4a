// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// Sums of H(y, z) over the nodes z of a circle, one for each node y of another: two coefficients
/// at once.
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
  /// What is evaluated.
  struct Plan {
    let product: OccupancyProduct
    /// n.
    let degree: Int
    /// The nodes z.
    let draws: ContourPlan
    /// s.
    let tilt: Tilt
    /// M, the number of nodes y.
    let tiltCount: Int
    /// ln of what is negligible of a node.
    let logNegligible: Double
  }

  private let plan: Plan
  private let precision: Int
  /// S_l, and what each errs by.
  private let sums: [BallBox<Number>]
  private let errors: [Magnitude]

  /// As many nodes z share an evaluator.
  private static var blockSize: Int { 4 }

  /// Sums over all nodes z. Blocks of them are summed on all cores, then in order: the result does
  /// not depend on the number of threads.
  ///
  /// - Parameter precision: The working precision, in bits, for an arithmetic that has a choice.
  init(_ plan: Plan, precision: Int) {
    self.plan = plan
    self.precision = precision
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
  private static func sum(
    _ range: Range<Int>, _ plan: Plan, _ precision: Int
  ) -> (sums: [BallBox<Number>], errors: [Magnitude]) {
    let (draws, m) = (plan.draws, plan.tiltCount)
    let evaluator = Evaluator(plan.product, precision: precision)
    let scratch = Number.makeScratch(precision: precision)
    let tilts = roots(of: m, precision)
    var tilt = Number(precision: precision)
    tilt.set(plan.tilt.ball(precision: precision))
    for box in tilts { box.ball.multiply(by: tilt, scratch) }
    let sums = (0..<m).map { _ in BallBox<Number>(precision: precision) }
    var errors = Array(repeating: Magnitude.zero, count: m)
    let precise = precision + WeightPowers<Number>.guardBits
    let nodes = CircleNodes<Number>(
      count: draws.nodeCount, degree: plan.degree, first: range.lowerBound, precision: precise)
    let pointScratch = Number.makeScratch(precision: precise)
    var point = Number(precision: precise)
    var value = Number(precision: precision)
    var phase = Number(precision: precision)
    var sizes = TiltSizes(plan.product, tilt: plan.tilt)
    let logFree = plan.product.logFree(draws.radius)
    for k in range {
      if k > range.lowerBound { nodes.advance() }
      point.set(nodes.direction)
      point.multiply(by: draws.radius, pointScratch)
      evaluator.begin(at: point)
      sizes.set(short: evaluator.short, reached: evaluator.reached)
      phase.set(nodes.phase)
      evaluator.multiplyByFree(&phase)
      // Node N/2, if there is one, is its own mirror image.
      let isDoubled = k > 0 && 2 * k != draws.nodeCount
      for l in 0..<m {
        let bound = sizes.logBound(tiltAngle: 2 * Double.pi * Double(l) / Double(m))
        if bound + logFree < plan.logNegligible {
          let left = Magnitude(exponential: bound + (isDoubled ? 0.7 : 0))
          errors[l] = errors[l] + left * (phase.size + phase.size * phase.error)
          continue
        }
        evaluator.evaluate(tilt: tilts[l].ball, into: &value)
        value.multiply(by: phase, scratch)
        if isDoubled { value.multiply(by: 2) }
        errors[l] = errors[l] + sums[l].ball.addMidpoint(of: value)
      }
    }
    return (sums, errors)
  }

  /// e^(2 pi i l/m) for l = 0..<m.
  static func roots(of m: Int, _ precision: Int) -> [BallBox<Number>] {
    (0..<m).map { l in
      let box = BallBox<Number>(precision: precision)
      box.ball.setRootOfUnity(l, of: m)
      return box
    }
  }

  /// (1/(MN)) sum_l kappa_l S_l and what it errs by.
  ///
  /// - Parameter kernel: kappa_l.
  func coefficient(_ kernel: (_ l: Int) -> BallBox<Number>) -> (sum: Real, error: Magnitude) {
    let scratch = Number.makeScratch(precision: precision)
    var term = Number(precision: precision)
    var sum = Accumulator(precision: precision)
    var error = Magnitude.zero
    for l in sums.indices {
      let weight = kernel(l)
      term.set(sums[l].ball)
      term.multiply(by: weight.ball, scratch)
      term.addRealPart(doubled: false, to: &sum, error: &error)
      let size = weight.ball.size
      error = error + errors[l] * (size + size * weight.ball.error)
    }
    let (m, n) = (plan.tiltCount, plan.draws.nodeCount)
    error = error * Magnitude(1 / (Double(m) * Double(n)) * (1 + 0x1p-49))
    sum.divide(by: m, rounding: .nearest)
    sum.divide(by: n, rounding: .nearest)
    // Two divisions, each rounded once.
    error = error + Magnitude(sum) * RelativeError.rounding(precision: precision - 2)
    return (Real(sum), error)
  }

  /// Evaluates prod_c (L_c + y U_c) at several y for each point z.
  private final class Evaluator {
    /// L and U of every part, after `begin`.
    let short, reached: [BallBox<Number>]
    private let isSingle: Bool
    private let powers: FactorPowers<Number>
    private let groups: GroupProduct<Number>
    private let factor: BallBox<Number>
    private let scratch: Number.Scratch

    init(_ product: OccupancyProduct, precision: Int) {
      let parts = product.requirement.parts
      isSingle = product.requirement.isSingle
      powers = FactorPowers(product, precision: precision)
      groups = GroupProduct(exponents: parts.map(\.classCount), precision: precision)
      short = parts.map { _ in BallBox(precision: precision) }
      reached = parts.map { _ in BallBox(precision: precision) }
      factor = BallBox(precision: precision)
      scratch = Number.makeScratch(precision: precision)
    }

    func begin(at point: borrowing Number) {
      powers.begin(at: point)
      for (l, u) in zip(short, reached) { powers.next(short: &l.ball, reached: &u.ball) }
    }

    func multiplyByFree(_ number: inout Number) { powers.multiplyByFree(&number) }

    func evaluate(tilt y: borrowing Number, into result: inout Number) {
      groups.begin()
      for index in reached.indices {
        factor.ball.set(reached[index].ball)
        factor.ball.multiply(by: y, scratch)
        if isSingle {
          factor.ball.add(1, scratch)
        } else {
          factor.ball.add(short[index].ball)
        }
        groups.multiply(by: factor.ball)
      }
      groups.finish(into: &result)
    }
  }
}
