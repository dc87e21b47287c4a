// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The probability that at least j of the classes count, j < C, and its complement.
///
/// One tail by its own integral, which takes the most time, and the other as its complement. For
/// equal classes the tail is the smaller one, so that the complement loses nothing. For unequal
/// ones it may cost less to take the other and the bits that the complement loses.
struct SomeClasses {
  let product: OccupancyProduct
  let drawCount: Int

  private var requirement: Requirement { product.requirement }

  /// Both tails, neither of which is 0 or 1.
  func tails(precision: Int) throws -> Tails {
    let (function, spare) = choice(precision)
    let tails = try Tails.withComplement(precision, spare: spare) {
      try enclosure(function, $0)
    }
    return function.side == .atLeast ? tails : tails.swapped
  }

  /// What the integral takes, about.
  func seconds(precision: Int) -> Double {
    let (whole, spare) = choice(precision)
    let bits = precision + spare
    let function = requirement.isEven ? shortened(whole, Double(bits) * 0.693).0 : whole
    return function.seconds(
      ContourPlan(function, degree: drawCount, bits: Double(bits)),
      work: cost(function, bits).work, bits: Double(bits + 64))
  }

  /// The tail that is integrated, and the bits that its complement loses.
  private func choice(_ precision: Int) -> (function: SomeReached, spare: Int) {
    let needed = requirement.needed
    let (upper, lower) = (tail(.atLeast, needed), tail(.atMost, needed - 1))
    // The mean number of classes that count, with independent draws of each class.
    let mean = product.tilt(product.freePoint(drawCount: Double(drawCount))).mean(0)
    let (small, large) = Double(needed) > mean ? (upper, lower) : (lower, upper)
    let bits = Int(saturating: min(max(0, -logSize(small) / 0.693), 1e7))
    let isSmallCheap =
      requirement.isEven
      || cost(small, precision).seconds <= cost(large, precision + bits).seconds
    return isSmallCheap ? (small, 0) : (large, bits)
  }

  private func tail(_ side: CountSide, _ bound: Int) -> SomeReached {
    SomeReached(product, side, bound, degree: drawCount)
  }

  /// ln of Chernoff's bound of a tail.
  private func logSize(_ function: SomeReached) -> Double {
    let radius = ContourPlan.radius(function, degree: drawCount)
    let (n, total) = (Double(drawCount), product.law.scaledTotal)
    let ways =
      product.sampling == .withReplacement
      ? n * log(total) : lgamma(total + 1) - lgamma(total - n + 1)
    return function.logValue(radius) - (ways - lgamma(n + 1) + n * log(radius))
  }

  /// Products in a node, about, one class after another or by a torus if that takes less, and their
  /// seconds.
  private func cost(
    _ function: SomeReached, _ precision: Int
  ) -> (work: Double, seconds: Double, isTorus: Bool) {
    let direct = function.work
    var torus = Double.infinity
    if !requirement.isEven && direct >= 2000 {
      torus = TailTorus(function: function, degree: drawCount).work(bits: Double(precision))
    }
    let work = min(torus, direct)
    return (work, work * OperationCost.complex(bits: Double(precision + 64)), torus < direct)
  }

  /// An enclosure of one tail, of relative width at most 2^-precision.
  ///
  /// Of many equal classes the terms beyond a limit are left out: together they are the chance of a
  /// smaller tail, which lies between 0 and Chernoff's bound of it, G(r)/(r^n [z^n]E) for any r.
  private func enclosure(_ whole: SomeReached, _ precision: Int) throws -> Enclosure {
    guard requirement.isEven else { return try integral(whole, precision) }
    return try Refinement.enclosure(of: "the tail", precision: precision, spare: 24) { working in
      let (function, rest) = shortened(whole, Double(working) * 0.693)
      let value = try integral(function, precision + 2)
      guard let rest else { return value }
      let radius = ContourPlan.radius(rest, degree: drawCount)
      let bound = product.chance(rest.value(radius), drawCount: drawCount, radius: radius)
      let missing = Enclosure(lower: Real(0), upper: bound ?? Real(1))
      return value.adding(missing, precision: precision + 8).clampedToProbability
    }
  }

  private func integral(_ function: SomeReached, _ precision: Int) throws -> Enclosure {
    let (work, _, isTorus) = cost(function, precision)
    let plan = ContourPlan(function, degree: drawCount, bits: Double(precision))
    try CapacityError.check(
      function.seconds(plan, work: work, bits: Double(precision + 64)),
      "the probability that \(drawCount) draws show at least \(requirement.needed) of "
        + "\(requirement.classCount) classes",
      suggestion: "ask for fewer digits, or a number of classes near the ends")
    return isTorus
      ? try TailTorus(function: function, degree: drawCount).enclosure(precision: precision)
      : try ContourProbability(function, drawCount: drawCount).enclosure(precision: precision)
  }

  /// The function without the terms that are e^-nats of it or less, about, and the tail of these.
  private func shortened(_ whole: SomeReached, _ nats: Double) -> (SomeReached, rest: SomeReached?)
  {
    let sign = whole.side == .atLeast ? 1 : -1
    let length = abs(whole.outer - whole.bound)
    guard length > 64 else { return (whole, nil) }
    // Chernoff's bound exceeds the tail by a factor of a few standard deviations of D.
    let target = logSize(whole) - nats - log(Double(requirement.classCount))
    var (low, high) = (0, length)
    while high - low > max(1, low / 16) {
      let middle = (low + high) / 2
      let rest = tail(whole.side, whole.bound + sign * (middle + 1))
      if isImpossible(rest) || logSize(rest) <= target { high = middle } else { low = middle }
    }
    guard high < length else { return (whole, nil) }
    var function = whole
    function.outer = whole.bound + sign * high
    let rest = tail(whole.side, function.outer + sign)
    return (function, isImpossible(rest) ? nil : rest)
  }

  private func isImpossible(_ rest: SomeReached) -> Bool {
    rest.side == .atLeast
      && requirement.needing(rest.bound).certainty(drawCount: drawCount, product.sampling) == false
  }
}
