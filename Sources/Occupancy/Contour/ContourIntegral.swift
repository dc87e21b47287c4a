// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// [z^n]F by the trapezoidal rule on the circle of radius r, with every error bounded (Theorems 1
/// and 2).
///
/// With N nodes z_k = r e^(2 pi i k/N) the sum A = (1/N) sum_k F(z_k) z_k^-n is the wanted
/// coefficient plus coefficients that are not negative, at most `ContourPlan.aliasBound`; nodes
/// beyond K, left out, are at most `ContourPlan.cutOffBound`. As F is real on the real axis, node -k
/// contributes the conjugate of node k.
struct ContourIntegral<Function: GeneratingFunction> {
  let function: Function
  let degree: Int
  let plan: ContourPlan

  /// An enclosure of [z^n]F r^n.
  ///
  /// - Parameters:
  ///   - arithmetic: What nodes are evaluated in.
  ///   - precision: The working precision of the sum, and of nodes where the arithmetic has a
  ///     choice, in bits.
  func scaledCoefficient<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, precision: Int
  ) -> Enclosure {
    var sum = Accumulator(precision: precision)
    var error = addNodes(arithmetic, to: &sum)
    sum.divide(by: plan.nodeCount, rounding: .nearest)
    error = error * Magnitude(1 / Double(plan.nodeCount) * (1 + 0x1p-50))
    error = error + Magnitude(sum) * RelativeError.rounding(precision: precision)
    return Enclosure(center: sum, radius: error + plan.cutOffBound(function)).subtracting(
      aliases: plan.aliasBound(function, degree: degree), precision: precision)
  }

  /// As many nodes share the cost of an evaluator and of their first direction.
  private static var blockSize: Int { 8 }
  /// Factors of all nodes for which threads are worthwhile: a quarter of a millisecond.
  private static var parallelLimit: Int { 600 }
  /// What a node costs besides its factors, in factors.
  private static var nodeCost: Int { 15 }

  /// Adds the real part of sum_(|k| <= K) F(z_k) e^(-2 pi i k n/N) and returns what it errs by.
  ///
  /// Where threads are worthwhile, blocks of nodes are summed on their own, then in order: the
  /// result does not depend on the number of threads.
  private func addNodes<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, to sum: inout Accumulator
  ) -> Magnitude {
    let count = plan.lastNode + 1
    let limit = Self.parallelLimit * (Number.isFixed ? 8 : 1)
    let isWorthwhile = count > limit / (function.product.factors.count + Self.nodeCost)
    let size = isWorthwhile ? Self.blockSize : count
    let precision = sum.precision
    let blocks = Parallel.map((count - 1) / size + 1, isWorthwhile: isWorthwhile) { i in
      var part = Accumulator(precision: precision)
      let error = add(arithmetic, nodes: i * size..<min((i + 1) * size, count), to: &part)
      return (part: Real(part), error: error)
    }
    return blocks.reduce(.zero) { error, block in
      sum.add(block.part, rounding: .nearest)
      // The addition rounds once.
      return error + block.error + Magnitude(sum) * RelativeError.rounding(precision: precision)
    }
  }

  /// Adds the nodes of a range and their mirror images, and returns what they err by.
  ///
  /// A node that is small takes as many bits less: the precision falls in steps.
  private func add<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, nodes range: Range<Int>, to sum: inout Accumulator
  ) -> Magnitude {
    // F(z) errs by about n times what z errs by.
    let nodes = CircleNodes<Number>(
      count: plan.nodeCount, degree: degree, first: range.lowerBound,
      precision: sum.precision + WeightPowers<Number>.guardBits)
    var current: Level<Number>?
    var error = Magnitude.zero
    for k in range {
      if k > range.lowerBound { nodes.advance() }
      let needed =
        Number.isFixed
        ? sum.precision : fastPrecision(atLeast: max(32, sum.precision - plan.decline(atNode: k)))
      let level =
        current.flatMap { $0.precision == needed ? $0 : nil } ?? Level(function, precision: needed)
      current = level
      level.evaluate(nodes, radius: plan.radius)
      level.value.addRealPart(doubled: nodes.isDoubled, to: &sum, error: &error)
    }
    return error
  }

  /// What evaluates nodes at one precision.
  private final class Level<Number: RigorousComplex & ~Copyable> {
    let precision: Int
    var value: Number
    private let evaluator: NodeEvaluator<Number>
    private var point, phase: Number
    private let scratch, pointScratch: Number.Scratch

    init(_ function: Function, precision: Int) {
      self.precision = precision
      evaluator = function.makeEvaluator(Number.self, precision: precision)
      value = Number(precision: precision)
      let precise = precision + WeightPowers<Number>.guardBits
      point = Number(precision: precise)
      pointScratch = Number.makeScratch(precision: precise)
      phase = Number(precision: precision)
      scratch = Number.makeScratch(precision: precision)
    }

    /// value = F(z_k) e^(-2 pi i k n/N) at the node where `nodes` stands.
    func evaluate(_ nodes: CircleNodes<Number>, radius: Double) {
      point.set(nodes.direction)
      point.multiply(by: radius, pointScratch)
      evaluator.evaluate(point, into: &value)
      phase.set(nodes.phase)
      value.multiply(by: phase, scratch)
    }
  }
}
