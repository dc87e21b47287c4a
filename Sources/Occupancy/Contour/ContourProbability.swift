// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The probability [z^n]F / W, W the weight of all draws, by the contour integral at rising
/// precision: in the arithmetic of fixed size where that should do, else in balls.
struct ContourProbability<Function: GeneratingFunction> {
  let function: Function
  /// n.
  let degree: Int
  /// W r^n for a radius r, at a precision in bits.
  let weight: (_ radius: Double, _ precision: Int) -> RealBall

  /// Minutes of work.
  private let nodeLimit = 1 << 22

  /// An enclosure of relative width at most 2^-precision.
  ///
  /// The working precision starts with the bits that the product over classes loses. If that was
  /// not enough, what was missing is added.
  func enclosure(precision: Int) throws -> Enclosure {
    var isFirst = true
    return try Refinement.enclosure(
      of: "the contour integral", precision: precision, spare: 0
    ) { working in
      defer { isFirst = false }
      let integral = ContourIntegral(
        function: function, degree: degree, bits: Double(working + 8))
      guard integral.plan.lastNode <= nodeLimit else {
        throw CapacityError(
          request:
            "the contour integral for \(function.law.classCount) classes and degree \(degree)",
          estimate: "\(integral.plan.lastNode) nodes", suggestion: "ask for fewer digits")
      }
      let isFixed =
        isFirst
        && Double(working + 3) + lostBits(integral.plan, guardBits: 0)
          <= Double(FixedArithmetic.precision)
      return isFixed
        ? probability(ComplexWord.self, integral, precision: FixedArithmetic.precision)
        : probability(
          ComplexBall.self, integral,
          precision: fastPrecision(
            atLeast: working
              + Int(
                (3 + lostBits(integral.plan, guardBits: WeightPowers<ComplexBall>.guardBits))
                  .rounded(.up))))
    }
  }

  private func probability<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, _ integral: ContourIntegral<Function>, precision: Int
  ) -> Enclosure {
    let coefficient = integral.scaledCoefficient(arithmetic, precision: precision)
    // W r^n is a power, which errs by about n units.
    let powerBits = Int.bitWidth - degree.leadingZeroBitCount + 4
    let all = weight(integral.plan.radius, precision + powerBits).enclosure()
    guard all.isPositive else { return Enclosure(lower: Real(0), upper: Real(1)) }
    return coefficient.nonnegative.divided(by: all, precision: precision).clampedToProbability
  }

  /// log2 of what F(r) errs by in units of the last place, about.
  ///
  /// g^w - 1 errs by the units that g^w has, times 1/(1 - g^-w) < 1 + 1/l, l = w ln g, where it
  /// cancels; a subtraction and a complex product add another four, and the errors of all classes
  /// add up. Node k errs by 3k units with guard bits, which the degree, and an anchor by 3w, which
  /// M multiplies.
  private func lostBits(_ plan: ContourPlan, guardBits: Int) -> Double {
    min(
      log2(
        LostUnits.count(
          function.product, radius: plan.radius, degree: degree, nodeCount: plan.lastNode + 1,
          perFactor: 4, guardBits: guardBits)), 4096)
  }
}

extension ContourProbability {
  /// The probability that n draws are among those that F counts.
  init(_ function: Function, drawCount n: Int) {
    let (law, sampling) = (function.law, function.sampling)
    self.init(function: function, degree: n) { radius, precision in
      sampling.drawWeight(
        total: law.total, drawCount: n, radius: radius, unit: law.unitExponent,
        precision: precision)
    }
  }
}

/// What a product over classes loses at a node of a circle.
enum LostUnits {
  /// What the product errs by, in units of the last place, about: see `ContourProbability`.
  ///
  /// - Parameters:
  ///   - perFactor: What the operations on one factor add.
  ///   - guardBits: What points and powers have more than others.
  static func count(
    _ product: OccupancyProduct, radius: Double, degree: Int, nodeCount: Int, perFactor: Double,
    guardBits: Int
  ) -> Double {
    let (law, sampling) = (product.law, product.sampling)
    let (weights, freePosition) = FactorPowers<ComplexBall>.weights(product.requirement)
    var roundings = WeightSteps(weights: weights, sampling: sampling).roundings
    let free = freePosition.map { roundings.remove(at: $0) } ?? 0
    let slope = sampling.logBase(radius) * law.scaledTotal
    let precise = 3 * (Double(degree) * Double(nodeCount) + law.scaledTotal)
    let start = 1 + free + precise * Double(sign: .plus, exponent: -guardBits, significand: 1)
    return zip(product.requirement.parts, roundings).reduce(start) { sum, term in
      let l = slope * term.0.probability
      return sum + Double(term.0.classCount) * (term.1 * (1 + 1 / l) + perFactor)
    }
  }
}

/// The arithmetic of fixed size that short decimals are computed in.
enum FixedArithmetic {
  /// What it rounds to, in bits.
  static var precision: Int { ComplexWord.fixedPrecision ?? 0 }
}

extension RigorousComplex where Self: ~Copyable {
  /// Whether the arithmetic has one precision only.
  static var isFixed: Bool { fixedPrecision != nil }
}
