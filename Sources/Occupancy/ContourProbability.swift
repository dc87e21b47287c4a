// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

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
  /// The working precision starts with the bits that powers lose: relative errors of a base g are
  /// multiplied by the degree of F in g, near n / (x g'/g), at least the sum of all weights. If that
  /// was not enough, what was missing is added.
  func enclosure(precision: Int) throws -> Enclosure {
    var bits = Double(precision + 8)
    let first = ContourIntegral(function: function, degree: degree, bits: bits)
    let law = function.law
    let slope = function.scheme.baseSlope(first.plan.radius)
    let loss = max(Double(degree) / slope, law.scaledTotal, Double(law.classCount))
    // Laws with long denominators take exponentials, not powers, and lose less; but g^w - 1 cancels
    // where w is small among the weights.
    var working = precision + 16 + max(Int(min(log2(loss), 64)), law.weightRangeBits)
    var integral = first
    for _ in 0..<roundLimit {
      guard integral.plan.lastNode <= nodeLimit else {
        throw CapacityError(
          request: "the contour integral for \(law.classCount) classes and degree \(degree)",
          estimate: "\(integral.plan.lastNode) nodes", suggestion: "ask for fewer digits")
      }
      let coefficient = integral.scaledCoefficient(precision: working)
      let all = weight(integral.plan.radius, working).enclosure()
      if coefficient.isPositive && all.isPositive {
        let result = coefficient.divided(by: all, precision: working).clampedToProbability
        if result.isWithin(relativePrecision: precision) { return result }
      }
      let missing = max(precision - (coefficient.accurateBits ?? 0), 8)
      bits += Double(missing + 8)
      working += missing + 16
      integral = ContourIntegral(function: function, degree: degree, bits: bits)
    }
    throw ConvergenceError(operation: "the contour integral", precisionReached: working)
  }
}

extension ContourProbability where Function == CoverageFunction {
  /// The probability that n draws show every class: above the lowest degree C of F, at most its
  /// highest.
  init(coverageOf law: LabelLaw, scheme: SamplingScheme, drawCount n: Int) {
    self.init(function: CoverageFunction(law: law, scheme: scheme), degree: n) {
      radius, precision in
      scheme.drawWeight(
        total: law.total, drawCount: n, radius: radius, unit: law.unitExponent,
        precision: precision)
    }
  }
}

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
