// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

@Suite struct NeverOnceTests {
  /// For laws with a class of two items or more, which both schemes serve.
  private func checks(_ sampling: SamplingScheme) -> FunctionChecks<NeverOnce> {
    FunctionChecks { law in
      law.largestWeight > 1 ? NeverOnce(law: law, sampling: sampling) : nil
    }
  }

  @Test("The majorant bounds the function on the circle", arguments: SamplingScheme.allCases)
  func majorant(sampling: SamplingScheme) throws { try checks(sampling).checkMajorant() }

  /// Two items a class without replacement: a factor of the majorant is 1 + q x^2 = 1 + r^2.
  @Test("The rounding of the ratio is in the majorant, a thousand times") func rounding() throws {
    let law = LabelLaw(try LabelDistribution(groups: [.init(size: 2, classCount: 1000)]))
    let function = NeverOnce(law: law, sampling: .withoutReplacement)
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(50) {
      let r = Double.random(in: 1...4, using: &random)
      let x = r * Double.random(in: 0.1...1, using: &random)
      let scaled = Real(r).rational / Rational(Integer(1).shiftedLeft(by: law.unitExponent))
      let exact = (1 + scaled * scaled).power(1000)
      #expect(
        function.majorant(x, radius: r).real.rational >= exact,
        "seed \(RandomTests.seed), r = \(r), x = \(x)")
    }
  }

  @Test("The excess is the logarithmic derivative", arguments: SamplingScheme.allCases)
  func means(sampling: SamplingScheme) throws { try checks(sampling).checkMeans() }

  @Test("Contour integrals enclose the coefficients", arguments: SamplingScheme.allCases)
  func contours(sampling: SamplingScheme) throws {
    try checks(sampling).checkContours(sampling: sampling) { $0.allSatisfy { $0 != 1 } }
  }
}
