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
/// precision.
struct ContourProbability<Function: GeneratingFunction> {
  let function: Function
  /// n.
  let degree: Int
  /// W r^n for a radius r, at a precision in bits.
  let weight: (_ radius: Double, _ precision: Int) -> RealBall

  /// Each round adds what the last one missed; one that needs more than this is not converging.
  private let roundLimit = 24
  /// Minutes of work.
  private let nodeLimit = 1 << 22

  /// An enclosure of relative width at most 2^-precision.
  ///
  /// The working precision starts with the bits that the product over classes loses. If that was not
  /// enough, what was missing is added.
  func enclosure(precision: Int) throws -> Enclosure {
    var bits = Double(precision + 8)
    let first = ContourIntegral(function: function, degree: degree, bits: bits)
    let law = function.law
    var working = fastPrecision(
      atLeast: precision + Int((3 + lostBits(first.plan)).rounded(.up)))
    var integral = first
    // W r^n is a power, which errs by about n units.
    let powerBits = Int.bitWidth - degree.leadingZeroBitCount + 4
    for _ in 0..<roundLimit {
      guard integral.plan.lastNode <= nodeLimit else {
        throw CapacityError(
          request: "the contour integral for \(law.classCount) classes and degree \(degree)",
          estimate: "\(integral.plan.lastNode) nodes", suggestion: "ask for fewer digits")
      }
      let coefficient = integral.scaledCoefficient(precision: working)
      let all = weight(integral.plan.radius, working + powerBits).enclosure()
      if coefficient.isPositive && all.isPositive {
        let result = coefficient.divided(by: all, precision: working).clampedToProbability
        if result.isWithin(relativePrecision: precision) { return result }
      }
      let missing = max(precision - (coefficient.accurateBits ?? 0), 8)
      bits += Double(missing + 8)
      working = fastPrecision(atLeast: working + missing + 16)
      integral = ContourIntegral(function: function, degree: degree, bits: bits)
    }
    throw ConvergenceError(operation: "the contour integral", precisionReached: working)
  }

  /// log2 of what F(r) errs by in units of the last place, about.
  ///
  /// g^w - 1 errs by the units that g^w has, times 1/(1 - g^-w) < 1 + 1/l, l = w ln g, where it cancels;
  /// a subtraction and a complex product add another four, and the errors of all classes add up. Node
  /// k errs by 3k units with guard bits, which the degree, and an anchor by 3w, which M multiplies.
  private func lostBits(_ plan: ContourPlan) -> Double {
    let law = function.law
    let roundings = WeightSteps(weights: law.groups.map(\.weight), sampling: function.sampling)
      .roundings
    let slope = function.sampling.logBase(plan.radius) * law.scaledTotal
    let precise = 3 * (Double(degree) * Double(plan.lastNode + 1) + law.scaledTotal)
    let start = 1 + precise * Double(sign: .plus, exponent: -WeightPowers.guardBits, significand: 1)
    let units = zip(law.groups, roundings).reduce(start) { sum, term in
      let l = slope * term.0.probability
      return sum + Double(term.0.classCount) * (term.1 * (1 + 1 / l) + 4)
    }
    return min(log2(units), 4096)
  }
}

extension ContourProbability where Function == CoverageFunction {
  /// The probability that n draws show every class: above the lowest degree C of F, at most its
  /// highest.
  init(coverageOf law: LabelLaw, sampling: SamplingScheme, drawCount n: Int) {
    self.init(function: CoverageFunction(law: law, sampling: sampling), degree: n) {
      radius, precision in
      sampling.drawWeight(
        total: law.total, drawCount: n, radius: radius, unit: law.unitExponent,
        precision: precision)
    }
  }
}
