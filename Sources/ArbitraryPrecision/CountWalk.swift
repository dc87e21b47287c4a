// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Probabilities of neighbouring numbers, one after another upward or downward, by their ratios,
/// relative to the first one.
///
/// `term` is p(position)/p(start): a product of positive factors, so no step cancels and the
/// relative error grows by at most four roundings a step.
package struct CountWalk: ~Copyable {
  package let law: CountLaw
  package let isUpward: Bool
  package private(set) var position: Int
  package private(set) var term: RealBall
  /// The weights of success and failure in lowest terms if they fit a machine word, else (1, 1).
  private let small: (success: Int, failure: Int)
  /// Their quotient where they do not.
  private let odds: RealBall
  private let isOddsLong: Bool

  package init(_ law: CountLaw, start: Int, isUpward: Bool, precision: Int) {
    self.law = law
    self.isUpward = isUpward
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

  /// Whether no number lies beyond.
  package var isAtEnd: Bool {
    position == (isUpward ? law.support.upperBound : law.support.lowerBound)
  }

  /// From p(m) to p(m+1), or to p(m-1), in the support.
  package mutating func advance() {
    // p(m+1)/p(m) = top/bottom
    let (m, k) = (isUpward ? position : position - 1, law.trialCount)
    var (top, bottom) = ((k - m, small.success), (m + 1, small.failure))
    if case .hypergeometric(let n, let s) = law.kind {
      (top.1, bottom.1) = (s - m, n - s - k + m + 1)
    }
    position += isUpward ? 1 : -1
    if !isUpward { swap(&top, &bottom) }
    let (factor, isFactorLong) = top.0.multipliedReportingOverflow(by: top.1)
    if isFactorLong {
      term.multiply(by: top.0)
      term.multiply(by: top.1)
    } else {
      term.multiply(by: factor)
    }
    let (divisor, isDivisorLong) = bottom.0.multipliedReportingOverflow(by: bottom.1)
    if isDivisorLong {
      term.divide(by: bottom.0)
      term.divide(by: bottom.1)
    } else {
      term.divide(by: divisor)
    }
    guard isOddsLong else { return }
    if isUpward { term.multiply(by: odds) } else { term.divide(by: odds) }
  }

  /// A bound of the sum over j >= 1 of p(position +- j)/p(start), in units of `term`.
  ///
  /// The ratios fall, so with r = p(m+1)/p(m) < 1 the sum is at most term (r + r^2 + ...) =
  /// term r/(1-r), 1 - r and the quotient each off by 2^-53 of itself; infinite while r >= 1, zero
  /// at the end of the support.
  package var tail: Double {
    if isAtEnd { return 0 }
    let r = isUpward ? law.upwardRatio(at: position) : law.downwardRatio(at: position)
    return r == 0 ? 0 : r < 1 ? RelativeError.outward(r / (1 - r)).bound : .infinity
  }
}
