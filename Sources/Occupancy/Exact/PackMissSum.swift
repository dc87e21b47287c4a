// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The probability that b packs of k different classes miss one of R required ones, by
/// inclusion-exclusion:
///
///     1 - v_b = T_1 - T_2 + T_3 - ..., T_j = binom(R, j) q_j^b, q_j = binom(C-j, k)/binom(C, k).
///
/// Two neighbouring partial sums enclose it (Bonferroni). T_(j+1)/T_j falls with j, so the terms
/// rise once and fall once.
struct PackMissSum {
  let classCount: Int
  let packSize: Int
  let requiredCount: Int
  /// b.
  let packCount: Int

  /// The highest j with a term other than zero: all k classes of a pack lie outside the j.
  private var lastTerm: Int { min(requiredCount, classCount - packSize) }

  /// An enclosure of 1 - v_b whose absolute error is near 2^-precision times min(T_1, 1).
  ///
  /// - Throws: `CapacityError` when there are too many terms or too many bits cancel.
  func missProbability(precision: Int) throws(CapacityError) -> Enclosure {
    let (count, largestLog2) = try estimate(precision: precision)
    // q^b errs by b times the 2j roundings of q.
    let lost = Int(saturating: log2(4 * Double(packCount) * Double(count + 1))) + 4
    let working = precision + lost + Int(saturating: max(0, largestLog2)) + 8
    var sum = BallSum(precision: working)
    var binomial = RealBall(1, precision: working)
    var survival = RealBall(1, precision: working)
    var term = RealBall(precision: working)
    var base = RealBall(precision: working)
    var negligible = 0
    for j in 1...lastTerm {
      binomial.multiply(by: requiredCount - j + 1)
      binomial.divide(by: j)
      survival.multiply(by: classCount - packSize - j + 1)
      survival.divide(by: classCount - j + 1)
      term.set(survival)
      term.formPower(packCount, base: &base)
      term.multiply(by: binomial)
      let size = term.magnitude
      if j == 1 { negligible = min(0, size.exponent) - precision - 4 }
      sum.add(term, isNegative: j % 2 == 0)
      if j > 1 && size.exponent < negligible {
        return sum.enclosure().bonferroni(term: size, j, precision: working)
      }
    }
    return sum.enclosure()
  }

  /// 1 - v_b as a fraction, or nil if that takes longer.
  func exactMissProbability(within seconds: Double) -> Rational? {
    let all = Integer.binomial(classCount, packSize)
    let bits = Double(all.bitWidth) * Double(packCount)
    guard 2 * OperationCost.integer(bits: bits) * Double(lastTerm) < seconds else { return nil }
    var sum: Integer = 0
    for j in stride(from: 1, through: lastTerm, by: 1) {
      let term =
        Integer.binomial(requiredCount, j)
        * Integer.binomial(classCount - j, packSize).power(packCount)
      sum += j % 2 == 1 ? term : -term
    }
    return Rational(sum, all.power(packCount))
  }

  /// How many terms there are and log2 of the largest, in `Double` arithmetic.
  private func estimate(precision: Int) throws(CapacityError) -> (count: Int, largestLog2: Double) {
    let (c, k, r, b) = (
      Double(classCount), Double(packSize), Double(requiredCount), Double(packCount)
    )
    var (count, largest, nats, floor) = (0, -Double.infinity, 0.0, -Double.infinity)
    while count < lastTerm {
      let j = Double(count)
      nats += log((r - j) / (j + 1)) + b * log1p(-k / (c - j))
      let bits = nats / ln2
      count += 1
      largest = max(largest, bits)
      if count == 1 { floor = min(0, bits) - Double(precision) - 6 }
      // Far more terms than could be served.
      if bits < floor || count > 1_000_000 { break }
    }
    let bits = Double(precision) + max(0, largest) + 64
    let seconds = OperationCost.real(bits: bits) * (1.5 * log2(b + 2) + 4) * Double(count)
    try CapacityError.check(
      seconds,
      "the probability that \(packCount) packs of \(packSize) show \(requiredCount) classes, of "
        + "which \(count) terms cancel \(Int(saturating: max(0, largest))) bits,",
      suggestion: "ask for more packs")
    return (count, largest)
  }
}

