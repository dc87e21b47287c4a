// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// E ln(1+Col), a sum over the anchor's class, each class by the cheaper of two methods: a window
/// of about 2 sigma sqrt(2 D ln 10) numbers of collisions for D digits, of three products each, or
/// k moments about the mean, of k^2 products, k small where the mean is large. Together they keep
/// the cost bounded whatever K is.
struct CollisionExpectedLog {
  let law: CollisionMixture

  /// An enclosure with a relative width near 2^-precision.
  ///
  /// - Throws: `CapacityError` if too many unequal classes meet too many terms.
  func enclosure(precision: Int) throws -> Enclosure {
    let plans = law.classes.map { Plan($0.law, precision: precision) }
    try CapacityError.check(
      plans.reduce(0.0) { $0 + $1.products } * OperationCost.real(bits: Double(precision)),
      "E ln(1+Col) for \(plans.count) different class sizes at \(precision) bits",
      suggestion: "ask for fewer digits")
    let windows = plans.filter { $0.momentCount == nil }
    let terms = windows.reduce(0.0) { $0 + $1.termCount }
    let last = windows.map(\.last).max() ?? 0
    // A table up to the last term, unless most of it would not be used.
    let logarithms = IntegerLogarithms(
      limit: last < min(16 * terms, 0x1p22) ? Int(saturating: last) + 16 : 1, precision: precision)
    return zip(law.classes, plans).reduce(Enclosure(0)) { sum, term in
      let value = Self.value(term.0.law, term.1, logarithms, precision: precision)
      return sum.adding(value.scaled(by: term.0.share, precision: precision), precision: precision)
    }
  }

  /// The products of 64-bit words that the enclosure takes, and the terms of all windows.
  func cost(precision: Int) -> (products: Double, terms: Double) {
    law.classes.reduce((0, 0)) {
      let plan = Plan($1.law, precision: precision)
      return ($0.0 + plan.products, $0.1 + plan.termCount)
    }
  }

  private static func value(
    _ law: CountLaw, _ plan: Plan, _ logarithms: IntegerLogarithms, precision: Int
  ) -> Enclosure {
    if let count = plan.momentCount {
      let value = CountLogMoments(law: law, precision: precision).enclosure(momentCount: count)
      // The plan is an estimate; a remainder above it is seen in the width.
      if value.isWithin(relativePrecision: precision - 16) { return value }
    }
    return CountLogWindow(law: law, precision: precision).enclosure(logarithms)
  }

  /// The method for one class, chosen by estimates.
  private struct Plan {
    let termCount: Double
    let last: Double
    let momentCount: Int?
    let products: Double

    init(_ law: CountLaw, precision: Int) {
      (termCount, last) = CountLogWindow.estimate(law, precision: precision)
      // A term takes three products and its share of a logarithm.
      let window = 6 * termCount
      let count = CountLogMoments.estimatedCount(law, precision: precision)
      let moments = count.map { 4 * Double($0 * $0) + 40 } ?? .infinity
      momentCount = moments < window ? count : nil
      products = min(moments, window)
    }
  }
}
