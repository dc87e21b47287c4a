// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// L and U of a class of every part, as in `ClassFactor`, at one complex point after another, and
/// g^W, in any arithmetic.
///
/// For m = 1 U is g^w - 1. Else it is g^w - L, with as many bits more as this may cancel on the
/// positive axis, or, where these are too many, the series itself (`CopyTerms`). Off the axis more
/// cancels; but there |U(z)| is as much smaller than U(|z|), so what is lost is below the last bit
/// of the largest node.
final class FactorPowers<Number: RigorousNumber & ~Copyable> {
  /// How U of a part is made.
  private enum Form {
    case difference, series
    /// w < m without replacement: U = 0.
    case zero
  }

  /// What is added to the precision where some class must come several times, if it can be.
  private static var spareBits: Int { 64 }

  /// L, U and g^w of the part that `next` has taken.
  let short, reached, all: BallBox<Number>

  private let product: OccupancyProduct
  private let copies: [Int]
  private let precision: Int
  /// The bits that a difference may lose.
  private let lossLimit: Int
  private let isSingle: Bool
  private let powers: WeightPowers<Number>
  /// How many parts have a power before g^W; nil if W is 0.
  private let freePosition: Int?
  private var forms: [Form] = []
  private var size = 0.0
  private let point, free: BallBox<Number>
  private let terms: CopyTerms<Number>
  private let scratch, resultScratch: Number.Scratch
  private var position = 0

  init(_ product: OccupancyProduct, precision: Int) {
    let requirement = product.requirement
    self.product = product
    self.precision = precision
    copies = requirement.parts.map(\.copies)
    isSingle = requirement.isSingle
    let working = precision + (isSingle ? 0 : Self.spareBits)
    let (weights, freePosition) = Self.weights(requirement)
    self.freePosition = freePosition
    powers = WeightPowers(
      weights: weights, sampling: product.sampling, unit: product.law.unitExponent,
      plan: requirement.weightSteps(product.sampling), precision: working)
    point = BallBox(precision: working)
    terms = CopyTerms(precision: working)
    free = BallBox(precision: precision)
    short = BallBox(precision: precision)
    reached = BallBox(precision: precision)
    short.ball.set(1)
    all = isSingle ? powers.power : BallBox(precision: precision)
    scratch = Number.makeScratch(precision: working)
    resultScratch = Number.makeScratch(precision: precision)
    lossLimit = max(point.ball.precision - precision - 8, 8)
  }

  /// The weights that powers are made for, increasing, and where W stands among them.
  static func weights(_ requirement: Requirement) -> (all: [Integer], freePosition: Int?) {
    var weights = requirement.parts.map(\.weight)
    guard !requirement.isFull else { return (weights, nil) }
    let position = weights.firstIndex { $0 > requirement.freeWeight } ?? weights.count
    weights.insert(requirement.freeWeight, at: position)
    return (weights, position)
  }

  /// Begins with a new point.
  func begin(at point: borrowing Number) {
    powers.begin(at: point)
    position = 0
    if isSingle { return }
    self.point.ball.set(point)
    self.point.ball.scale(byPowerOfTwo: -product.law.unitExponent)
    let size = point.size.double
    // All nodes of a circle take the same forms.
    guard abs(size - self.size) > 1e-9 * size || forms.isEmpty else { return }
    self.size = size
    forms = zip(product.requirement.parts, product.factors).map { part, factor in
      if !part.canBeReached(product.sampling) { return .zero }
      let split = factor.split(size)
      let lost = (split.logAll - split.logReached) / ln2
      return part.copies == 1 || lost < Double(lossLimit) ? .difference : .series
    }
  }

  /// Takes the next part.
  func next() {
    takeFree()
    powers.next()
    let index = position
    position += 1
    if !isSingle { all.ball.set(powers.power.ball) }
    if copies[index] == 1 {
      if !isSingle { short.ball.set(1) }
      reached.ball.set(all.ball)
      return reached.ball.add(-1, scratch)
    }
    if forms[index] == .zero {
      short.ball.set(all.ball)
      return reached.ball.set(0)
    }
    let isFinite = product.sampling == .withoutReplacement
    let part = product.requirement.parts[index]
    let items = isFinite ? part.items : nil
    terms.step.ball.set(point.ball)
    if !isFinite { terms.step.ball.multiply(by: part.weight) }
    terms.sumShort(part.copies, items: items)
    let sum = terms.sum
    short.ball.set(sum.ball)
    if forms[index] == .difference {
      sum.ball.negate()
      sum.ball.add(powers.power.ball)
    } else {
      terms.sumReached(part.copies, items: items, precision: precision)
    }
    reached.ball.set(sum.ball)
  }

  /// Multiplies by g^W, when all parts were taken.
  func multiplyByFree(_ result: inout Number) {
    guard let freePosition else { return }
    if freePosition == copies.count { takeFree() }
    result.multiply(by: free.ball, resultScratch)
  }

  /// Takes g^W if it is up.
  private func takeFree() {
    guard freePosition == position else { return }
    powers.next()
    free.ball.set(powers.power.ball)
  }
}
