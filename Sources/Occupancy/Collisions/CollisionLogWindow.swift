// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

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
struct CollisionLogWindow {
  let law: CountLaw
  let precision: Int

  /// About how many terms are summed: Bernstein's inequality puts all but 2^-precision of the mass
  /// within sqrt(2 L) sigma + 2L/3 of the mean, L = precision ln 2.
  static func estimatedTermCount(_ law: CountLaw, precision: Int) -> Double {
    let reach = Double(precision) * 0.6931
    let width = (2 * reach * law.approximateMoments.variance).squareRoot() + reach * 2 / 3
    return min(2 * width, Double(law.support.upperBound - law.support.lowerBound)) + 1
  }

  /// About the largest m that is summed.
  static func estimatedLast(_ law: CountLaw, precision: Int) -> Double {
    let reach = estimatedTermCount(law, precision: precision) / 2
    return min(Double(law.support.upperBound), Double(law.mode) + reach)
  }

  /// The enclosure; exactly 0 where no collision is possible.
  func enclosure(_ logarithms: CollisionLogarithms) -> Enclosure {
    if law.support.upperBound == 0 { return Enclosure(0) }
    var sums = Sums(precision: precision)
    var walk = CountWalk(law, start: law.mode, precision: precision)
    sums.add(walk, logarithms)
    while walk.position < law.support.upperBound {
      walk.up()
      sums.add(walk, logarithms)
      if walk.position % 4 == 0 && sums.isNegligible(upwardRest(walk)) { break }
    }
    sums.leave(upwardRest(walk))
    var errors = walk.term.error
    walk = CountWalk(law, start: law.mode, precision: precision)
    while walk.position > law.support.lowerBound {
      walk.down()
      sums.add(walk, logarithms)
      if walk.position % 4 == 0 && sums.isNegligible(downwardRest(walk)) { break }
    }
    sums.leave(downwardRest(walk))
    errors = max(errors, walk.term.error)
    return sums.quotient(termError: errors, logarithmError: logarithms.error)
  }

  /// What is left of A and B above h = position.
  ///
  /// t_(h+j) <= t_h r^j and ln(1+h+j) <= ln(1+h) + j/(1+h), so with g = r/(1-r)
  ///
  ///     R_B <= t_h g,   R_A <= t_h (ln(1+h) g + g(1+g)/(1+h)),   since sum j r^j = r/(1-r)^2.
  private func upwardRest(_ walk: borrowing CountWalk) -> (Magnitude, Magnitude) {
    let g = walk.upwardTail
    let h = walk.position
    let share = RelativeError.outward(Self.logBound(h) * g + g * (1 + g) / Double(h + 1)).bound
    let term = walk.term.magnitude
    return (term * Magnitude(g == 0 ? 0 : share), term * Magnitude(g))
  }

  /// What is left of A and B below l = position: ln(1+m) <= ln(1+l) there.
  private func downwardRest(_ walk: borrowing CountWalk) -> (Magnitude, Magnitude) {
    let g = walk.downwardTail
    let term = walk.term.magnitude
    let share = RelativeError.outward(Self.logBound(walk.position) * g).bound
    return (term * Magnitude(g == 0 ? 0 : share), term * Magnitude(g))
  }

  /// A bound of ln(1+m): 1 + m < 2^b for its b bits, and ln 2 < 0.6932.
  private static func logBound(_ m: Int) -> Double {
    0.6932 * Double(Int.bitWidth - (m + 1).leadingZeroBitCount)
  }
}

extension CollisionLogWindow {
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

    mutating func add(_ walk: borrowing CountWalk, _ logarithms: CollisionLogarithms) {
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
      rest.weighted = rest.weighted + left.0
      rest.plain = rest.plain + left.1
    }

    /// Each summand of A errs by the term's, the logarithm's and the product's error, of B by the
    /// term's, all relative; summands are positive, so a sum errs by no more than its worst summand
    /// and one rounding for each addition.
    consuming func quotient(termError: RelativeError, logarithmError: RelativeError) -> Enclosure {
      let additions = RelativeError.roundings(count + 2, precision: precision)
      let a = termError.compounded(logarithmError, additions)
      let b = termError.compounded(additions)
      let (aRadius, bRadius) = (Magnitude(weighted) * a, Magnitude(plain) * b)
      let numerator = Enclosure(center: weighted, radius: aRadius)
        .adding(Enclosure(lower: Real(0), upper: rest.weighted.real), precision: precision)
      let denominator = Enclosure(center: plain, radius: bRadius)
        .adding(Enclosure(lower: Real(0), upper: rest.plain.real), precision: precision)
      return numerator.divided(by: denominator, precision: precision)
    }
  }
}
