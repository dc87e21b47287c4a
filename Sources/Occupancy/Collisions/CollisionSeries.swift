// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision

/// E ln(1+Col) and P(Col = 0) for K0, ..., K0 + 2^b negatives by Newton's series in K - K0, whose
/// terms bracket the values: Theorem 15.
///
/// With x = Col after K0 negatives and r_j(x) the chance that j given others collide then,
///
///     E ln(1+Col) = E_0 - sum over j of (-1)^j E_j (k)_j/L^j,   E_j = L^j/j! E[r_j(x) d_j(x)]
///
/// where d_j are the differences of the logarithm (`LogarithmDifferences`), and the same with the
/// indicator of x = 0 in place of d_j for P(Col >= 1). The expectations are sums over windows of x
/// (`CountWindow`), one for each size of a class; what follows for all K takes J products each.
struct CollisionSeries: Sendable {
  /// K0, the first number of negatives, and the last.
  let negativeCounts: ClosedRange<Int>
  private let logarithm: NewtonSeries
  /// P(Col >= 1) if K0 = 0, else P(Col = 0).
  private let other: NewtonSeries

  /// - Parameters:
  ///   - mixture: The law of Col for K0 negatives.
  ///   - lengthBits: b.
  ///   - order: J, at most 90.
  init?(_ mixture: CollisionMixture, lengthBits: Int, order: Int) {
    let (start, parts) = (mixture.negativeCount, Array(mixture.classes))
    let isLong = start > 0 && parts.count > 8
    let found = Parallel.map(parts.count, isWorthwhile: isLong) { CountWindow(parts[$0].law) }
    let windows = found.compactMap(\.self)
    guard windows.count == parts.count, let low = windows.map(\.first).min(),
      let high = windows.map(\.last).max(), high - low < 1 << 14
    else { return nil }
    let end = high + order + 1
    let logarithms = IntegerLogarithms(limit: end < 1 << 17 ? end : 1, precision: 256)
    guard
      let differences = LogarithmDifferences(
        of: low...high, order: order, logarithm: logarithms.logarithm)
    else { return nil }
    let terms = Parallel.map(parts.count, isWorthwhile: isLong) {
      Coefficients(parts[$0], windows[$0], differences, lengthBits: lengthBits, order: order)
    }
    var sum = Coefficients(order: order)
    for term in terms { sum.add(term) }
    let rests = (sum.logarithm.removeLast(), sum.none.removeLast())
    if start == 0 { sum.none[0].set(0) }
    for j in 1..<order {
      if j % 2 == 0 { sum.logarithm[j].negate() }
      if (j % 2 == 0) == (start == 0) { sum.none[j].negate() }
    }
    func series(_ values: [ComplexWord], _ rest: ComplexWord) -> NewtonSeries? {
      NewtonSeries(values, remainder: rest.size + rest.size * rest.error, lengthBits: lengthBits)
    }
    guard let logarithm = series(sum.logarithm, rests.0), let other = series(sum.none, rests.1)
    else { return nil }
    (self.logarithm, self.other) = (logarithm, other)
    negativeCounts = start...(start + 1 << lengthBits)
  }

  /// E ln(1+Col) for one of the numbers of negatives.
  func expectedLog(_ negativeCount: Int) -> ComplexWord {
    logarithm.value(negativeCount - negativeCounts.lowerBound)
  }

  /// P(Col = 0) and P(Col >= 1).
  func tails(_ negativeCount: Int) -> (free: ComplexWord, collision: ComplexWord) {
    let one = other.value(negativeCount - negativeCounts.lowerBound)
    var complement = one
    complement.negate()
    complement.add(1, ComplexWord.Scratch())
    return negativeCounts.lowerBound == 0 ? (complement, one) : (one, complement)
  }

  /// The smallest order J for which the remainders are negligible in comparison with the second
  /// term, nil if that is above 90.
  ///
  /// E_J is at most t^J/J! of what it would be without L and r_J, t = L r_1.
  static func order(_ t: Double) -> Int? {
    var bits = 0.0
    for order in 2...90 {
      bits += log2(t) - log2(Double(order))
      if bits < -112 { return order }
    }
    return nil
  }
}

/// E_0, ..., E_J of one size of a class, times its share, or of all.
private struct Coefficients: Sendable {
  var logarithm: [ComplexWord]
  var none: [ComplexWord]

  init(order: Int) {
    logarithm = Array(repeating: ComplexWord(), count: order + 1)
    none = logarithm
  }

  mutating func add(_ other: Coefficients) {
    for j in logarithm.indices {
      logarithm[j].add(other.logarithm[j])
      none[j].add(other.none[j])
    }
  }

  /// With replacement r_j = rho^j. Without, r_j(x) = (s-x)_j/(N-K0)_j of which (s-x)_j goes into the
  /// weights v_x, in units u 2^i, step by step and rounded down.
  ///
  /// With s0 the most that s - x can be, i is such that (s0)_j 2^-i stays within [1/2, 1]: so v_x <=
  /// t_x, and what it errs by, 1.02 units at first and 1 a step, grows by at most 2: 2j + 2.1 in
  /// all.
  init(
    _ part: CollisionMixture.Part, _ window: CountWindow, _ differences: LogarithmDifferences,
    lengthBits: Int, order: Int
  ) {
    self.init(order: order)
    let (t, law) = (ComplexWord.Scratch(), part.law)
    func word(_ x: Rational) -> ComplexWord {
      var result = ComplexWord()
      result.set(RealBall(x, precision: 128))
      return result
    }
    let share = word(part.share)
    // L^j/j! r_j without (s-x)_j, over the sum of the t_x; and L^j/j! r_j(0) P(x = 0).
    var factor = window.reciprocalSum
    factor.multiply(by: share, t)
    var alone = ComplexWord()
    if law.support.contains(0) {
      alone.set(law.support.count == 1 ? RealBall(1, precision: 128) : law.pmf(0, precision: 128))
      alone.multiply(by: share, t)
    }
    var values = window.weights
    var (rate, most, size) = (ComplexWord(), 0, 1.0)
    switch law.kind {
    case .binomial(let success, let failure): rate = word(Rational(success, success + failure))
    case .hypergeometric(_, let matching): most = matching - law.support.lowerBound
    }
    for j in 0...order {
      var term = window.sum(values, of: differences, order: j)
      term.multiply(by: factor, t)
      logarithm[j] = term
      none[j] = alone
      var bits = lengthBits
      switch law.kind {
      case .binomial:
        factor.multiply(by: rate, t)
        alone.multiply(by: rate, t)
      case .hypergeometric(let items, let matching):
        // Beyond, r_j = 0.
        if j >= most { return }
        var shift = most.bitLength
        size *= Double(most - j) * .powerOfTwo(-shift)
        while size < 0.5 && shift > 0 { (size, shift) = (2 * size, shift - 1) }
        for i in values.indices {
          values[i] = values[i].scaled(by: max(0, matching - window.first - i - j), shift: shift)
        }
        bits += shift
        alone.multiply(by: max(0, matching - j))
        factor.divide(by: items - law.trialCount - j)
        alone.divide(by: items - law.trialCount - j)
      }
      factor.divide(by: j + 1)
      alone.divide(by: j + 1)
      factor.scale(byPowerOfTwo: bits)
      alone.scale(byPowerOfTwo: lengthBits)
    }
  }
}
