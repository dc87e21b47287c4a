// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// Coverage by summing over sets of missed classes with alternating signs.
///
///     1 - v_n = T_1 - T_2 + T_3 - ..., T_j = sum over j classes A of P(no draw falls in A)
///
/// and P(no draw in A) as in `MissWeights`. Two neighbouring partial sums enclose it (Bonferroni).
///
/// Reference: Feller, *An Introduction to Probability Theory and Its Applications* I, IV.5.
struct InclusionExclusion {
  /// Each of its classes must come once.
  let requirement: Requirement
  let sampling: SamplingScheme
  let drawCount: Int

  var law: LabelLaw { requirement.law }

  /// An enclosure of 1 - v_n whose absolute error is near 2^-precision times min(T_1, 1).
  ///
  /// - Throws: `CapacityError` when there are too many subsets or too many bits cancel.
  func missProbability(precision: Int) throws -> Enclosure {
    let estimate = estimateLevels(precision: precision)
    func request() -> String {
      "inclusion-exclusion for \(requirement.classCount) classes and \(drawCount) draws, where "
        + "\(estimate.levelLog2.count) levels of subsets cancel "
        + "\(Int(saturating: estimate.largestLog2)) bits,"
    }
    let suggestion = "use --method contour"
    try CapacityError.check(estimate.seconds, request(), suggestion: suggestion)
    if let sum = EvenMissSum(requirement, sampling, drawCount) {
      return sum.missProbability(levelLog2: estimate.levelLog2, precision: precision)
    }
    guard let subsets = SubsetLevels(requirement, levelLimit: estimate.levelLog2.count) else {
      throw CapacityError(
        request: request(), estimate: "over \(SubsetLevels.termLimit) terms",
        suggestion: suggestion)
    }
    // Cancellation: the largest term exceeds the sum's scale by this many bits.
    let cancelled = Int(saturating: estimate.largestLog2 - min(0, estimate.levelLog2[0]))
    let working = precision + 12 + cancelled
    let small = Int(saturating: log2(Double(max(drawCount, requirement.classCount)))) + 8
    let survival = MissWeights(law: law, sampling: sampling, drawCount: drawCount)
    var sum = BallSum(precision: working + small)
    var last = Magnitude.zero
    for (j, level) in subsets.levels.enumerated().dropFirst() {
      // Term j needs fewer bits than the largest one, by as much as it is smaller.
      let drop = Int(saturating: max(0, estimate.largestLog2 - estimate.levelLog2[j - 1]))
      let term = survival.sum(level, precision: max(32, working - drop) + small)
      sum.add(term, isNegative: j % 2 == 0)
      last = term.magnitude
    }
    let here = sum.enclosure()
    return subsets.isComplete
      ? here : here.bonferroni(term: last, subsets.levels.count - 1, precision: working + small)
  }

  /// Sizes of the terms T_1, T_2, ..., estimated in `Double` arithmetic for planning.
  private struct Estimate {
    /// log2 T_j at index j - 1.
    let levelLog2: [Double]
    let largestLog2: Double
    let seconds: Double
  }

