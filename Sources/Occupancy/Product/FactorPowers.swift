// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// L and U of a class of every part at one complex point after another, and g^W, in any arithmetic:
/// g^w = L + U with
///
///     L(z) = sum_(k<m) t_k,  U(z) = sum_(k>=m) t_k,  t_k = (w z)^k/k! or binom(w, k) z^k.
///
/// For m = 1 U is g^w - 1. Else it is g^w - L, with as many bits more as this may cancel on the
/// positive axis, or, where these are too many, the series itself. Off the axis more cancels; but
/// there
/// |U(z)| is as much smaller than U(|z|), so what is lost is below the last bit of the largest
/// node.
///
/// The series ends at the first t_K with q = |t_(K+1)/t_K| < 1 for which the rest, at most
/// |t_K| q/(1 - q) as the ratios of its terms decrease, is small; the rest is added to the error.
final class FactorPowers<Number: RigorousComplex & ~Copyable> {
  /// How U of a part is made.
  private enum Form {
    case difference, series
    /// w < m without replacement: U = 0.
    case zero
  }

  /// What is added to the precision where some class must come several times, if it can be.
  private static var spareBits: Int { 64 }

  private let product: OccupancyProduct
  private let parts: [Requirement.Part]
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
  private let point, step, term, sum, power, free: BallBox<Number>
  /// g^W at the precision of results.
  private let roundedFree: BallBox<Number>
  private let scratch, resultScratch: Number.Scratch
  private var position = 0

  init(_ product: OccupancyProduct, precision: Int) {
    let requirement = product.requirement
    self.product = product
    self.precision = precision
    parts = requirement.parts
    copies = parts.map(\.copies)
    isSingle = requirement.isSingle
    let working = precision + (isSingle ? 0 : Self.spareBits)
    let (weights, freePosition) = Self.weights(requirement)
    self.freePosition = freePosition
    powers = WeightPowers(
      weights: weights, sampling: product.sampling, unit: product.law.unitExponent,
      precision: working)
    point = BallBox(precision: working)
    step = BallBox(precision: working)
    term = BallBox(precision: working)
    sum = BallBox(precision: working)
    power = BallBox(precision: working)
    free = BallBox(precision: working)
    roundedFree = BallBox(precision: precision)
    scratch = Number.makeScratch(precision: working)
    resultScratch = Number.makeScratch(precision: precision)
    lossLimit = max(power.ball.precision - precision - 8, 8)
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
    if freePosition == 0 { powers.next(into: &free.ball) }
    if isSingle { return }
    self.point.ball.set(point)
    self.point.ball.scale(byPowerOfTwo: -product.law.unitExponent)
    let bound = point.size
    let size = bound.mantissa * Double(sign: .plus, exponent: bound.exponent, significand: 1)
    // All nodes of a circle take the same forms.
    if abs(size - self.size) > 1e-9 * size || forms.isEmpty { chooseForms(size) }
  }

  private func chooseForms(_ size: Double) {
    self.size = size
    forms = zip(parts, product.factors).map { part, factor in
      if !part.canBeReached(product.sampling) { return .zero }
      let split = factor.split(size)
      let lost = (split.logAll - split.logReached) / 0.693_147_180_559_945_3
      return part.copies == 1 || lost < Double(lossLimit) ? .difference : .series
    }
  }

  // MARK: - Parts, one after another

  /// Sets `all` to g^w of the next part.
  func nextAll(into all: inout Number) {
    powers.next(into: &all)
    position += 1
    if freePosition == position { powers.next(into: &free.ball) }
  }

  /// Sets `reached` to U of the next part.
  func nextReached(into reached: inout Number) {
    if copies[position] == 1 {
      nextAll(into: &reached)
      return reached.add(-1, scratch)
    }
    let index = position
    nextAll(into: &power.ball)
    split(index)
    reached.set(sum.ball)
  }

