// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// L and U of every group at one complex point after another, g^w = L + U with
///
///     L(z) = sum_(k<m) t_k,  U(z) = sum_(k>=m) t_k,  t_k = (w z)^k/k! or binom(w, k) z^k.
///
/// U is g^w - L, at a precision that has as many bits more as this may cancel on the positive axis, or,
/// where these are too many, the series itself. Off the axis more cancels; but there |U(z)| is as much
/// smaller than U(|z|), so what is lost is below the last bit of the largest node.
///
/// The series ends at the first t_K with q = |t_(K+1)/t_K| < 1 for which the rest, at most
/// |t_K| q/(1 - q) as the ratios of its terms decrease, is small; the rest is added to the error.
final class CopiesPowers {
  /// How U of a group is made.
  private enum Form {
    case difference, series
    /// w < m without replacement: U = 0.
    case zero
  }

  private static let spareBits = 64

  private let law: LabelLaw
  private let sampling: SamplingScheme
  private let copies: Int
  private let precision: Int
  private let powers: WeightPowers
  private var forms: [Form] = []
  private var size = 0.0
  private var point, step, term, sum, power: ComplexBall
  private let scratch: ComplexBall.Scratch
  private var position = 0

  init(law: LabelLaw, sampling: SamplingScheme, copies: Int, precision: Int) {
    self.law = law
    self.sampling = sampling
    self.copies = copies
    self.precision = precision
    let working = precision + Self.spareBits
    powers = WeightPowers(
      weights: law.groups.map(\.weight), sampling: sampling, unit: law.unitExponent,
      precision: working)
    point = ComplexBall(precision: working)
    step = ComplexBall(precision: working)
    term = ComplexBall(precision: working)
    sum = ComplexBall(precision: working)
    power = ComplexBall(precision: working)
    scratch = ComplexBall.Scratch(precision: working)
  }

  /// Begins with a new point.
  func begin(at point: borrowing ComplexBall) {
    powers.begin(at: point)
    self.point.set(point)
    self.point.scale(byPowerOfTwo: -law.unitExponent)
    position = 0
    let bound = point.size
    let size = bound.mantissa * Double(sign: .plus, exponent: bound.exponent, significand: 1)
    // All nodes of a circle take the same forms.
    if abs(size - self.size) > 1e-9 * size || forms.isEmpty { chooseForms(size) }
  }

  private func chooseForms(_ size: Double) {
    self.size = size
    let splits = CopiesSplit.groups(of: law, sampling: sampling, point: size, copies: copies)
    forms = zip(law.groups, splits).map { group, split in
      if sampling == .withoutReplacement, let items = group.weight.int, items < copies {
        return .zero
      }
      let lost = (split.logAll - split.logReached) / 0.693_147_180_559_945_3
      return lost < Double(Self.spareBits - 8) ? .difference : .series
    }
  }

  /// Sets `short` to L and `reached` to U of the next group.
  func next(short: inout ComplexBall, reached: inout ComplexBall) {
    let group = law.groups[position]
    let form = forms[position]
    position += 1
    powers.next(into: &power)
    if form == .zero {
      short.set(power)
      reached.set(0)
      return
    }
    let items = sampling == .withoutReplacement ? group.weight.int ?? .max : nil
    step.set(point)
    if items == nil { step.multiply(by: group.weight) }
    term.set(1)
    sum.set(1)
    var error = Magnitude.zero
    for k in 1..<max(copies, 1) {
      advance(to: k, items)
      error = error + sum.addMidpoint(of: term)
    }
    sum.widen(by: error)
    short.set(sum)
    if form == .difference {
      sum.negate()
      power.add(sum)
      reached.set(power)
    } else {
      sumSeries(items)
      reached.set(sum)
    }
  }

  /// From t_(k-1) to t_k.
  private func advance(to k: Int, _ items: Int?) {
    term.multiply(by: step, scratch)
    if let items { term.multiply(by: items - k + 1) }
    term.divide(by: k)
  }

  /// sum = t_m + t_(m+1) + ...
  private func sumSeries(_ items: Int?) {
    var k = copies
    advance(to: k, items)
    sum.set(0)
    var error = sum.addMidpoint(of: term)
    let first = term.size
    let length = step.size + step.size * step.error
    // No less than 1e-300, lest it underflow.
    let x = max(
      length.mantissa * Double(sign: .plus, exponent: length.exponent, significand: 1), 1e-300)
    while true {
      if let items, k >= items { break }
      let here = term.size + term.size * term.error
      // |t_(k+1)/t_k|, times 1 + 2^-40 for the rounding of this line; it falls as k grows.
      let ratio = x * (items.map { Double($0 - k) } ?? 1) / Double(k + 1) * (1 + 0x1p-40)
      if ratio < 0.9, here.exponent < first.exponent - precision - 8 {
        error = error + here * Magnitude(ratio / (1 - ratio) * (1 + 0x1p-40))
        break
      }
      k += 1
      advance(to: k, items)
      error = error + sum.addMidpoint(of: term)
    }
    sum.widen(by: error)
  }
}
