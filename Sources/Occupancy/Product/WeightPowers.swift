// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The powers g(z)^w of a scheme's base for an increasing list of integer weights w, one after
/// another, at one point z after another: each from one before (`WeightSteps`).
///
/// g^w errs by w times what g errs by. So g, its squarings and every eighth power are made with
/// more bits than the others, whose errors then hardly grow with the weights.
final class WeightPowers<Number: RigorousComplex & ~Copyable> {
  /// How much more precise points may be, and squarings and anchors are, in bits.
  static var guardBits: Int { 32 }

  private let sampling: SamplingScheme
  private let unit: Int
  private let plan: WeightSteps
  private let weights: [Integer]
  /// g^(2^i), with the guard bits and without.
  private let squarings, roundedSquarings: [BallBox<Number>]
  private let point, anchor, power: BallBox<Number>
  private let preciseScratch, scratch: Number.Scratch
  private var position = 0

  /// - Parameters:
  ///   - weights: Positive and increasing.
  ///   - unit: k: points are given in units of 2^-k.
  init(weights: [Integer], sampling: SamplingScheme, unit: Int = 0, precision: Int) {
    self.sampling = sampling
    self.unit = unit
    self.weights = weights
    plan = WeightSteps(weights: weights, sampling: sampling)
    let precise = precision + Self.guardBits
    squarings = (0..<plan.squaringCount).map { _ in BallBox(precision: precise) }
    roundedSquarings = (0..<plan.squaringCount).map { _ in BallBox(precision: precision) }
    point = BallBox(precision: precise)
    anchor = BallBox(precision: precise)
    power = BallBox(precision: precision)
    preciseScratch = Number.makeScratch(precision: precise)
    scratch = Number.makeScratch(precision: precision)
  }

  /// Begins with a new point, of up to the guard bits more than the precision.
  func begin(at z: borrowing Number) {
    point.ball.set(z)
    point.ball.scale(byPowerOfTwo: -unit)
    squarings[0].ball.set(point.ball)
    sampling.formBase(&squarings[0].ball, preciseScratch)
    for i in squarings.indices.dropFirst() {
      squarings[i].ball.set(squarings[i - 1].ball)
      squarings[i].ball.square(preciseScratch)
    }
    for (rounded, squaring) in zip(roundedSquarings, squarings) { rounded.ball.set(squaring.ball) }
    anchor.ball.set(1)
    position = 0
  }

  /// Sets `result` to the power for the next weight.
  func next(into result: inout Number) {
    let step = plan.steps[position]
    switch step.kind {
    case .products:
      for i in step.range {
        power.ball.multiply(by: roundedSquarings[plan.bits[i]].ball, scratch)
      }
    case .anchor:
      for i in step.range {
        anchor.ball.multiply(by: squarings[plan.bits[i]].ball, preciseScratch)
      }
      power.ball.set(anchor.ball)
    case .exponential:
      anchor.ball.set(point.ball)
      anchor.ball.multiply(by: weights[position])
      anchor.ball.formExponential(preciseScratch)
      power.ball.set(anchor.ball)
    }
    position += 1
    result.set(power.ball)
  }
}
