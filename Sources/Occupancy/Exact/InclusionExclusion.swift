// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Coverage by summing over sets of missed classes with alternating signs.
///
///     1 - v_n = T_1 - T_2 + T_3 - ..., T_j = sum over j classes A of P(no draw falls in A)
///
/// and P(no draw in A) is (1 - w/M)^n with replacement, binom(M-w, n)/binom(M, n) without, w the
/// weight of A. Bonferroni: the sum up to T_j is at least 1 - v_n for odd j, at most for even j, so
/// two neighbouring partial sums enclose it.
///
/// Reference: Feller, *An Introduction to Probability Theory and Its Applications* I, IV.5.
struct InclusionExclusion {
  /// Each of its classes must come once.
  let requirement: Requirement
  let sampling: SamplingScheme
  let drawCount: Int

  var law: LabelLaw { requirement.law }

  /// What inclusion-exclusion may take, in elementary steps on 64-bit words.
  static let workLimit = 2e10

  // MARK: - Enclosure

  /// An enclosure of 1 - v_n whose absolute error is near 2^-precision times min(T_1, 1).
  ///
  /// - Throws: `CapacityError` when there are too many subsets or too many bits cancel.
  func missProbability(precision: Int) throws -> Enclosure {
    let estimate = estimateLevels(precision: precision)
    if estimate.work < Self.workLimit, let sum = EvenMissSum(requirement, sampling, drawCount) {
      return sum.missProbability(levelLog2: estimate.levelLog2, precision: precision)
    }
    guard estimate.work < Self.workLimit,
      let subsets = SubsetLevels(requirement, levelLimit: estimate.levelLog2.count)
    else { throw refusal(estimate) }
    // Cancellation: the largest term exceeds the sum's scale by this many bits.
    let working = precision + 12 + Int(estimate.largestLog2 - min(0, estimate.levelLog2[0]))
    let small = Int(log2(Double(max(drawCount, requirement.classCount)))) + 8
    let survival = MissWeights(law: law, sampling: sampling, drawCount: drawCount)
    var sum = Accumulator(precision: working + small)
    var error = Magnitude.zero
    var last: Enclosure?
    for (j, level) in subsets.levels.enumerated().dropFirst() {
      // Term j needs fewer bits than the largest one, by as much as it is smaller.
      let drop = Int(max(0, estimate.largestLog2 - estimate.levelLog2[j - 1]))
      let term = survival.sum(level, precision: max(32, working - drop) + small)
      error = error + term.absoluteError
      if j % 2 == 1 {
        sum.add(term.value, rounding: .nearest)
      } else {
        sum.subtract(term.value, rounding: .nearest)
      }
      // The rounded addition errs by at most half a unit of the new sum.
      error = error + Magnitude(sum) * RelativeError.rounding(precision: sum.precision)
      let isLast = j == subsets.levels.count - 1
      if isLast && subsets.isComplete { return Enclosure(center: sum, radius: error) }
      if isLast {
        // S_j and S_(j-1) = S_j -+ T_j enclose 1 - v.
        let bound = Enclosure(lower: Real(0), upper: term.magnitude.real)
        let here = Enclosure(center: sum, radius: error)
        last =
          j % 2 == 1
          ? here.subtracting(bound, precision: sum.precision)
          : here.adding(bound, precision: sum.precision)
      }
    }
    return last ?? Enclosure(0)
  }

  /// Sizes of the terms T_1, T_2, ..., estimated in `Double` arithmetic for planning.
  private struct Estimate {
    /// log2 T_j at index j - 1.
    let levelLog2: [Double]
    let largestLog2: Double
    /// In elementary steps on 64-bit words.
    let work: Double
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
      let level = max(nats / 0.693_147_180_559_945_3, -1e18)
      levels.append(level)
      largest = max(largest, level)
      if levels.count == 1 { floor = min(level, 0) - Double(precision) - 10 }
    } while levels.count < requirement.classCount && levels.count < SubsetLevels.termLimit
      && (levels[levels.count - 1] > floor || levels.count < 2)
    let words = (Double(precision) + largest - min(0, levels[0])) / 64 + 2
    let perTerm = words * words.squareRoot() * log2(n + 2) * 2
    let spread = isEven ? 1 : Double(parts.count) * Double(levels.count)
    return Estimate(
      levelLog2: levels, largestLog2: largest,
      work: perTerm * Double(levels.count) * spread)
  }

  private func refusal(_ estimate: Estimate) -> CapacityError {
    CapacityError(
      request: "inclusion-exclusion for \(requirement.classCount) classes and \(drawCount) draws",
      estimate:
        "over \(Int(min(estimate.work / 1e9, 1e9)) + 1) seconds, as \(estimate.levelLog2.count) "
        + "levels of subsets cancel \(Int(estimate.largestLog2)) bits",
      suggestion: "use --method contour")
  }
}