  /// T_j is binom(R, j) (1 - j p)^n for R equal classes, by T_j/T_(j-1). For unequal ones
  /// T_j <= T_1^j / j!, because 1 - p_A <= prod_(c in A) (1 - p_c).
  private func estimateLevels(precision: Int) -> Estimate {
    let total = law.total.double
    let c = Double(requirement.classCount)
    let n = Double(drawCount)
    let parts = requirement.parts
    let rate = sampling == .withReplacement ? n : -total * log1p(-min(n / total, 1 - 1e-12))
    let isEven = requirement.isEven
    let logFirst =
      isEven
      ? 0 : log(parts.reduce(0.0) { $0 + Double($1.classCount) * exp(-rate * $1.probability) })
    // 1/p, exactly C where the classes are all there is.
    let inverse = requirement.isFull ? c : 1 / parts[0].probability
    var nats = 0.0
    var levels: [Double] = []
    var floor = -Double.infinity
    var largest = -1e18
    repeat {
      let j = Double(levels.count + 1)
      if j >= inverse {
        nats = -1e18
      } else if isEven {
        // (R - j + 1)/j sets more, ((1 - j p)/(1 - (j-1) p))^n as likely
        nats += log((c - j + 1) / j) + rate * log1p(-1 / (inverse - j + 1))
      } else {
        nats = j * logFirst - lgamma(j + 1)
      }
      let level = max(nats / ln2, -1e18)
      levels.append(level)
      largest = max(largest, level)
      if levels.count == 1 { floor = min(level, 0) - Double(precision) - 10 }
    } while levels.count < requirement.classCount && levels.count < SubsetLevels.termLimit
      && (levels[levels.count - 1] > floor || levels.count < 2)
    // A power for every term, at the bits that its level takes.
    let least = Double(precision) - min(0, levels[0]) + 2 * log2(n + 2)
    let powers = levels.reduce(0.0) { $0 + OperationCost.real(bits: least + $1) }
    let spread = isEven ? 1 : Double(parts.count) * Double(levels.count)
    return Estimate(
      levelLog2: levels, largestLog2: largest, seconds: powers * 1.5 * log2(n + 2) * spread)
  }
}

extension EvenMissSum {
  /// - Returns: nil for unequal classes, without replacement, and for weights beyond machine
  ///   integers.
  init?(_ requirement: Requirement, _ sampling: SamplingScheme, _ drawCount: Int) {
    guard sampling == .withReplacement, let even = requirement.evenWeights(sampling) else {
      return nil
    }
    self.init(
      classCount: requirement.classCount, weight: even.weight, total: even.total,
      drawCount: drawCount)
  }
}

/// Exact fractions: sums of integers over one denominator, M^n or binom(M, n), reduced once.
extension InclusionExclusion {
  /// The coverage probability as a fraction, or nil if that takes longer: v_n =
  /// sum over weights w of a_w (M - w)^n / M^n, a_w the number of sets of classes of weight w,
  /// counted with the sign (-1)^j of their number j. For equal classes this is C! S(n, C)/C^n, S a
  /// Stirling number.
  func exactValue(within seconds: Double) -> Rational? {
    guard let subsets = exactSubsets(within: seconds, inOneSum: true) else { return nil }
    // Sets of different sizes may have the same weight. Listed weights fit machine integers.
    var counts: [Int: Integer] = [:]
    for (j, level) in subsets.levels.enumerated() {
      for term in level {
        counts[term.weight.int ?? .max, default: 0] += j % 2 == 0 ? term.count : -term.count
      }
    }
    return exactLevel(counts.map { .init(weight: Integer($0.key), count: $0.value) })
  }

  /// P(D_n = d) for d = 0...top as fractions, or nil likewise: exactly C - d classes are missed,
  /// sum_(j >= C-d) (-1)^(j-(C-d)) binom(j, C-d) T_j (Feller I, IV.3).
  func exactDistinctLaw(upTo top: Int, within seconds: Double) -> [Rational]? {
    let c = requirement.classCount
    guard let subsets = exactSubsets(within: seconds / Double(c)) else { return nil }
    let levels = subsets.levels.map { weightedDraws($0) }
    return (0...top).map { d in
      var sum: Integer = 0
      var binomial: Integer = 1
      for j in c - d...c {
        // binom(j, C-d) from binom(j-1, C-d)
        if j > c - d {
          binomial.multiply(by: -j)
          binomial.divideExactly(by: j - (c - d))
        }
        sum.addProduct(levels[j], binomial)
      }
      return fraction(sum)
    }
  }

  /// sum of count * P(no draw in weight w) over some terms, as a fraction.
  func exactLevel(_ level: [SubsetLevels.Term]) -> Rational { fraction(weightedDraws(level)) }

