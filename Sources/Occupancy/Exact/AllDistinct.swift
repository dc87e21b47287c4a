// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The probability that n draws show n distinct labels, by formulas that cannot cancel.
///
///     with replacement     n! e_n(w)/M^n
///     without              e_n(m)/binom(M, n)
///
/// e_n is the elementary symmetric polynomial of the weights: a binomial coefficient for equal
/// classes, by its recurrence where that is short, else the coefficient of `AtMostOnce` on a
/// circle.
struct AllDistinct {
  let law: LabelLaw
  let sampling: SamplingScheme
  /// n, from 1 to C.
  let drawCount: Int

  /// Updates of the recurrence that take as long as a contour integral, measured.
  private static let recurrenceLimit = 20_000

  /// An enclosure of relative width at most 2^-precision.
  func probability(precision: Int) throws -> Enclosure {
    if !law.isUniform && drawCount < law.classCount
      && drawCount > Self.recurrenceLimit / law.classCount
    {
      return try ContourProbability(function: AtMostOnce(law), degree: drawCount) {
        sampling.drawWeight(
          total: law.total, drawCount: drawCount, radius: $0, unit: law.unitExponent, precision: $1)
      }.enclosure(precision: precision)
    }
    // At most two roundings for each class and each draw, and the powers' of their exponents.
    let working = precision + 16 + 2 * (Int.bitWidth - law.classCount.leadingZeroBitCount)
    let value = ElementarySymmetric(law: law).value(drawCount, precision: working)
    let all = sampling.drawWeight(
      total: law.total, drawCount: drawCount, radius: 1, precision: working)
    return value.divided(by: all.enclosure(), precision: working).clampedToProbability
  }
}
