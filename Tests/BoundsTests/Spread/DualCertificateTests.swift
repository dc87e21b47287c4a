// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import TestSupport
import Testing

@testable import Bounds

/// Certificates proven once more by another argument: g by the sum over all outcomes, in cells that
/// are triangles of (x, y) and not rectangles of logarithms.
///
/// -lambda g is convex in (x, y), a mean of logarithms with a minus sign, and ln(1 + sum r) + nu sum
/// ln r is concave, below its tangent at the centre of a triangle. So the sum of the two is at most
/// its largest value at a corner, with the tangent for the concave part.
@Suite struct DualCertificateTests {
  /// How much too large another proof may be.
  private static let slack = RandomTests.slack(1e-6)

  /// What an upper bound is proven for.
  private struct Problem {
    /// P(a negative is of the anchor's class), of the other class.
    let (own, other): (Double, Double)
    let negatives: Int
    /// The weights of y and x in the sum of l and in S.
    let (weights, spreads): ((y: Double, x: Double), (y: Double, x: Double))
    /// The largest sum.
    let end: Double
    let (lambda, nu): (Double, Double)

    private let outcomes: [(chance: Double, m: Double, n: Double, r: Double)]

    init(
      own: Double, other: Double, negatives k: Int, weights: (y: Double, x: Double),
      spreads: (y: Double, x: Double), end: Double, lambda: Double, nu: Double
    ) {
      (self.own, self.other, negatives) = (own, other, k)
      (self.weights, self.spreads, self.end) = (weights, spreads, end)
      (self.lambda, self.nu) = (lambda, nu)
      // Products of binomial coefficients and powers: exact integers below 2^53 for K <= 31.
      func power(_ x: Double, _ n: Int) -> Double { (0..<n).reduce(1) { p, _ in p * x } }
      func binomial(_ n: Int, _ k: Int) -> Double {
        (0..<k).reduce(1) { ($0 * Double(n - $1) / Double($1 + 1)).rounded() }
      }
      // Rare outcomes are left out: g is smaller, and what is proven an upper bound all the more.
      outcomes = (0...k).flatMap { m in
        (0...(k - m)).map { n in
          let chance =
            binomial(k, m) * binomial(k - m, n) * power(own, m) * power(other, n)
            * power(1 - own - other, k - m - n)
          return (chance, Double(m), Double(n), Double(k - m - n))
        }
      }.filter { $0.chance > 1e-12 }
    }

    func g(_ p: (x: Double, y: Double)) -> Double {
      outcomes.reduce(0) { $0 + $1.chance * logarithm(1 + $1.m + $1.n * p.y + $1.r * p.x) }
    }

    /// An upper bound of the maximum, at most `slack` above it.
    func maximum(slack: Double) -> Double {
      typealias Corner = (x: Double, y: Double, loss: Double)
      func corner(_ x: Double, _ y: Double) -> Corner { (x, y, lambda * g((x, y))) }
      let total = weights.x + weights.y
      var open = [
        [corner(0, 0), corner(0, end / weights.y), corner(end / total, end / total)]
      ]
      var (upper, best) = (-Double.infinity, -Double.infinity)
      while let t = open.popLast() {
        let (x, y) = (t.reduce(0) { $0 + $1.x } / 3, t.reduce(0) { $0 + $1.y } / 3)
        let sum = 1 + weights.y * y + weights.x * x
        let (dy, dx) = (weights.y / sum + nu * spreads.y / y, weights.x / sum + nu * spreads.x / x)
        let value =
          logarithm(sum) + nu * (spreads.y * logarithm(y) + spreads.x * logarithm(x))
        best = max(best, value - lambda * g((x, y)))
        var bound = -Double.infinity
        for corner in t {
          let concave = value + dy * (corner.y - y) + dx * (corner.x - x)
          bound = max(bound, concave - corner.loss)
        }
        if bound <= best + slack {
          upper = max(upper, bound)
          continue
        }
        // The longest side, relative to the centre, is halved.
        func length(_ a: Corner, _ b: Corner) -> Double {
          let (u, v) = ((a.x - b.x) / x, (a.y - b.y) / y)
          return u * u + v * v
        }
        let sides = [(0, 1, 2), (1, 2, 0), (2, 0, 1)]
        let longest =
          sides.max { length(t[$0.0], t[$0.1]) < length(t[$1.0], t[$1.1]) } ?? (0, 1, 2)
        let (a, b, c) = (t[longest.0], t[longest.1], t[longest.2])
        let middle = corner((a.x + b.x) / 2, (a.y + b.y) / 2)
        open.append([a, middle, c])
        open.append([middle, b, c])
      }
      return upper
    }
  }

  /// w is the maximum, to within what either proof allows.
  @Test(arguments: RandomTests.sample(SpreadBoundTests.fixtures))
  func `another proof of equal classes`(_ fixture: SpreadBoundTests.Fixture) throws {
    let dual = try #require(
      try SpreadUpperBound.outcome(fixture.inputs()).value?.certificate?.dual)
    let share = 1 / Double(fixture.classes)
    let rest = Double(fixture.classes - 2)
    let problem = Problem(
      own: share, other: share, negatives: fixture.negatives, weights: (1, rest),
      spreads: (1, rest),
      end: (rest + 1) * exp(2 / (try Rational(parsing: fixture.temperature).double)),
      lambda: dual.lossMultiplier.double, nu: dual.spreadMultiplier.double)
    let (w, proven) = (dual.maximum.double, problem.maximum(slack: Self.slack))
    #expect(proven <= w + 2 * Self.slack && proven >= w - 1e-9)
  }

  @Test func `another proof of unequal classes`() throws {
    let counts = [2, 3, 5]
    let setting = try finite(counts, 7, .withReplacement)
    func quantity(_ x: Rational) -> MeasuredQuantity { MeasuredQuantity(LinearForm(x)) }
    let inputs = try BoundInputs(
      setting,
      means: [
        .contrastiveLoss: quantity(Rational(19, 10)), .gap: quantity(0),
        .betweenClassVariance: quantity(Rational(7, 10)),
      ], gap: .published)
    let dual = try #require(
      try PriorAdjustedUpperBound.outcome(inputs).value?.certificate?.dual)
    // The mean over the anchor's class of the largest value for any other class.
    let mean = (0..<3).reduce(0.0) { sum, c in
      let own = Double(counts[c]) / 10
      let largest = (0..<3).filter { $0 != c }.map { j in
        let other = Double(counts[j]) / 10
        let rest = 1 - own - other
        return Problem(
          own: own, other: other, negatives: 7, weights: (other / own, rest / own),
          spreads: (other, rest), end: (1 / own - 1) * exp(4),
          lambda: dual.lossMultiplier.double, nu: dual.spreadMultiplier.double
        ).maximum(slack: Self.slack)
      }.max()
      return sum + own * (largest ?? 0)
    }
    #expect(mean <= dual.maximum.double + 2 * Self.slack && mean >= dual.maximum.double - 1e-9)
  }
}