  /// All levels of subsets, or nil if they are too many for numbers of this length.
  private func exactSubsets(within seconds: Double, inOneSum: Bool = false) -> SubsetLevels? {
    let bits = Double(drawCount) * Double(law.total.bitWidth)
    // A power of such length is about two products of it, and is multiplied by a count; where powers
    // share primes they take 0.06 to 0.09 of one each (`Benchmarks --filter exact/`).
    let isShared =
      inOneSum && requirement.isEven && requirement.isFull && sampling == .withReplacement
    let perTerm = 1e-6 + (isShared ? 0.1 : 2) * OperationCost.integer(bits: bits)
    // At least C + 1 terms: refused before they are listed, and others while they are.
    let most = min(SubsetLevels.termLimit, Int(saturating: seconds / perTerm))
    guard requirement.classCount < most else { return nil }
    return SubsetLevels(requirement, levelLimit: requirement.classCount, termLimit: most)
  }

  /// The greatest common divisor of M and the weights: with replacement only their ratios matter.
  private var commonWeight: Int {
    sampling == .withoutReplacement ? 1 : requirement.commonWeight.int ?? 1
  }

  /// sum of count * (M - w)^n, or of count * binom(M - w, n) without replacement; M and w in units
  /// of `commonWeight`.
  private func weightedDraws(_ terms: [SubsetLevels.Term]) -> Integer {
    guard let allWeights = law.total.int else {
      // A law given by probabilities with long denominators.
      return terms.reduce(0) { sum, term in
        sum + (law.total - term.weight).power(drawCount) * term.count
      }
    }
    let unit = commonWeight
    let total = allWeights / unit
    let rests = terms.compactMap { term -> (base: Int, coefficient: Integer)? in
      guard let weight = term.weight.int, weight / unit < total, term.count.signum != 0 else {
        return nil
      }
      return (total - weight / unit, term.count)
    }
    if sampling == .withoutReplacement { return binomialSum(rests) }
    guard let largest = rests.map(\.base).max() else { return 0 }
    // Where the bases are not scattered, their powers share primes.
    guard largest <= 3 * rests.count else { return PowerSum.value(of: rests, exponent: drawCount) }
    var coefficients = Array(repeating: Integer(0), count: largest)
    for rest in rests { coefficients[rest.base - 1] += rest.coefficient }
    return PowerSum(coefficients: coefficients, exponent: drawCount).value()
  }

  /// sum of coefficient * binom(base, n): from the largest base down, because
  /// binom(b-1, n) = binom(b, n) (b-n)/b.
  private func binomialSum(_ terms: [(base: Int, coefficient: Integer)]) -> Integer {
    var sum: Integer = 0
    var binomial: Integer = 0
    var base = Int.max
    for term in terms.sorted(by: { $0.base > $1.base }) where term.base >= drawCount {
      // A binomial coefficient anew costs about as much as so many steps.
      if base - term.base > 100 {
        binomial = Integer.binomial(term.base, drawCount)
        base = term.base
      }
      while base > term.base {
        binomial.multiply(by: base - drawCount)
        binomial.divideExactly(by: base)
        base -= 1
      }
      sum.addProduct(binomial, term.coefficient)
    }
    return sum
  }

  /// A number of draws among all.
  private func fraction(_ draws: Integer) -> Rational {
    guard sampling == .withReplacement, let total = law.total.int else {
      return Rational(draws, sampling.drawWays(law.total, drawCount))
    }
    return Rational(draws, overPowerOf: total / commonWeight, drawCount)
  }
}

extension CapacityError {
  /// A fraction over M^n or binom(M, n) that is too long, or a sum of too many terms.
  static func longFraction(
    _ law: LabelLaw, _ drawCount: Int, of request: String,
    suggestion: String = "ask for another number of digits"
  ) -> CapacityError {
    let digits = Int(saturating: Double(drawCount) * law.total.decimalLogarithm)
    return CapacityError(
      request: "\(request) for \(law.classCount) classes and \(drawCount) draws",
      estimate: "fractions of \(digits) digits from too many terms", suggestion: suggestion)
  }
}
