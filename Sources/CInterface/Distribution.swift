// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy

/// The distribution of a number, as the interface has it.
protocol Distribution: Sendable {
  /// What it is called in messages.
  static var name: String { get }

  /// A quantity at n; nil if the distribution does not have it.
  func number(_ quantity: Quantity, _ n: Int) throws -> ComputableReal?

  /// The nearest double of a quantity.
  func double(_ quantity: Quantity, _ n: Int) throws -> Double

  /// The nearest doubles of a quantity at many n.
  func doubles(_ quantity: Quantity, _ n: [Int]) throws -> [Double]

  /// The least n with P(X <= n) >= p.
  func quantile(_ probability: Rational) throws -> Int

  /// The numbers that are possible; `Int.max` for no end.
  var support: ClosedRange<Int> { get throws }
}

extension Distribution {
  /// A quantity at n.
  ///
  /// - Throws: `DomainError` if the distribution does not have it.
  func checkedNumber(_ quantity: Quantity, _ n: Int) throws -> ComputableReal {
    if let number = try number(quantity, n) { return number }
    throw DomainError(
      parameter: "quantity", value: "\(quantity)",
      requirement: "must be one that the \(Self.name) has")
  }

  func double(_ quantity: Quantity, _ n: Int) throws -> Double {
    try checkedNumber(quantity, n).double
  }

  func doubles(_ quantity: Quantity, _ n: [Int]) throws -> [Double] {
    try n.map { try double(quantity, $0) }
  }

  func quantile(_ probability: Rational) throws -> Int {
    throw DomainError(
      parameter: "quantile", value: "of the \(Self.name)",
      requirement: "must be of a waiting time or the distinct law")
  }
}

extension WaitingTime {
  static let name = "waiting time"

  func number(_ quantity: Quantity, _ n: Int) throws -> ComputableReal? {
    switch quantity {
    case .mean: mean
    case .variance: variance
    case .standardDeviation: standardDeviation
    default: try point(n).number(quantity)
    }
  }
}

extension PackWaitingTime: Distribution {
  static let name = "waiting time for packs"

  func number(_ quantity: Quantity, _ n: Int) throws -> ComputableReal? {
    switch quantity {
    case .mean: mean
    case .variance: variance
    case .standardDeviation: standardDeviation
    default:
      n < 1 ? quantity.number(certain: false) : try coverage(packCount: n).number(quantity)
    }
  }

  var support: ClosedRange<Int> {
    (requiredCount - 1) / packSize + 1...(packSize == classCount ? 1 : .max)
  }
}

/// The number of draws until a class comes twice.
struct DuplicateTime: Distribution {
  static let name = "time to a duplicate"

  let law: LabelLaw
  let sampling: SamplingScheme

  init(law: LabelLaw, sampling: SamplingScheme) throws(DomainError) {
    _ = try DuplicateProbability(law: law, sampling: sampling, drawCount: 1)
    self.law = law
    self.sampling = sampling
  }

  func number(_ quantity: Quantity, _ n: Int) throws -> ComputableReal? {
    if quantity == .singleton {
      return try SingletonProbability(law: law, sampling: sampling, drawCount: n).value
    }
    if n < 1 { return quantity.number(certain: false) }
    return try DuplicateProbability(law: law, sampling: sampling, drawCount: n).number(quantity)
  }

  func quantile(_ probability: Rational) throws -> Int {
    try DuplicateProbability.quantile(probability, law: law, sampling: sampling)
  }

  var support: ClosedRange<Int> {
    get throws {
      try DuplicateProbability.checkReach(law: law, sampling: sampling)
      return 2...(law.classCount == .max ? .max : law.classCount + 1)
    }
  }
}

extension CollisionLaw: Distribution {
  static let name = "law of collisions"

  func number(_ quantity: Quantity, _ n: Int) throws -> ComputableReal? {
    switch quantity {
    case .pmf: pmf(n)
    case .cdf: cdf(n)
    case .sf: ccdf(n)
    case .mean: mean
    case .expectedLog: expectedLog
    case .expectedLogGivenCollision: try givenCollision
    default: nil
    }
  }

  private var givenCollision: ComputableReal {
    get throws(DomainError) {
      if let number = expectedLogGivenCollision { return number }
      throw DomainError(
        parameter: "negatives", value: "\(negativeCount)",
        requirement: "must be enough for a collision to be possible")
    }
  }

  var support: ClosedRange<Int> { 0...negativeCount }
}

extension CoveredCollisionLaw: Distribution {
  static let name = "law of collisions with coverage"

  func number(_ quantity: Quantity, _ n: Int) throws -> ComputableReal? {
    guard quantity == .pmf else { return nil }
    return n < 0 ? ComputableReal(0) : try pmf(n)
  }

  var support: ClosedRange<Int> { 0...negativeCount }
}

extension DistinctLaw: Distribution {
  static let name = "law of distinct labels"

  func number(_ quantity: Quantity, _ n: Int) throws -> ComputableReal? {
    switch quantity {
    case .pmf: try pmf(n)
    case .cdf: try cdf(n)
    case .sf: try ccdf(n)
    case .mean: mean
    case .variance: variance
    case .standardDeviation: standardDeviation
    default: nil
    }
  }
}
