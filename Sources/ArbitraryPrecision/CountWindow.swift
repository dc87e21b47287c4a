// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The likely numbers of successes with t_m = p(m)/p(mode) as integers of 2^-unit, for expectations
/// of functions of Newton's series: sum of t_m g(m) over sum of t_m.
package struct CountWindow: Sendable {
  package let first: Int
  package let weights: [Int128]
  private let unit: Int
  /// The sum of all t_m.
  private let sum: ComplexWord
  /// What is left out of sums of t_m ln(1+m) and of t_m, in units.
  private let rest: (weighted: Double, plain: Double)

  /// The last number.
  package var last: Int { first + weights.count - 1 }

  /// The window of a law, nil where it is too long.
  package init?(_ law: CountLaw) {
    let estimate = CountLogWindow.estimate(law, precision: 128).termCount
    guard estimate < 0x1p14 else { return nil }
    // All t_m are at most 1 but for an estimate of the mode, so their sum is below 2^123.
    let unit = 120 - (2 * Int(estimate) + 64).bitLength
    var words: [[Int128]] = [[], []]
    var rest = (weighted: Magnitude.zero, plain: Magnitude.zero)
    for (side, isUpward) in [false, true].enumerated() {
      var walk = CountWalk(law, start: law.mode, isUpward: isUpward, precision: 160)
      while !walk.isAtEnd {
        walk.advance()
        guard let word = walk.term.value.word(scale: unit), word <= 1 << (unit + 1) else {
          return nil
        }
        words[side].append(word)
        guard walk.position % 4 == 0 else { continue }
        let left = CountLogWindow.rest(walk)
        if left.0.approximateLog2 < -128 && left.1.approximateLog2 < -128 { break }
      }
      let left = CountLogWindow.rest(walk)
      rest = (rest.weighted + left.0, rest.plain + left.1)
      guard words[side].count < 1 << 14, walk.term.error.bound < 0x1p-130 else { return nil }
    }
    weights = words[0].reversed() + [1 << Int128(unit)] + words[1]
    guard weights.count <= 2 * Int(estimate) + 64 else { return nil }
    first = law.mode - words[0].count
    self.unit = unit
    self.rest = (
      RelativeError(rest.weighted).bound * .powerOfTwo(unit),
      RelativeError(rest.plain).bound * .powerOfTwo(unit)
    )
    // A t_m is cut off by less than a unit, after errors of 2^-130 of it, less than 2^-9 units, that
    // of the mode is exact.
    sum = ComplexWord(
      nonnegative: weights.reduce(0, &+), exponent: -unit,
      error: 1.01 * Double(weights.count - 1) + (weights.count > 1 ? self.rest.plain : 0))
  }

  /// 1 over the sum of all t_m.
  package var reciprocalSum: ComplexWord {
    var result = sum
    result.formReciprocal(ComplexWord.Scratch())
    return result
  }

  /// The sum of v_m d_j(m), where v_m is t_m or has been made of it in j steps (`CollisionSeries`).
  ///
  /// Errors of a term, in units. For j >= 1: of v_m at most 2j + 2.1, times d_j <= d_j(0), ln 2 for j =
  /// 1, 0.288 for j = 2 and at most 1/j, as (1 - e^-s)/s <= 1 in its integral: less than 2.842; of
  /// d_j, 2^-124 of v_m at most 2^114; 3/4 of a unit for the product: less than 3.6. For j = 0, in
  /// units of 2^(7-unit): 1.01 2^-7 35 of t_m, 2^-9 of the logarithm, and 3/4: less than 2; none for
  /// m = 0. What is left out is at most the rest of t_m ln(1+m), and as d_j < 1 that of t_m.
  package func sum(_ values: [Int128], of differences: LogarithmDifferences, order j: Int)
    -> ComplexWord
  {
    let exponent = LogarithmDifferences.unitExponent(j)
    let count = Double(j == 0 && first == 0 ? weights.count - 1 : weights.count)
    let left = j == 0 ? rest.weighted : rest.plain
    return ComplexWord(
      nonnegative: differences.sum(values, from: first, order: j), exponent: exponent - unit,
      error: count * 3.6 + (weights.count > 1 ? left : 0))
  }
}
