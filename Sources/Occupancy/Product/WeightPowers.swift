// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The powers g(z)^w of a scheme's base for an increasing list of integer weights w, one after
/// another, at one point z after another: each from one before (`WeightSteps`).
///
/// g^w errs by w times what g errs by. So g, its squarings and every eighth power are made with
/// more bits than the others, whose errors then hardly grow with the weights.
final class WeightPowers<Number: RigorousNumber & ~Copyable> {
  /// How much more precise points may be, and squarings and anchors are, in bits.
  static var guardBits: Int { 32 }

  /// The power that `next` has made.
  let power: BallBox<Number>

  private let sampling: SamplingScheme
  private let unit: Int
  private let plan: WeightSteps
  private let weights: [Integer]
  /// g^(2^i), with the guard bits and without.
  private let squarings, roundedSquarings: [BallBox<Number>]
  private let point, anchor: BallBox<Number>
  private let preciseScratch, scratch: Number.Scratch
  private var position = 0

  /// - Parameters:
  ///   - weights: Positive and increasing.
  ///   - unit: k: points are given in units of 2^-k.
  ///   - plan: How they follow from one another, if it is known.
  init(
    weights: [Integer], sampling: SamplingScheme, unit: Int = 0, plan: WeightSteps? = nil,
    precision: Int
  ) {
    self.sampling = sampling
    self.unit = unit
    self.weights = weights
    self.plan = plan ?? WeightSteps(weights: weights, sampling: sampling)
    let precise = precision + Self.guardBits
    squarings = (0..<self.plan.squaringCount).map { _ in BallBox(precision: precise) }
    roundedSquarings = (0..<self.plan.squaringCount).map { _ in BallBox(precision: precision) }
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
    formSquarings()
  }

  /// The same where g(z) is known, with the guard bits.
  func begin(at z: borrowing Number, base: borrowing Number) {
    point.ball.set(z)
    point.ball.scale(byPowerOfTwo: -unit)
    squarings[0].ball.set(base)
    formSquarings()
  }

  private func formSquarings() {
    for i in squarings.indices.dropFirst() {
      squarings[i].ball.set(squarings[i - 1].ball)
      squarings[i].ball.square(preciseScratch)
    }
    for (rounded, squaring) in zip(roundedSquarings, squarings) { rounded.ball.set(squaring.ball) }
    anchor.ball.set(1)
    position = 0
  }

  /// Sets `power` to that for the next weight.
  func next() {
    let step = plan.steps[position]
    switch step.kind {
    case .products:
      for i in step.range { power.ball.multiply(by: roundedSquarings[plan.bits[i]].ball, scratch) }
    case .anchor:
      for i in step.range { anchor.ball.multiply(by: squarings[plan.bits[i]].ball, preciseScratch) }
      power.ball.set(anchor.ball)
    case .exponential:
      anchor.ball.set(point.ball)
      anchor.ball.multiply(by: weights[position])
      anchor.ball.formExponential(preciseScratch)
      power.ball.set(anchor.ball)
    }
    position += 1
  }
}

/// How the powers g^w of an increasing list of weights follow from one another.
///
/// The gap between neighbours is a sum of powers of two, so g^gap is a product of squarings made
/// once for each point: one or two for class sizes of real data. Where the gaps are long
/// (probabilities with large denominators) an exponential of w z costs less. Rounding errors of a
/// chain of products add up, so every eighth weight is an anchor: its power follows from the anchor
/// before, at a higher precision.
struct WeightSteps: Sendable {
  enum Kind {
    /// The power before, times squarings.
    case products
    /// The anchor before, times squarings; becomes an anchor.
    case anchor
    /// e^(w z); becomes an anchor.
    case exponential
  }

  private(set) var steps: [(kind: Kind, range: Range<Int>)] = []
  /// i for a factor g^(2^i): each step has a range of them.
  private(set) var bits: [Int] = []
  /// For each weight, an estimate of what its power errs by, in units of the last place.
  private(set) var roundings: [Double] = []
  /// How many squarings are made, g itself among them.
  let squaringCount: Int

  /// About how many products all powers of a point take.
  var productCount: Int {
    steps.reduce(squaringCount) {
      $0 + ($1.kind == .exponential ? Self.exponentialCost : $1.range.count)
    }
  }

  /// What an exponential costs in products at a few hundred bits, measured.
  private static let exponentialCost = 26
  private static let anchorInterval = 8

  /// - Parameter weights: Positive and increasing.
  init(weights: [Integer], sampling: SamplingScheme) {
    var (previous, anchor): (Integer, Integer) = (0, 0)
    var sinceAnchor = Self.anchorInterval
    var errors = 0.0
    for weight in weights {
      let gap = (weight - previous).setBits
      let length = (gap.last ?? 0) + 1
      let start = bits.count
      let kind: Kind
      // Only e^z has a power without repeated products; squarings are shared by all gaps.
      if sampling == .withReplacement && gap.count + length / 4 > Self.exponentialCost {
        kind = .exponential
      } else {
        kind = sinceAnchor == Self.anchorInterval ? .anchor : .products
        bits += kind == .anchor ? (weight - anchor).setBits : gap
      }
      steps.append((kind, start..<bits.count))
      if kind == .products {
        sinceAnchor += 1
        // A complex product errs by sqrt(5) units, and a squaring is rounded once.
        errors += Double(gap.count) * 3.24
      } else {
        (sinceAnchor, anchor, errors) = (1, weight, 1)
      }
      roundings.append(errors)
      previous = weight
    }
    squaringCount = 1 + (bits.max() ?? 0)
  }
}
