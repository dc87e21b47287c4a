// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
internal import Labels
internal import Occupancy

/// The least contrastive loss that any encoder reaches, and the supervised loss there.
///
/// In the setting of CURL (positives drawn independently from the class, independent equally likely
/// classes, features of unit length in at least C - 1 dimensions)
///
///     R*(K, C, t) = sum_m Bin(m; K, 1/C) ln(1 + m + (K - m) q),  q = e^(-C/((C-1)t))
///     L_sup = ln(1 + (C-1) q)
///
/// reached by the simplex equiangular tight frame: one point a class, with inner products -1/(C-1).
/// The gap d is 0 there, since the augmented views of a class are one point.
///
/// Reference: this project.
public struct SimplexFrameOptimum: Sendable {
  /// The setting: its law must be uniform, its draws independent.
  public let setting: ContrastiveSetting

  private let memo = Memo<Enclosure>()

  /// The most negatives for which the sum is taken.
  public static let negativeLimit = 1 << 20

  /// - Throws: `DomainError` unless there are at least two classes, equally likely and drawn
  ///   independently, and at most `negativeLimit` negatives.
  public init(_ setting: ContrastiveSetting) throws(DomainError) {
    guard setting.classCount >= 2 else {
      throw DomainError(
        parameter: "classCount", value: "\(setting.classCount)", requirement: "must be at least 2")
    }
    guard setting.classSizes.isUniform, setting.isIndependent else {
      throw DomainError(
        parameter: "law", value: "unequal or without replacement",
        requirement: "must be uniform and draws independent")
    }
    guard setting.negativeCount <= Self.negativeLimit else {
      throw DomainError(
        parameter: "negativeCount", value: "\(setting.negativeCount)",
        requirement: "must be at most \(Self.negativeLimit)")
    }
    self.setting = setting
  }

  /// L_sup of the frame.
  public var supervisedLoss: ComputableReal {
    let (classes, exponent) = (setting.classCount, exponent)
    return .irrational { precision in
      Enclosure(exponent, precision: precision).exponential(precision: precision)
        .scaled(by: Integer(classes - 1), precision: precision)
        .logarithmOfOnePlus(precision: precision)
    }
  }

  /// R*.
  ///
  /// - Complexity: O(K) products, and a logarithm for each m that is not negligible.
  public var contrastiveLoss: ComputableReal {
    if setting.negativeCount == 0 { return ComputableReal(0) }
    let memo = memo
    return .irrational { precision in
      memo.value(precision) { sum(precision: $0) }
    }
  }

  private func sum(precision: Int) -> Enclosure {
    let (classes, k) = (setting.classCount, setting.negativeCount)
    let working = precision + 2 * (Int.bitWidth - k.leadingZeroBitCount)
    let q = Enclosure(exponent, precision: working).exponential(precision: working)
    let rest = Enclosure(1).subtracting(q, precision: working)
    let base = q.scaled(by: Integer(k), precision: working)
    // Bin(0) = (1 - 1/C)^K, and Bin(m) from Bin(m-1) by (K-m+1)/(m (C-1)); all factors are
    // positive.
    var chance = Enclosure(Rational(-1, classes), precision: working)
      .logarithmOfOnePlus(precision: working).scaled(by: Integer(k), precision: working)
      .exponential(precision: working)
    var (sum, skipped) = (Enclosure(0), Enclosure(0))
    for m in 0...k {
      if m > 0 {
        chance = chance.scaled(
          by: Rational(Integer(k - m + 1), Integer(m) * Integer(classes - 1)), precision: working)
      }
      if let size = chance.upper.binaryExponent, size < -working {
        skipped = skipped.adding(chance, precision: working)
        continue
      }
      let log = base.adding(rest.scaled(by: Integer(m), precision: working), precision: working)
        .logarithmOfOnePlus(precision: working)
      sum = sum.adding(log.scaled(by: chance, precision: working), precision: working)
    }
    // The logarithms of the terms that were skipped are from 0 to ln(1+K), since q < 1.
    let most = Enclosure(k + 1).naturalLogarithm(precision: working)
    let tail = skipped.multiplied(by: most, precision: working)
    return sum.adding(Enclosure(lower: Real(0), upper: tail.upper), precision: working)
  }

  /// -C/((C-1)t).
  var exponent: Rational {
    -Rational(setting.classCount, setting.classCount - 1) * setting.inverseTemperature
  }
}
