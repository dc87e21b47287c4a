// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Inclusion-exclusion for R equal classes with replacement, in integers over one denominator:
///
///     1 - v_n = (T_1 - T_2 + T_3 - ...)/M^n, T_j = binom(R, j) (M - j w)^n.
///
/// A term that is a thousand times smaller takes ten bits less, so most of the powers, which are
/// nearly all of the work, are made at one or two words. Nothing is allocated within the loop.
package struct EvenMissSum {
  /// R.
  private let classCount: Int
  /// w and M without common divisor.
  private let weight, total: Int
  /// n.
  private let drawCount: Int

  package init(classCount: Int, weight: Int, total: Int, drawCount: Int) {
    self.classCount = classCount
    (self.weight, self.total, self.drawCount) = (weight, total, drawCount)
  }

  /// An enclosure of 1 - v_n whose absolute error is near 2^-precision times min(T_1/M^n, 1).
  ///
  /// - Parameter levelLog2: log2(T_j/M^n), about, for the terms to be summed, j = 1, 2, ...; it
  ///   decides how narrow the enclosure is, not whether it is right.
  package func missProbability(levelLog2: [Double], precision: Int) -> Enclosure {
    // n roundings of a power, and what follows; relative to the smaller of T_1 and 1.
    let goal = Double(precision + 10 + drawCount.bitLength) - min(0, levelLog2[0])
    // Term j takes the bits of the largest of the terms from j on.
    var bits = levelLog2
    for j in bits.indices.dropLast().reversed() { bits[j] = max(bits[j], bits[j + 1]) }
    var precisionNow = Self.precision(goal + bits[0])
    var sum = Accumulator(precision: precisionNow)
    var binomial = Accumulator(1, precision: precisionNow)
    var power = Accumulator(precision: precisionNow)
    var term = Accumulator(precision: precisionNow)
    var error = Magnitude.zero
    let sumUnit = RelativeError.rounding(precision: precisionNow)
    // T_j = 0 where no weight is left.
    let most = total == classCount * weight ? classCount - 1 : classCount
    let last = min(bits.count, most)
    for j in 1...max(1, last) where j <= most {
      let precision = min(precisionNow, Self.precision(goal + bits[j - 1]))
      if precision < precisionNow {
        precisionNow = precision
        power.reset(precision: precision)
        term.reset(precision: precision)
      }
      power.setPower(total - j * weight, drawCount)
      binomial.multiply(by: classCount - j + 1, rounding: .nearest)
      binomial.divide(by: j, rounding: .nearest)
      term.setProduct(power, binomial)
      // n roundings of the power, 2j of the binomial coefficient, at u or less, and one: T_j is the
      // stored term times n + 2j + 1 factors 1 + d, |d| <= u.
      error = error + Magnitude(term) * .roundings(drawCount + 2 * j + 1, precision: precisionNow)
      if j % 2 == 1 {
        sum.add(term, rounding: .nearest)
      } else {
        sum.subtract(term, rounding: .nearest)
      }
      error = error + Magnitude(sum) * sumUnit
    }
    var numerator = Enclosure(center: sum, radius: error)
    // With all terms that are not 0 nothing is left out. Else the term is at most its size and
    // error.
    if last < most {
      numerator = numerator.bonferroni(
        term: Magnitude(term) + error, last, precision: sum.precision)
    }
    // M^n: at most n roundings, as above.
    var all = Accumulator(precision: sum.precision)
    all.setPower(total, drawCount)
    let radius = Magnitude(all) * .roundings(drawCount, precision: sum.precision)
    return numerator.nonnegative.divided(
      by: Enclosure(center: all, radius: radius), precision: sum.precision)
  }

  /// At least so many bits, and 64.
  private static func precision(_ bits: Double) -> Int {
    let bits = Int(max(64, min(bits.rounded(.up), 0x1p40)))
    if bits <= Accumulator.wordPrecision { return bits == 64 ? 64 : Accumulator.wordPrecision }
    return fastPrecision(atLeast: bits)
  }
}