  /// Sets `reached` to U and `all` to g^w of the next part.
  func nextReached(into reached: inout Number, all: inout Number) {
    let index = position
    nextAll(into: &power.ball)
    all.set(power.ball)
    if copies[index] == 1 {
      reached.set(power.ball)
      return reached.add(-1, scratch)
    }
    split(index)
    reached.set(sum.ball)
  }

  /// Sets `short` to L and `reached` to U of the next part.
  func next(short: inout Number, reached: inout Number) {
    if copies[position] == 1 {
      nextAll(into: &reached)
      short.set(1)
      return reached.add(-1, scratch)
    }
    let index = position
    nextAll(into: &power.ball)
    split(index, short: &short)
    reached.set(sum.ball)
  }

  /// Multiplies by g^W, when all parts were taken.
  func multiplyByFree(_ result: inout Number) {
    guard freePosition != nil else { return }
    roundedFree.ball.set(free.ball)
    result.multiply(by: roundedFree.ball, resultScratch)
  }

  // MARK: - Several copies

  /// sum = U; L is not kept.
  private func split(_ index: Int) {
    if forms[index] == .zero { return sum.ball.set(0) }
    if forms[index] == .difference {
      sumShort(index)
      formDifference()
    } else {
      beginTerms(index)
      for k in 1..<copies[index] { advance(to: k, items(index)) }
      sumSeries(index)
    }
  }

  /// sum = U, and `short` = L.
  private func split(_ index: Int, short: inout Number) {
    if forms[index] == .zero {
      short.set(power.ball)
      return sum.ball.set(0)
    }
    sumShort(index)
    short.set(sum.ball)
    if forms[index] == .difference { formDifference() } else { sumSeries(index) }
  }

  private func formDifference() {
    sum.ball.negate()
    sum.ball.add(power.ball)
  }

  private func items(_ index: Int) -> Int? {
    product.sampling == .withoutReplacement ? parts[index].weight.int ?? .max : nil
  }

  /// term = t_0, and what leads from term to term.
  private func beginTerms(_ index: Int) {
    step.ball.set(point.ball)
    if items(index) == nil { step.ball.multiply(by: parts[index].weight) }
    term.ball.set(1)
  }

  /// sum = L; term = t_(m-1).
  private func sumShort(_ index: Int) {
    beginTerms(index)
    sum.ball.set(1)
    var error = Magnitude.zero
    for k in 1..<copies[index] {
      advance(to: k, items(index))
      error = error + sum.ball.addMidpoint(of: term.ball)
    }
    sum.ball.widen(by: error)
  }

  /// From t_(k-1) to t_k.
  private func advance(to k: Int, _ items: Int?) {
    term.ball.multiply(by: step.ball, scratch)
    if let items { term.ball.multiply(by: items - k + 1) }
    term.ball.divide(by: k)
  }

  /// sum = t_m + t_(m+1) + ..., from term = t_(m-1).
  private func sumSeries(_ index: Int) {
    let items = items(index)
    var k = copies[index]
    advance(to: k, items)
    sum.ball.set(0)
    var error = sum.ball.addMidpoint(of: term.ball)
    let first = term.ball.size
    let length = step.ball.size + step.ball.size * step.ball.error
    // No less than 1e-300, lest it underflow.
    let x = max(
      length.mantissa * Double(sign: .plus, exponent: length.exponent, significand: 1), 1e-300)
    while true {
      if let items, k >= items { break }
      let here = term.ball.size + term.ball.size * term.ball.error
      // |t_(k+1)/t_k|, times 1 + 2^-40 for the rounding of this line; it falls as k grows.
      let ratio = x * (items.map { Double($0 - k) } ?? 1) / Double(k + 1) * (1 + 0x1p-40)
      if ratio < 0.9, here.exponent < first.exponent - precision - 8 {
        error = error + here * Magnitude(ratio / (1 - ratio) * (1 + 0x1p-40))
        break
      }
      k += 1
      advance(to: k, items)
      error = error + sum.ball.addMidpoint(of: term.ball)
    }
    sum.ball.widen(by: error)
  }
}
