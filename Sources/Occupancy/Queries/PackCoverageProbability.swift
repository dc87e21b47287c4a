// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision

/// The probability v_b that b packs show every class: each pack has k different ones of C equally
/// likely classes.
///
///     v_b = sum_j (-1)^j binom(R, j) (binom(C-j, k)/binom(C, k))^b
///
/// for R required classes, all of them unless told otherwise. A pack is also a batch of a sampler
/// that takes k classes at a time, whatever the number of items of each.
///
/// Edge cases, exact: 0 when b k < R; 1 when k = C.
///
/// Reference: Stadje, *The collector's problem with group drawings*, Advances in Applied
/// Probability 22 (1990).
public struct PackCoverageProbability: CertifiedProbability {
  /// C, the number of classes.
  public let classCount: Int
  /// k, the number of different classes in a pack.
  public let packSize: Int
  /// R, the number of classes that must be seen.
  public let requiredCount: Int
  /// b, the number of packs.
  public let packCount: Int

  private let memo = Memo<Tails>()

  /// The most classes that are served.
  package static let classLimit = 1_000_000_000

  /// - Parameters:
  ///   - classCount: C, from 1 to 10^9.
  ///   - packSize: k, from 1 to C.
  ///   - packCount: b, from 1 to 10^15.
  ///   - requiredCount: R, from 1 to C; C if nil.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(classCount: Int, packSize: Int, packCount: Int, requiredCount: Int? = nil)
    throws(DomainError)
  {
    let required = requiredCount ?? classCount
    for (name, value, limit) in [
      ("classCount", classCount, Self.classLimit), ("packSize", packSize, classCount),
      ("requiredCount", required, classCount), ("packCount", packCount, LabelLaw.drawLimit),
    ] {
      try DomainError.unless(
        value >= 1 && value <= limit, name, value, "must be at least 1 and at most \(limit)")
    }
    self.classCount = classCount
    self.packSize = packSize
    self.requiredCount = required
    self.packCount = packCount
  }

  /// v_b as a fraction.
  ///
  /// - Throws: `CapacityError` when its numerator and denominator would be too long.
  public func exactValue() throws -> Rational {
    if let certain { return certain ? 1 : 0 }
    if let miss = sum.exactMissProbability(within: CapacityError.patience) { return 1 - miss }
    throw CapacityError(
      request: "the exact probability that \(packCount) packs of \(packSize) show every class",
      estimate: "fractions of too many digits", suggestion: "ask for up to 1000 digits instead")
  }

  /// v_b and 1 - v_b, each with a relative width of at most 2^-precision.
  ///
  /// - Throws: `CapacityError` when there are too many terms or too many bits cancel.
  /// - Complexity: O(e) terms for e classes that are missed on average, with 2e bits more.
  public func tails(precision: Int) throws -> Tails {
    try tails(memo, precision) { precision in
      // Bits that v_b loses by cancellation are added until both tails are narrow enough.
      try Tails.withComplement(precision, of: "inclusion-exclusion", spare: 0) {
        try sum.missProbability(precision: $0).clampedToProbability
      }.swapped
    }
  }

  private var sum: PackMissSum {
    PackMissSum(
      classCount: classCount, packSize: packSize, requiredCount: requiredCount, packCount: packCount
    )
  }

  /// Whether coverage is certain (true), impossible (false) or neither (nil).
  public var certain: Bool? {
    if packSize == classCount { return true }
    // b k < R, without overflow
    return packCount <= (requiredCount - 1) / packSize ? false : nil
  }
}
