// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct TorusTests {
  /// Sums over z that hardly depend on y, since the class is nearly never seen, and weights that are
  /// all too small by all that their errors allow.
  @Test(arguments: Arithmetic.allCases)
  func sumsThatAllErrByAsMuchAsTheyMayAreInTheError(arithmetic: Arithmetic) throws {
    let law = try LabelLaw.counts([1, 1_000_000])
    let product = try law.product(.withReplacement, CoverageGoal(copiesOfEach: [1, 0]))
    let function = SomeReached(product, .atMost, 0, degree: 3)
    let draws = ContourPlan(function, degree: 3, bits: 100)
    let tilts = TiltNodes(
      product, radius: draws.radius, logTilt: 0, up: 0, down: 0, nats: 60)
    let plan = TorusPlan(
      degree: 3, draws: draws, tilts: tilts, tiltCount: 3, logNegligible: -1e9)
    let found =
      switch arithmetic {
      case .balls: probability(plan, function, ComplexBall.self)
      case .words: probability(plan, function, ComplexWord.self)
      }
    let exact = Rational(1_000_000, 1_000_001).power(3)
    #expect(found.contains(exact))
    // The sums have imaginary parts: the bound is above the error by a hundredth of it.
    #expect(found.lower.rational > exact * (1 - Rational(21, 10 << 10)))
  }

  private func probability<Number: RigorousComplex & ~Copyable>(
    _ plan: TorusPlan, _ function: SomeReached, _ arithmetic: Number.Type
  ) -> Enclosure {
    Torus<Number>(plan, precision: 120).probability(
      0, lost: (plan.draws.cutOffBound(function), .zero)
    ) { _ in
      let weight = BallBox<Number>(precision: 120)
      weight.ball.set(1 - 0x1p-10)
      weight.ball.widen(by: Magnitude(0x1p-10))
      return weight
    }
  }
}
