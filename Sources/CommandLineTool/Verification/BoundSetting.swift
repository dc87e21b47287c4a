// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The law of labels, the draws and the temperature of a row of bounds, with the probabilities that
/// bounds are made of, each straight from its definition.
///
/// Nothing here is taken from the Occupancy module: powers and binomial coefficients in place of
/// products over windows, alternating sums over missed classes in place of contours, and sums over
/// all numbers of collisions in place of moments.
struct BoundSetting: Hashable {
  let sizes: LabelDistribution
  let sampling: SamplingScheme
  /// K.
  let negatives: Int
  /// t.
  let temperature: Rational

  var classes: Int { sizes.classCount }
  var isIndependent: Bool { sampling == .withReplacement }
  /// M, the number of items; that of classes for a law without items.
  var total: Int { sizes.itemCount ?? sizes.classCount }
  /// The items besides the anchor of a class of so many.
  func own(_ size: Int) -> Int { isIndependent ? size : size - 1 }

  /// More bits than this are not multiplied out: a second or so.
  private static let sizeLimit = 0x1p28
  /// Binomial coefficients of more items than this are not computed.
  private static let itemLimit = 1 << 21

  /// Whether probabilities are within reach: with independent draws, or of not too many items.
  var isWithinReach: Bool { isIndependent || (total <= Self.itemLimit && negatives < total) }

  /// P(no negative is one of so many items other than the anchor).
  ///
  /// Without replacement it is the share of choices of w items that avoid all K negatives, binom(M
  /// - 1 - K, w)/binom(M - 1, w): the same as binom(M - 1 - w, K)/binom(M - 1, K).
  func absence(of items: Int, _ precision: Int) -> Interval {
    if isIndependent {
      // A power of n loses at most 2 log2 n bits.
      var power = RealBall(Rational(total - items, total), precision: precision + 80)
      power.formPower(negatives)
      return Interval(power, precision)
    }
    let others = total - 1
    guard items + negatives <= others else { return Interval(0, precision) }
    return Interval(
      Rational(
        Integer.binomial(others - negatives, items), Integer.binomial(others, items)), precision)
  }

  /// P(a given class other than the anchor's, of so many items, is among the negatives).
  func presence(of items: Int, _ precision: Int) -> Interval {
    Interval(1, precision) - absence(of: items, precision)
  }

  /// P(Col = 0 and a given other class is among the negatives), for equally likely classes.
  func collisionFreePresence(_ precision: Int) -> Interval {
    let size = sizes.groups[0].size
    return absence(of: own(size), precision) - absence(of: own(size) + size, precision)
  }

  /// P(Col = 0, all classes drawn), for equally likely classes: no collision, and then K draws from
  /// the C - 1 others that show them all.
  func collisionFreeCoverage(_ precision: Int) -> Interval? {
    let size = sizes.groups[0].size
    let covered = Self.coverage(
      classes: classes - 1, size: sizes.itemCount == nil ? nil : size, draws: negatives,
      isIndependent: isIndependent, precision)
    return covered.map { $0 * absence(of: own(size), precision) }
  }

  /// v_(K+1) for equally likely classes; nil if it is too much work.
  func coverage(_ precision: Int) -> Interval? {
    Self.coverage(
      classes: classes, size: sizes.itemCount == nil ? nil : sizes.groups[0].size,
      draws: negatives + 1, isIndependent: isIndependent, precision)
  }

  /// P(n draws show all of C equally likely classes): the sum over j of (-1)^j binom(C, j) P(none
  /// of j given classes), over all j, at a precision that outlasts what cancels.
  private static func coverage(
    classes: Int, size: Int?, draws: Int, isIndependent: Bool, _ precision: Int
  ) -> Interval? {
    if draws < classes { return Interval(0, precision) }
    if classes == 0 { return Interval(1, precision) }
    guard let size, !isIndependent else {
      var working = precision + 64
      while Double(working) * Double(classes) < sizeLimit {
        let sum = alternatingSum(classes, draws, working)
        if let bits = sum.accurateBits, bits >= precision, sum.isPositive {
          return Interval(sum, precision)
        }
        working *= 2
      }
      return nil
    }
    let total = classes * size
    if draws > total { return Interval(0, precision) }
    guard Double(classes) * Double(draws) * 32 < sizeLimit else { return nil }
    var (sum, choices) = (Integer(0), Integer(1))
    for j in 0...classes where total - j * size >= draws {
      if j > 0 {
        choices.multiply(by: classes - j + 1)
        choices = choices.exactlyDivided(by: Integer(j))
      }
      let term = choices * Integer.binomial(total - j * size, draws)
      if j.isMultiple(of: 2) { sum += term } else { sum -= term }
    }
    return Interval(Rational(sum, Integer.binomial(total, draws)), precision)
  }

  /// The sum over j of (-1)^j binom(C, j) (1 - j/C)^n.
  private static func alternatingSum(_ classes: Int, _ draws: Int, _ working: Int) -> Enclosure {
    var sum = Enclosure(1)
    var choices = Integer(1)
    for j in 1..<classes {
      choices.multiply(by: classes - j + 1)
      choices = choices.exactlyDivided(by: Integer(j))
      var term = RealBall(Rational(classes - j, classes), precision: working)
      term.formPower(draws)
      term.multiply(by: RealBall(choices, precision: working))
      let size = term.enclosure()
      sum =
        j.isMultiple(of: 2)
        ? sum.adding(size, precision: working) : sum.subtracting(size, precision: working)
    }
    return sum
  }

  /// H(rho).
  func entropy(_ precision: Int) -> Interval {
    sizes.groups.reduce(Interval(0, precision)) { sum, group in
      let logarithm = Interval(Rational(total, group.size), precision).logarithm
      return sum + logarithm * share(group)
    }
  }

  /// The probability of all classes of one size.
  func share(_ group: LabelDistribution.ClassGroup) -> Rational {
    Rational(Integer(group.size) * Integer(group.classCount), Integer(total))
  }

  /// ln C.
  func chance(_ precision: Int) -> Interval { Interval(Rational(classes), precision).logarithm }

  /// ln(1 + K).
  func uninformedLoss(_ precision: Int) -> Interval {
    Interval(Rational(negatives + 1), precision).logarithm
  }
}
