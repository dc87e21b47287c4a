// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What the circle of F = prod_c (e^(l_c) - 1) needs of its classes beyond `Double`: the linear phase and the
/// logarithm of prod_c (1 - e^-l_c).
struct CoverageRates {
  struct Group {
    let count: Int
    let rate: Double
    /// tau = l e^-l/(1 - e^-l), within 4 u.
    let tau: Double
  }

  /// Classes with l below `rateLimit`; others count as never missed.
  private(set) var groups: [Group] = []
  /// Classes with larger l: each adds at most 2.2 e^(-59.9 cos t) to the logarithm of a node.
  private(set) var certainCount = 0
  /// sum_c tau_c: with sum_c l_c = r the mean of S is r plus this.
  private(set) var linear = FixedSum()
  private(set) var linearRest = 0.0
  /// sum_c ln(1 - e^-l_c).
  private(set) var logarithm = FixedSum()
  /// The variance of S, about.
  private(set) var variance = 0.0

  static let rateLimit = 60.0

  /// nil where 1 - e^-l would lose too much: C max 1/(1 - e^-l) of 2^36 or more.
  ///
  /// For the rounded l the exponential E errs by 2^-112 relatively; e^-rest = 1 - rest + d, |d| < 2^-94 as
  /// |rest| <= 2^-47. So E is within 2^-93, 1 - E within 2^-93/(1 - E) relatively, and both sums err by at most
  /// C 2^-93/(1 - E) < 2^-57 times 1 + l.
  init?(_ rates: ClassRates) {
    for group in rates.groups {
      guard group.rate < Self.rateLimit else {
        certainCount += group.count
        variance += Double(group.count) * group.rate
        continue
      }
      guard Double(group.count) < 0x1p36 * min(1, group.rate / 2) else { return nil }
      let power = FixedExponential(-group.rate)
      var e = power.mantissa >> UInt128(-power.exponent - 1)
      let change = FixedPoint.scaled(group.rest * FixedPoint.double(e), scale: 0)
      e = e &- UInt128(bitPattern: change)
      let d = 0 &- e
      let size = FixedPoint.double(d)
      // l E: l/64 is exact in units of 2^-128 (see `UniformSaddle`), and rest E once more.
      let word = UInt128(bitPattern: FixedPoint.scaled(group.rate, scale: 122))
      let product =
        (FixedPoint.highProduct(word, e) << 6)
        &+ UInt128(bitPattern: FixedPoint.scaled(group.rest * FixedPoint.double(e), scale: 0))
      let tau = FixedPoint.double(product) / size
      let tauWord = UInt128(bitPattern: FixedPoint.scaled(tau, scale: 127)) << 1
      let left = product &- FixedPoint.highProduct(tauWord, d)
      linear.add(group.count, times: tau)
      linearRest += Double(group.count) * (FixedPoint.double(Int128(bitPattern: left)) / size)
      let zeros = d.leadingZeroBitCount
      logarithm.add(
        group.count, times: FixedLogarithm(mantissa: d << UInt128(zeros), exponent: -zeros))
      variance += Double(group.count) * (group.rate + tau) * (1 - tau)
      groups.append(Group(count: group.count, rate: group.rate, tau: tau))
    }
  }
}
