// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
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
  public static let negativeLimit = 1 << 30

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
  /// - Complexity: A logarithm for each m that is not negligible, O(sqrt K) of them.
  public var contrastiveLoss: ComputableReal {
    if setting.negativeCount == 0 { return ComputableReal(0) }
    let memo = memo
    return .irrational { precision in
      memo.value(precision) { sum(precision: $0) }
    }
  }

  /// R* = A/B, A = sum_m t_m ln(1 + m + (K - m) q), B = sum_m t_m with t_m = Bin(m)/Bin(mode).
  ///
  /// Both are summed from the mode outward. The ratios of neighbours fall, so that what is left
  /// beyond a term t with the ratio r < 1 is at most t r/(1 - r) of B, and ln(1+K) times that of A:
  /// the logarithms are from 0 to ln(1+K), since q < 1.
  private func sum(precision: Int) -> Enclosure {
    let (classes, k) = (setting.classCount, setting.negativeCount)
    let working = precision + 2 * (Int.bitWidth - k.leadingZeroBitCount)
    let q = Enclosure(exponent, precision: working).exponential(precision: working)
    let rest = Enclosure(1).subtracting(q, precision: working)
    let base = q.scaled(by: Integer(k), precision: working)
    let law = CountLaw.binomial(
      trialCount: k, success: Integer(1), failure: Integer(classes - 1))
    var (weighted, plain, left) = (Enclosure(0), Enclosure(0), Enclosure(0))
    func add(_ m: Int, _ weight: Enclosure) {
      let log = base.adding(rest.scaled(by: Integer(m), precision: working), precision: working)
        .logarithmOfOnePlus(precision: working)
      weighted = weighted.adding(
        log.multiplied(by: weight, precision: working), precision: working)
      plain = plain.adding(weight, precision: working)
    }
    /// Bin(m+1)/Bin(m) = (K - m)/((m + 1)(C - 1)), or its reciprocal, from m or m + 1.
    func ratio(from m: Int, by step: Int) -> Rational {
      let lower = min(m, m + step)
      let ratio = Rational(Integer(k - lower), Integer(lower + 1) * Integer(classes - 1))
      return step > 0 ? ratio : 1 / ratio
    }
    add(law.mode, Enclosure(1))
    for step in [1, -1] {
      let last = step > 0 ? law.support.upperBound : law.support.lowerBound
      var (m, weight) = (law.mode, Enclosure(1))
      while m != last {
        weight = weight.scaled(by: ratio(from: m, by: step), precision: working)
        m += step
        add(m, weight)
        guard m != last else { break }
        if let size = weight.upper.binaryExponent, size < -working {
          let next = ratio(from: m, by: step)
          guard next < Rational(99, 100) else { continue }
          left = left.adding(
            weight.scaled(by: next / (1 - next), precision: working), precision: working)
          break
        }
      }
    }
    let outside = Enclosure(lower: Real(0), upper: left.upper)
    let most = Enclosure(k + 1).naturalLogarithm(precision: working)
    return weighted.adding(outside.multiplied(by: most, precision: working), precision: working)
      .divided(by: plain.adding(outside, precision: working), precision: working)
  }

  /// -C/((C-1)t).
  var exponent: Rational {
    -Rational(setting.classCount, setting.classCount - 1) * setting.inverseTemperature
  }
}
