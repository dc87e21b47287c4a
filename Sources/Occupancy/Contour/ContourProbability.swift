// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The probability [z^n]F / W, W the weight of all draws, by the contour integral at rising
/// precision: in the arithmetic of fixed size where that should do, else in balls.
struct ContourProbability<Function: GeneratingFunction>: Sendable {
  let function: Function
  /// n.
  let degree: Int
  /// W r^n for a radius r, at a precision in bits.
  let weight: @Sendable (_ radius: Double, _ precision: Int) -> RealBall

  /// An enclosure of relative width at most 2^-precision: the working precision starts with the
  /// bits that the product over classes loses, and what was missing then is added.
  func enclosure(precision: Int) throws -> Enclosure {
    var seconds = 0.0
    return try Refinement.enclosure(of: "the contour integral", precision: precision, spare: 0) {
      working in
      let isFirst = seconds == 0
      let plan = ContourPlan(function, degree: degree, bits: Double(working + 8))
      let integral = ContourIntegral(function: function, degree: degree, plan: plan)
      let lost = LostUnits(function.product, integral.plan, degree: degree, perFactor: 4)
      let bits = Double(working + 3)
      seconds += function.seconds(integral.plan, work: function.work, bits: bits + lost.bits())
      try CapacityError.check(
        seconds,
        "the contour integral of \(integral.plan.lastNode + 1) nodes for "
          + "\(function.law.classCount) classes and \(degree) draws",
        suggestion: "ask for fewer digits")
      return isFirst && lost.fitsWords(bits)
        ? probability(ComplexWord.self, integral, precision: FixedArithmetic.precision)
        : probability(ComplexBall.self, integral, precision: lost.ballPrecision(bits))
    }
  }

  private func probability<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, _ integral: ContourIntegral<Function>, precision: Int
  ) -> Enclosure {
    // W r^n is a power, which errs by about n units.
    let all = weight(integral.plan.radius, precision + degree.bitLength + 4).enclosure()
    return integral.scaledCoefficient(arithmetic, precision: precision).probability(
      of: all, precision: precision)
  }
}

extension ContourProbability {
  /// The probability that n draws are among those that F counts.
  init(_ function: Function, _ sampling: SamplingScheme? = nil, drawCount n: Int) {
    let (law, sampling) = (function.law, sampling ?? function.sampling)
    self.init(function: function, degree: n) { radius, precision in
      law.drawWeight(sampling, n, radius: radius, precision: precision)
    }
  }
}

/// What a product over classes loses at a node of a circle, in units of the last place.
///
/// g^w - 1 errs by the units that g^w has, times 1/(1 - g^-w) < 1 + 1/l, l = w ln g, where it
/// cancels; a subtraction and a complex product add another four, and the errors of all classes
/// add up. Node k errs by 3k units with guard bits, which the degree, and an anchor by 3w, which
/// M multiplies.
struct LostUnits {
  /// Those of the factors, those of nodes in words, and those that guard bits make smaller.
  private let factors, nodes, chainedNodes: Double

  /// - Parameters:
  ///   - degree: What the nodes' errors are multiplied by.
  ///   - perFactor: What the operations on one factor add.
  ///   - isRotated: Whether nodes follow from one another.
  init(
    _ product: OccupancyProduct, _ plan: ContourPlan, degree: Int, perFactor: Double,
    isRotated: Bool = true
  ) {
    let (law, sampling) = (product.law, product.sampling)
    let freePosition = FactorPowers<ComplexBall>.weights(product.requirement).freePosition
    var roundings = product.requirement.weightSteps(sampling).roundings
    let free = freePosition.map { roundings.remove(at: $0) } ?? 0
    let slope = sampling.logBase(plan.radius) * law.scaledTotal
    let count = plan.lastNode + 1
    let chain = isRotated ? min(count, CircleNodes<ComplexWord>.chainLength) : 1
    nodes = 3 * (Double(degree) * Double(chain) + law.scaledTotal)
    chainedNodes = 3 * (Double(degree) * Double(count) + law.scaledTotal)
    factors = zip(product.requirement.parts, roundings).reduce(1 + free) { sum, term in
      let l = slope * term.0.probability
      return sum + Double(term.0.classCount) * (term.1 * (1 + 1 / l) + perFactor)
    }
  }

  /// The bits that words lose.
  func bits() -> Double { min(log2(factors + nodes), 4096) }

  /// Whether words serve a result of so many bits.
  func fitsWords(_ bits: Double) -> Bool { spareBits(bits) != nil }

  /// The whole bits that words have beyond a result of so many; nil if they do not serve it.
  func spareBits(_ bits: Double) -> Double? {
    let spare = Double(FixedArithmetic.precision) - (bits + self.bits()).rounded(.up)
    return spare >= 0 ? spare : nil
  }

  /// The precision of balls for it.
  func ballPrecision(_ bits: Double) -> Int {
    let guarded = chainedNodes * .powerOfTwo(-WeightPowers<ComplexBall>.guardBits)
    let lost = min(log2(factors + guarded), 4096)
    return fastPrecision(atLeast: Int(saturating: (bits + lost).rounded(.up)))
  }
}