/// E[B] and E[B(B+1)] of the number B of packs until every required class was seen, by a positive
/// recurrence.
///
/// Let s required classes be left. A pack shows i of them with probability a_i/W, a_i = binom(s, i)
/// binom(C-s, k-i), W = a_0 + a_1 + ... With D = W - a_0 = a_1 + a_2 + ... and f, h for the two
/// moments,
///
///     D f(s) = W + sum_(i>=1) a_i f(s-i),     D h(s) = 2 W f(s) + sum_(i>=1) a_i h(s-i),
///
/// as B = 1 + B' gives B(B+1) = 2B + B'(B'+1). All terms are positive: nothing cancels.
struct PackMomentRecurrence {
  let classCount: Int
  let packSize: Int
  let requiredCount: Int

  /// How many terms a_i there are in all, at most.
  static func stepCount(packSize: Int, requiredCount: Int) -> Double {
    Double(requiredCount) * Double(min(packSize, requiredCount) + 1)
  }

  /// Both moments with a relative error of at most 2^-bits.
  ///
  /// - Complexity: O(R k) products and quotients; memory for 2k numbers.
  func moments(bits: Int) -> WaitingMoments {
    // At most N = (R+1)(7k + 5) factors (1 + d)^(+-1), |d| <= u = 2^-precision, beside the exact
    // values (Theorem 13).
    let count = Double(requiredCount + 1) * Double(7 * packSize + 5)
    let precision = bits + 3 + Int(count.exponent)
    let (c, k, ring) = (classCount, packSize, packSize + 1)
    // f(s) and h(s), kept at s modulo the length of the rings.
    var first = AccumulatorVector(count: ring, precision: precision)
    var second = AccumulatorVector(count: ring, precision: precision)
    var weight = Accumulator(precision: precision)
    var all = Accumulator(precision: precision)
    var rest = Accumulator(precision: precision)
    var sum = Accumulator(precision: precision)
    var rising = Accumulator(precision: precision)
    var scratch = Accumulator(precision: precision)
    for s in 1...requiredCount {
      let least = max(0, k - (c - s))
      // Any multiple of the a_i will do.
      weight.set(1, rounding: .nearest)
      rest.set(0, rounding: .nearest)
      sum.set(0, rounding: .nearest)
      rising.set(0, rounding: .nearest)
      all.set(least == 0 ? 1 : 0, rounding: .nearest)
      for i in least...min(s, k) {
        if i > 0 {
          rest.add(weight, rounding: .nearest)
          first.addProduct(of: (s - i) % ring, weight, to: &sum, scratch: &scratch)
          second.addProduct(of: (s - i) % ring, weight, to: &rising, scratch: &scratch)
        }
        if i == min(s, k) { break }
        // a_(i+1)/a_i
        weight.multiply(by: (s - i) * (k - i), rounding: .nearest)
        weight.divide(by: (i + 1) * (c - s - k + i + 1), rounding: .nearest)
      }
      all.add(rest, rounding: .nearest)
      sum.add(all, rounding: .nearest)
      sum.divide(by: rest, rounding: .nearest)
      first.set(s % ring, to: sum)
      all.scale(byPowerOfTwo: 1)
      all.multiply(by: sum, rounding: .nearest)
      rising.add(all, rounding: .nearest)
      rising.divide(by: rest, rounding: .nearest)
      second.set(s % ring, to: rising)
    }
    func enclosure(_ value: Real) -> Enclosure {
      Enclosure(lower: value, upper: value).widened(
        by: Magnitude(value) * .roundings(Int(saturating: count), precision: precision),
        precision: precision)
    }
    let last = requiredCount % ring
    return WaitingMoments(mean: enclosure(first.value(last)), rising: enclosure(second.value(last)))
  }
}
