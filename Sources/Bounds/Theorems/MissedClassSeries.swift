// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// E[1{I > 0} h(I)], h(i) = ln(1 + (C - a - i) q), with I the number of C equally likely classes that
/// n independent draws miss: by Newton's series of h at 0.
///
/// With D_m = -(Delta^m h)(0) and w_m = E binom(I, m) = binom(C, m) (1 - m/C)^n
///
///     E[1{I > 0} h(I)] = h(0) P(I > 0) - sum over m >= 1 of w_m D_m,
///
/// all D_m positive. For alpha = 1/q + C - a, h(i) is a constant plus ln(alpha - i), and by
/// Frullani's integral, with w = e^-s,
///
///     D_m = int_0^1 w^(alpha-m-1) (1-w)^m dw/ln(1/w) <= int_0^1 w^(alpha-m-1) (1-w)^(m-1) dw
///         = (m-1)!/((alpha-1) (alpha-2) ... (alpha-m)),
///
/// as ln(1/w) >= 1 - w. With U_m the bound of w_m D_m that this gives, y = C - m and b = 1/q - a - 1,
///
///     U_(m+1)/U_m = m/(m+1) r_m,   r_m = y/(y+b) (1 - 1/y)^n = (y-1)/(y+b) (1 - 1/y)^(n-1).
///
/// As b > -1 the r_m are below 1 and fall as m grows: the terms from U_m on are at most U_m/(1-r_m)
/// together.
struct MissedClassSeries {
  private let classes, draws, own: Int
  private let exponent: Rational
  private let precision: Int
  /// How many terms are summed, the bits that differences lose, and what is left out.
  let termCount: Int
  private let lostBits: Int
  private let rest: Magnitude

  /// - Parameters:
  ///   - classes: C, at least 2.
  ///   - draws: n, at least 1.
  ///   - own: a, 0 or 1.
  ///   - exponent: ln q, negative.
  ///   - precision: The bits that the sum is to have.
  init(classes: Int, draws: Int, own: Int, exponent: Rational, precision: Int) {
    (self.classes, self.draws, self.own, self.exponent) = (classes, draws, own, exponent)
    self.precision = precision
    let (c, n, x) = (Double(classes), Double(draws), -exponent.double)
    let inverse = exp(-x)
    /// log2 of alpha - i, and of ((C-m-1)/(C-m))^n.
    func logDistance(_ i: Int) -> Double {
      (x + log1p((c - Double(own + i)) * inverse)) / ln2
    }
    func logStep(_ m: Double) -> Double { n * log1p(-1 / (c - m)) / ln2 }
    // log2 of w_m and of U_m, whose roundings are far below a bit: n <= 2^30 and m <= 2^12.
    var weight = log2(c) + logStep(0)
    var bound = weight - logDistance(1)
    let first = bound
    var (m, lost, rest) = (1, max(0, weight + 1 - first), Magnitude.zero)
    while m < classes - 1 {
      let left = c - Double(m)
      weight += log2(left / Double(m + 1)) + logStep(Double(m))
      bound += log2(Double(m)) - log2(Double(m + 1)) + log2(left) + logStep(Double(m))
      bound -= logDistance(m + 1)
      // U_(m+1) now, and r_(m+1).
      let ratio = exp2(log2(left - 1) - logDistance(m + 2) + logStep(Double(m + 1)))
      if ratio < 1, bound - log2(1 - ratio) < first - Double(precision) - 8 {
        rest = Magnitude(1, exponent: Int(saturating: (bound - log2(1 - ratio)).rounded(.up)) + 1)
        break
      }
      m += 1
      lost = max(lost, weight + Double(m) - first)
    }
    (termCount, lostBits, self.rest) = (m, Int(saturating: min(lost, 0x1p20).rounded(.up)), rest)
  }

  /// The value, from P(I > 0).
  func enclosure(missed: Enclosure) -> Enclosure {
    let working = precision + lostBits + 16
    let q = Enclosure(exponent, precision: working).exponential(precision: working)
    // h(i), then the differences: -Delta h, and Delta of what came before.
    var differences = (0...termCount).map {
      q.scaled(by: Integer(classes - own - $0), precision: working)
        .logarithmOfOnePlus(precision: working)
    }
    var result = differences[0].multiplied(by: missed, precision: precision)
    var count: Integer = 1
    for m in 1...termCount {
      for i in 0..<(differences.count - 1) {
        let (x, y) = (differences[i], differences[i + 1])
        differences[i] =
          m == 1
          ? x.subtracting(y, precision: working) : y.subtracting(x, precision: working)
      }
      differences.removeLast()
      count.multiply(by: classes - m + 1)
      count = count.exactlyDivided(by: Integer(m))
      // A power of n loses at most 2 log2 n bits.
      let bits = precision + 2 * (Int.bitWidth - draws.leadingZeroBitCount) + 8
      var chance = RealBall(Rational(classes - m, classes), precision: bits)
      chance.formPower(draws)
      chance.multiply(by: RealBall(count, precision: bits))
      let term = differences[0].nonnegative.multiplied(
        by: chance.enclosure().nonnegative, precision: precision)
      result = result.subtracting(term, precision: precision)
    }
    return result.subtracting(
      Enclosure(lower: Real(0), upper: rest.real), precision: precision
    ).nonnegative
  }
}
