// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// Probabilities of neighbouring numbers by their ratios, relative to the first one.
///
/// `term` is p(position)/p(start): a product of positive factors, so no step cancels and the
/// relative error grows by at most four roundings a step.
struct CountWalk: ~Copyable {
  let law: CountLaw
  private(set) var position: Int
  private(set) var term: RealBall
  /// The weights of success and failure in lowest terms if they fit a machine word, else (1, 1).
  private let small: (success: Int, failure: Int)
  /// Their quotient where they do not.
  private let odds: RealBall
  private let isOddsLong: Bool

  init(_ law: CountLaw, start: Int, precision: Int) {
    self.law = law
    position = start
    term = RealBall(1, precision: precision)
    var (small, isLong) = ((success: 1, failure: 1), false)
    var ratio: Rational = 1
    if case .binomial(let success, let failure) = law.kind, failure.signum > 0 {
      ratio = Rational(success, failure)
      if let w = ratio.numerator.int, let u = ratio.denominator.int {
        small = (w, u)
      } else {
        isLong = true
      }
    }
    self.small = small
    isOddsLong = isLong
    odds = RealBall(isLong ? ratio : 1, precision: precision)
  }

  /// From p(m) to p(m+1); m + 1 is in the support.
  mutating func up() {
    let (m, k) = (position, law.trialCount)
    position += 1
    if case .hypergeometric(let n, let s) = law.kind {
      Self.multiply(&term, s - m, k - m)
      Self.divide(&term, m + 1, n - s - k + m + 1)
      return
    }
    Self.multiply(&term, k - m, small.success)
    Self.divide(&term, m + 1, small.failure)
    if isOddsLong { term.multiply(by: odds) }
  }

  /// From p(m) to p(m-1); m - 1 is in the support.
  mutating func down() {
    let (m, k) = (position, law.trialCount)
    position -= 1
    if case .hypergeometric(let n, let s) = law.kind {
      Self.multiply(&term, m, n - s - k + m)
      Self.divide(&term, s - m + 1, k - m + 1)
      return
    }
    Self.multiply(&term, m, small.failure)
    Self.divide(&term, k - m + 1, small.success)
    if isOddsLong { term.divide(by: odds) }
  }

  private static func multiply(_ x: inout RealBall, _ a: Int, _ b: Int) {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    if !overflow { return x.multiply(by: product) }
    x.multiply(by: a)
    x.multiply(by: b)
  }

  private static func divide(_ x: inout RealBall, _ a: Int, _ b: Int) {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    if !overflow { return x.divide(by: product) }
    x.divide(by: a)
    x.divide(by: b)
  }

  // MARK: - Tails

  /// A bound of the sum over j >= 1 of p(position + j)/p(start), in units of `term`.
  ///
  /// The ratios fall, so with r = p(m+1)/p(m) < 1 the sum is at most term (r + r^2 + ...) =
  /// term r/(1-r); infinite while r >= 1, zero at the end of the support.
  var upwardTail: Double {
    Self.geometric(position < law.support.upperBound ? law.upwardRatio(at: position) : 0)
  }

  /// The same for p(position - j).
  var downwardTail: Double {
    Self.geometric(position > law.support.lowerBound ? law.downwardRatio(at: position) : 0)
  }

  /// r/(1-r) rounded up: 1 - r errs by 2^-53 of itself, so does the quotient.
  static func geometric(_ r: Double) -> Double {
    r == 0 ? 0 : r < 1 ? RelativeError.outward(r / (1 - r)).bound : .infinity
  }
}
