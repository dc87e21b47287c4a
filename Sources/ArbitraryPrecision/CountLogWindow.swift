// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// E ln(1+Col) given the anchor's class, by a sum over the likely numbers of collisions.
///
/// With t_m = p(m)/p(mode), a product of ratios,
///
///     E ln(1+Col) = A/B,   A = sum over m of t_m ln(1+m),   B = sum over m of t_m
///
/// so p itself, with its factorials and powers, is never needed. All terms are positive. The sums
/// run from the mode to both sides until geometric bounds of what is left, R_A of A and R_B of B,
/// are below 2^-precision of the sums; the truncated sums A', B' then enclose A/B by
///
///     A'/(B' + R_B) <= A/B <= (A' + R_A)/B'.
package struct CountLogWindow {
  package let law: CountLaw
  package let precision: Int

  package init(law: CountLaw, precision: Int) { (self.law, self.precision) = (law, precision) }

  /// About how many terms are summed, and the largest m of them: Bernstein's inequality puts all but
  /// 2^-precision of the mass within sqrt(2 L) sigma + 2L/3 of the mean, L = precision ln 2.
  package static func estimate(_ law: CountLaw, precision: Int) -> (termCount: Double, last: Double)
  {
    let reach = Double(precision) * ln2
    let width = (2 * reach * law.approximateMoments.variance).squareRoot() + reach * 2 / 3
    let (first, last) = (Double(law.support.lowerBound), Double(law.support.upperBound))
    let count = min(2 * width, last - first) + 1
    return (count, min(last, Double(law.mode) + count / 2))
  }

  /// The enclosure; exactly 0 where no collision is possible.
  package func enclosure(_ logarithms: IntegerLogarithms) -> Enclosure {
    if law.support.upperBound == 0 { return Enclosure(0) }
    var sums = Sums(precision: precision)
    var error = RelativeError.exact
    for isUpward in [true, false] {
      var walk = CountWalk(law, start: law.mode, isUpward: isUpward, precision: precision)
      if isUpward { sums.add(walk, logarithms) }
      while !walk.isAtEnd {
        walk.advance()
        sums.add(walk, logarithms)
        if walk.position % 4 == 0 && sums.isNegligible(Self.rest(walk)) { break }
      }
      sums.leave(Self.rest(walk))
      error = max(error, walk.term.error)
    }
    return sums.quotient(termError: error, logarithmError: logarithms.error)
  }

  /// What is left of A and B beyond h = position.
  ///
  /// Upward t_(h+j) <= t_h r^j and ln(1+h+j) <= ln(1+h) + j/(1+h), so with g = r/(1-r)
  ///
  ///     R_B <= t_h g,   R_A <= t_h (ln(1+h) g + g(1+g)/(1+h)),   since sum j r^j = r/(1-r)^2.
  ///
  /// Downward ln(1+m) <= ln(1+h). 1 + h < 2^b for its b bits, and ln 2 < 0.6932.
  package static func rest(_ walk: borrowing CountWalk) -> (Magnitude, Magnitude) {
    let (g, h) = (walk.tail, walk.position)
    if g == 0 { return (.zero, .zero) }
    let growth = walk.isUpward ? g * (1 + g) / Double(h + 1) : 0
    let share = RelativeError.outward(0.6932 * Double((h + 1).bitLength) * g + growth).bound
    let term = walk.term.magnitude
    return (term * Magnitude(share), term * Magnitude(g))
  }

  /// A and B, and what was left out of them.
  private struct Sums: ~Copyable {
    private let precision: Int
    private var weighted: Accumulator
    private var plain: Accumulator
    private var product: Accumulator
    private var count = 0
    private var rest = (weighted: Magnitude.zero, plain: Magnitude.zero)

    init(precision: Int) {
      self.precision = precision
      weighted = Accumulator(precision: precision)
      plain = Accumulator(precision: precision)
      product = Accumulator(precision: precision)
    }

    mutating func add(_ walk: borrowing CountWalk, _ logarithms: IntegerLogarithms) {
      plain.add(walk.term.value, rounding: .nearest)
      count += 1
      guard walk.position > 0 else { return }
      product.set(walk.term.value, rounding: .nearest)
      product.multiply(by: logarithms.logarithm(walk.position + 1), rounding: .nearest)
      weighted.add(product, rounding: .nearest)
    }

    /// Whether leaving these out changes neither sum by more than 2^-precision of it.
    borrowing func isNegligible(_ left: (Magnitude, Magnitude)) -> Bool {
      let bits = Double(precision)
      return left.0.approximateLog2 < Magnitude(weighted).approximateLog2 - bits
        && left.1.approximateLog2 < Magnitude(plain).approximateLog2 - bits
    }

    mutating func leave(_ left: (Magnitude, Magnitude)) {
      rest = (rest.weighted + left.0, rest.plain + left.1)
    }

    /// Each summand of A errs by the term's, the logarithm's and the product's error, of B by the
    /// term's, all relative; summands are positive, so a sum errs by no more than its worst summand
    /// and one rounding for each addition but the first, which is exact.
    consuming func quotient(termError: RelativeError, logarithmError: RelativeError) -> Enclosure {
      let additions = RelativeError.roundings(count, precision: precision)
      let a = Magnitude(weighted) * termError.compounded(logarithmError, additions)
      let b = Magnitude(plain) * termError.compounded(additions)
      let numerator = Enclosure(center: weighted, radius: a).adding(
        Enclosure(upTo: rest.weighted), precision: precision)
      let denominator = Enclosure(center: plain, radius: b).adding(
        Enclosure(upTo: rest.plain), precision: precision)
      return numerator.divided(by: denominator, precision: precision)
    }
  }
}
