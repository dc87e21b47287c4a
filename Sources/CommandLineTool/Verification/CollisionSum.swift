// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The mean of a function of Col, the number of negatives of the anchor's class, summed over the
/// law of Col from its first number on.
struct CollisionSum {
  let setting: BoundSetting

  /// Laws with more numbers below their mode than this are not gone through: seconds.
  private static let stepLimit = 4_000_000

  /// E ln(1 + Col).
  func expectedLog(_ precision: Int) -> Interval? {
    mean(precision) { Interval(Rational($0 + 1), precision).logarithm }
  }

  /// The mean of a function with values from 0 to ln(1 + K); nil if the sum is too long.
  ///
  /// The probabilities are multiplied up from that of the least number, and terms too small to
  /// matter are left out. Ratios of neighbours fall, so once one is below 1/2 what follows a term
  /// is at most as large as it.
  func mean(_ precision: Int, of function: (Int) -> Interval) -> Interval? {
    let most = setting.uninformedLoss(precision)
    var sum = Interval(0, precision)
    for group in setting.sizes.groups {
      guard let part = mean(of: function, size: group.size, most, precision) else { return nil }
      sum = sum + part * setting.share(group)
    }
    return sum
  }

  private func mean(
    of function: (Int) -> Interval, size: Int, _ most: Interval, _ precision: Int
  ) -> Interval? {
    let (k, total) = (setting.negatives, setting.total)
    let others = total - size
    let isIndependent = setting.isIndependent
    let own = isIndependent ? k : size - 1
    let (first, last) = (isIndependent || k <= others ? 0 : k - others, min(k, own))
    let expected = Double(k) * Double(size) / Double(total)
    guard expected < Double(Self.stepLimit) else { return nil }
    // A step has two roundings and a power 2 log2 K: 2^22 steps lose 23 bits.
    let working = precision + 120
    var chance: RealBall
    if isIndependent {
      if others == 0 { return function(k) }
      chance = RealBall(Rational(others, total), precision: working)
      chance.formPower(k)
    } else {
      let ways = Integer.binomial(own, first) * Integer.binomial(others, k - first)
      chance = RealBall(Rational(ways, Integer.binomial(total - 1, k)), precision: working)
    }
    var sum = Interval(0, precision)
    var neglected = Magnitude.zero
    for m in first...last {
      var copy = RealBall(precision: working)
      copy.set(chance)
      let size = copy.magnitude
      let isSmall = size.approximateLog2 < -Double(precision + 40)
      if isSmall {
        neglected = neglected + size
      } else {
        sum = sum + function(m) * Interval(copy, precision)
      }
      if m == last { break }
      // The ratio to the next number: (K - m) w/((m + 1)(M - w)), or (K - m)(w - 1 - m)/((m + 1)(M
      // - w - K + m + 1)).
      let (top, bottom) =
        isIndependent
        ? (Integer(k - m) * Integer(total - others), Integer(m + 1) * Integer(others))
        : (
          Integer(k - m) * Integer(own - m), Integer(m + 1) * Integer(others - k + m + 1)
        )
      if isSmall, top + top < bottom {
        neglected = neglected + size
        break
      }
      chance.multiply(by: RealBall(Rational(top, bottom), precision: working))
    }
    return sum + most * Interval(Enclosure(upTo: neglected), precision)
  }
}
