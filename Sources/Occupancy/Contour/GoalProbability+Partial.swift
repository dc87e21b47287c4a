// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// At least j of the classes, j < C.
extension GoalProbability {
  /// One tail by its own integral, which takes the most time, and the other as its complement.
  ///
  /// For equal classes the tail is the smaller one, so that the complement loses nothing. For unequal
  /// ones it may cost less to take the other and the bits that the complement loses.
  func someClasses(_ precision: Int) throws -> Tails {
    let upper = tail(.atLeast, needed)
    let lower = tail(.atMost, needed - 1)
    let isUpperSmall = Double(needed) > meanReached
    let (small, large) = isUpperSmall ? (upper, lower) : (lower, upper)
    let spare = max(0, -logSize(small) / 0.693)
    let isSmallCheap =
      law.isUniform || cost(small, precision) <= cost(large, precision + Int(min(spare, 1e7)))
    let function = isSmallCheap ? small : large
    let tails = try withComplement(
      precision, spare: isSmallCheap ? 0 : Int(min(spare, 1e7))
    ) {
      try enclosure(function, $0)
    }
    return function.side == .atLeast
      ? tails : Tails(probability: tails.complement, complement: tails.probability)
  }

  /// The probability of at least, or at most, `bound` classes, as a function of z.
  private func tail(_ side: PartialSide, _ bound: Int) -> PartialFunction {
    var shift = 0.0
    if side == .atLeast && drawCount == copies * bound { shift = -0.5 }
    if side == .atMost && drawCount == failureLimit { shift = 0.5 }
    return PartialFunction(
      law: law, sampling: sampling, copies: copies, side: side, bound: bound,
      outer: side == .atLeast ? law.classCount : 0, shift: shift)
  }

  /// The mean number of classes that count, with independent draws of each class.
  private var meanReached: Double {
    let (n, total) = (Double(drawCount), law.scaledTotal)
    // E(z) has its saddle point where x g'/g = n/M.
    let x = sampling == .withReplacement ? n / total : n / max(total - n, 0.5)
    return zip(
      law.groups, CopiesSplit.groups(of: law, sampling: sampling, point: x, copies: copies)
    ).reduce(0) { $0 + Double($1.0.classCount) * exp($1.1.logReached - $1.1.logAll) }
  }

  /// ln of Chernoff's bound of a tail.
  private func logSize(_ function: PartialFunction) -> Double {
    let radius = ContourPlan.radius(function, degree: drawCount)
    return function.logValue(radius) - logDrawWeight(radius)
  }

  /// ln of `drawWeight`.
  private func logDrawWeight(_ radius: Double) -> Double {
    let (n, total) = (Double(drawCount), law.scaledTotal)
    let ways =
      sampling == .withReplacement
      ? n * log(total) : lgamma(total + 1) - lgamma(total - n + 1)
    return ways - lgamma(n + 1) + n * log(radius)
  }

  /// Seconds for a node, about: a complex product and sum take half a microsecond up to 256 bits.
  private func cost(_ function: PartialFunction, _ precision: Int) -> Double {
    let words = Double(precision + 64) / 256
    return work(function, precision).products * 0.5e-6 * max(1, words * words.squareRoot())
  }

  /// The products in one evaluation, and the accuracy of a `PartialTorus` if that takes fewer.
  private func work(
    _ function: PartialFunction, _ precision: Int
  ) -> (products: Double, torusBits: Int?) {
    let direct = PartialEvaluator.work(function)
    if law.isUniform || direct < 2000 { return (direct, nil) }
    // Its error is relative to Chernoff's bound of G(r); the integral is some standard deviations of
    // both numbers less.
    let bits = precision + 64
    let radius = ContourPlan.radius(function, degree: drawCount)
    let torus = PartialTorus.work(function, .init(function, radius: radius, bits: bits))
    return torus < direct ? (torus, bits) : (direct, nil)
  }

  private static let secondsLimit = 300.0

  private func check(_ function: PartialFunction, _ precision: Int) throws(CapacityError) {
    let plan = ContourPlan(function, degree: drawCount, bits: Double(precision))
    let seconds = Double(plan.lastNode + 1) * cost(function, precision)
    guard seconds > Self.secondsLimit else { return }
    throw CapacityError(
      request: "the probability that \(drawCount) draws show at least \(needed) of "
        + "\(law.classCount) classes",
      estimate: "over \(Int(min(seconds / 60, 1e15))) minutes",
      suggestion: "ask for fewer digits, or a number of classes near the ends")
  }

  /// An enclosure of one tail, of relative width at most 2^-precision.
  ///
  /// Of many equal classes the terms beyond a limit are left out: together they are the chance of a
  /// smaller tail, which lies between 0 and Chernoff's bound of it, G(r)/(r^n [z^n]E) for any r.
  private func enclosure(_ whole: PartialFunction, _ precision: Int) throws -> Enclosure {
    var nats = Double(precision + 24) * 0.693
    while true {
      var (function, rest) = law.isUniform ? shortened(whole, nats) : (whole, nil)
      function.torusBits = work(function, precision).torusBits
      try check(function, precision)
      let value = try integral(function, precision + 2)
      guard let rest else { return value }
      let missing = Enclosure(lower: Real(0), upper: chernoff(rest))
      let result = value.adding(missing, precision: precision + 8).clampedToProbability
      if result.isWithin(relativePrecision: precision) { return result }
      nats += 24
    }
  }

  /// The contour integral; one class after another should the circle of y have been too small.
  private func integral(_ function: PartialFunction, _ precision: Int) throws -> Enclosure {
    do {
      return try contour(function).enclosure(precision: precision)
    } catch let error as ConvergenceError {
      guard function.torusBits != nil else { throw error }
      var direct = function
      direct.torusBits = nil
      try check(direct, precision)
      return try contour(direct).enclosure(precision: precision)
    }
  }

  /// The function without the terms that are e^-nats of it or less, about, and the tail of these.
  private func shortened(
    _ whole: PartialFunction, _ nats: Double
  ) -> (PartialFunction, rest: PartialFunction?) {
    let sign = whole.side == .atLeast ? 1 : -1
    let length = abs(whole.outer - whole.bound)
    guard length > 64 else { return (whole, nil) }
    // Chernoff's bound exceeds the tail by a factor of a few standard deviations of D.
    let target = logSize(whole) - nats - log(Double(law.classCount))
    var (low, high) = (0, length)
    while high - low > max(1, low / 16) {
      let middle = (low + high) / 2
      let rest = tail(whole.side, whole.bound + sign * (middle + 1))
      let isImpossible = rest.side == .atLeast && rest.bound * copies > drawCount
      if isImpossible || logSize(rest) <= target { high = middle } else { low = middle }
    }
    guard high < length else { return (whole, nil) }
    var function = whole
    function.outer = whole.bound + sign * high
    let rest = tail(whole.side, function.outer + sign)
    if rest.side == .atLeast && rest.bound * copies > drawCount { return (function, nil) }
    return (function, rest)
  }

  /// Chernoff's bound of a tail, from above.
  private func chernoff(_ function: PartialFunction) -> Real {
    let radius = ContourPlan.radius(function, degree: drawCount)
    let precision = boundPrecision + Int.bitWidth - drawCount.leadingZeroBitCount
    let all = sampling.drawWeight(
      total: law.total, drawCount: drawCount, radius: radius, unit: law.unitExponent,
      precision: precision
    ).enclosure()
    guard all.isPositive else { return Real(1) }
    return Enclosure(lower: Real(0), upper: function.value(radius).real)
      .divided(by: all, precision: boundPrecision).upper
  }
}
