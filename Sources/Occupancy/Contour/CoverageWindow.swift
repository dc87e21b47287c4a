// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// Enclosures of v_n, 1 - v_n or another probability [z^n]F / [z^n]E for n, n + s, n + 2 s, ... from
/// the nodes of one circle.
///
/// F(z_k) does not depend on n: with a_k = F(z_k) e^(-2 pi i k n/N),
///
///     [z^n]F r^n = (1/N) sum_k a_k - (aliasing),   v_n = [z^n]F r^n / W_n,   W_n = r^n [z^n]E,
///
/// and from n to n + s each a_k is turned by e^(-2 pi i k s/N) (`TurningSum`). The circle serves
/// the degrees n0 - h...n0 + h around its saddle point n0, with N larger by h than for n0 alone,
/// where the bounds for n0 hold (Theorem 7).
///
/// P(S = n) falls like e^(-x^2/2), x = (n - n0)/sigma: at x = 3 by 6.5 bits, which the plan adds.
struct CoverageWindow {
  /// The bits that circles can give.
  static let largestPrecision = 98

  /// The degree of `next()`.
  private(set) var degree: Int
  /// sigma of the circle.
  let deviation: Double
  private let last: Int
  private let step: Int
  /// M without replacement.
  private let items: Int?
  /// The sum of the a_k.
  private var sum = TurningSum()
  /// 1/(N W_n).
  private var scale = ComplexWord()
  /// (M r)^-s, or r^-s without replacement.
  private var shrinkage = ComplexWord()

  /// A circle for F, nil where it would serve few degrees.
  ///
  /// - Parameters:
  ///   - drawn: How labels are drawn, if not as F has it.
  ///   - first: The first degree, above the lowest of the function.
  ///   - last: The largest degree that is asked for, below its highest.
  ///   - step: s.
  ///   - precision: The bits that enclosures are to have.
  ///   - deviation: sigma, if it is known about.
  init?(
    _ function: some GeneratingFunction, _ drawn: SamplingScheme? = nil, from first: Int,
    through last: Int, step: Int, precision: Int, deviation known: Double? = nil
  ) {
    let sigma = known ?? ContourPlan(function, degree: first, bits: 20).deviation
    guard sigma < 0x1p40 else { return nil }
    let end = min(last, first + 2 * max(1, Int(saturating: min(3 * sigma, 0x1p60))))
    guard (end - first) / step >= 3 else { return nil }
    let center = first + (end - first) / 2
    let plan = ContourPlan(function, degree: center, bits: Double(precision + 12))
    let nodeCount = plan.nodeCount + (end - first) / 2 + 1
    // At angles no smaller than that of node K0 + 1 of the plan.
    let isWhole = 2 * plan.lastNode >= plan.nodeCount - 1
    guard nodeCount < 1 << 21 else { return nil }
    let part = ((plan.lastNode + 1) * nodeCount + plan.nodeCount - 1) / plan.nodeCount
    let lastNode = isWhole ? nodeCount / 2 : min(nodeCount / 2, part)
    guard lastNode < 4096 else { return nil }

    (degree, self.last, self.step, deviation) = (first, end, step, plan.deviation)
    let (law, sampling) = (function.law, drawn ?? function.sampling)
    items = sampling == .withoutReplacement ? law.itemCount : nil
    let lost = LostUnits(function.product, plan, degree: center, perFactor: 4, isRotated: false)
    let nodes = (
      count: nodeCount, last: lastNode, radius: plan.radius,
      precision: precision + 12 + Int(saturating: lost.bits())
    )
    if nodes.precision <= FixedArithmetic.precision {
      addNodes(nodes, of: function) { (value: borrowing ComplexWord) in copy value }
    } else {
      addNodes(nodes, of: function) { (value: borrowing ComplexBall) in
        var word = ComplexWord()
        word.set(value)
        return word
      }
    }
    // The sum of the a_k is N times the coefficient.
    let cutOff = isWhole ? .zero : plan.cutOffBound(function)
    sum.widen(
      by: (plan.aliasBound(function, degree: center) + cutOff) * Magnitude(Double(nodeCount)))
    setWeight(law, sampling, radius: plan.radius, nodeCount: nodeCount)
  }

  /// Whether `next()` has a degree left.
  var isFinished: Bool { degree > last }

  /// The probability of `degree`, after which the next degree is up.
  mutating func next() -> ComplexWord {
    var probability = sum.value
    probability.multiply(by: scale, ComplexWord.Scratch())
    let before = degree
    degree += step
    if !isFinished { advance(from: before) }
    return probability
  }

  /// W_(n+1)/W_n = M r/(n + 1), or r (M - n)/(n + 1).
  private mutating func advance(from n: Int) {
    sum.advance()
    scale.multiply(by: shrinkage, ComplexWord.Scratch())
    (n + 1...n + step).forProducts { scale.multiply(by: $0) }
    if let items { (items - n - step + 1...items - n).forProducts { scale.divide(by: $0) } }
  }

  /// Adds the a_k of nodes 0...K of N on the circle of radius r; those that have a mirror image
  /// count twice.
  private mutating func addNodes<Number: RigorousComplex & ~Copyable>(
    _ nodes: (count: Int, last: Int, radius: Double, precision: Int),
    of function: some GeneratingFunction, word: (borrowing Number) -> ComplexWord
  ) {
    // F(z) errs by about n times what z errs by; the precision makes up for that.
    let evaluator = function.makeEvaluator(Number.self, precision: nodes.precision)
    let scratch = Number.makeScratch(precision: nodes.precision)
    var point = Number(precision: nodes.precision)
    var value = Number(precision: nodes.precision)
    for k in 0...nodes.last {
      point.setRootOfUnity(k, of: nodes.count)
      point.multiply(by: nodes.radius, scratch)
      evaluator.evaluate(point, into: &value)
      // k N < 2^33
      point.setRootOfUnity(k * (degree % nodes.count) % nodes.count, of: nodes.count)
      point.conjugate()
      value.multiply(by: point, scratch)
      if k > 0 && 2 * k != nodes.count { value.scale(byPowerOfTwo: 1) }
      sum.append(word(value), turningBy: k * (step % nodes.count) % nodes.count, of: nodes.count)
    }
  }

  /// `scale` for the first degree and what leads from one to the next.
  private mutating func setWeight(
    _ law: LabelLaw, _ sampling: SamplingScheme, radius: Double, nodeCount: Int
  ) {
    // A power loses the bits of its exponent; both have 128 bits then.
    let precision = 144 + max(degree, step).bitLength
    var weight = law.drawWeight(sampling, degree, radius: radius, precision: precision)
    weight.multiply(by: nodeCount)
    scale.set(weight)
    scale.formReciprocal(ComplexWord.Scratch())
    var growth = RealBall(precision: precision)
    growth.set(radius)
    growth.value.scale(byPowerOfTwo: -law.unitExponent)
    if items == nil { growth.multiply(by: RealBall(law.total, precision: precision)) }
    growth.formPower(step)
    shrinkage.set(growth)
    shrinkage.formReciprocal(ComplexWord.Scratch())
  }
}
