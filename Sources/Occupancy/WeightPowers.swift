// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The powers g(z)^w of a scheme's base for an increasing list of integer weights w, one after
/// another, at one point z after another.
///
/// Each power follows from the one before: the gap between neighbours is a sum of powers of two, so
/// g^gap is a product of squarings made once for each point. Class sizes of real data have small
/// gaps, one or two products each. Where the gaps are long (probabilities with large denominators)
/// an exponential of w z costs less.
final class WeightPowers {
  private enum Step {
    /// Multiply by these squarings of g, lowest first.
    case products([Int])
    /// e^(w z).
    case exponential(Integer)
  }

  /// What an exponential costs in products at a few hundred bits, measured.
  private static let exponentialCost = 26

  private let scheme: SamplingScheme
  private let unit: Int
  private let steps: [Step]
  private var squarings: [BallBox]
  private var point: ComplexBall
  private var power: ComplexBall
  private let scratch: ComplexBall.Scratch
  private var position = 0

  /// - Parameters:
  ///   - weights: Positive and increasing.
  ///   - unit: k: points are given in units of 2^-k.
  init(weights: [Integer], scheme: SamplingScheme, unit: Int = 0, precision: Int) {
    self.scheme = scheme
    self.unit = unit
    var previous: Integer = 0
    var squaringCount = 1
    steps = weights.map { weight in
      let gap = weight - previous
      previous = weight
      let bits = (0..<gap.bitWidth).filter { gap.bit($0) }
      // Only e^z has a power without repeated products; squarings are shared by all gaps.
      if scheme == .withReplacement && bits.count + gap.bitWidth / 4 > Self.exponentialCost {
        return .exponential(weight)
      }
      squaringCount = max(squaringCount, gap.bitWidth)
      return .products(bits)
    }
    squarings = (0..<squaringCount).map { _ in BallBox(precision: precision) }
    point = ComplexBall(precision: precision)
    power = ComplexBall(precision: precision)
    scratch = ComplexBall.Scratch(precision: precision)
  }

  /// Begins with a new point.
  func begin(at point: borrowing ComplexBall) {
    self.point.set(point)
    self.point.scale(byPowerOfTwo: -unit)
    squarings[0].ball.set(self.point)
    scheme.formBase(&squarings[0].ball, scratch)
    for i in squarings.indices.dropFirst() {
      squarings[i].ball.set(squarings[i - 1].ball)
      squarings[i].ball.square(scratch)
    }
    position = 0
  }

  /// Sets `result` to the power for the next weight.
  func next(into result: inout ComplexBall) {
    switch steps[position] {
    case .products(let bits):
      for (i, bit) in bits.enumerated() {
        if position == 0 && i == 0 {
          power.set(squarings[bit].ball)
        } else {
          power.multiply(by: squarings[bit].ball, scratch)
        }
      }
    case .exponential(let weight):
      power.set(point)
      power.multiply(by: weight)
      power.formExponential(scratch)
    }
    position += 1
    result.set(power)
  }
}

/// A ball that an array can hold.
final class BallBox {
  var ball: ComplexBall
  init(precision: Int) { ball = ComplexBall(precision: precision) }
}
