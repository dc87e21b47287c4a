// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// For each number j of the classes that must come, the total weights that j of them can have and
/// how often each occurs: the terms of inclusion-exclusion, 2^C subsets collapsed by equal weights.
///
/// Level j is the coefficient of y^j in prod_c (1 + y x^(w_c)), as a polynomial in x.
struct SubsetLevels: Sendable {
  struct Term: Sendable {
    let weight: Integer
    let count: Integer
  }

  /// Level 0 first; each by increasing weight.
  let levels: [[Term]]
  /// Whether all C + 1 levels are here.
  let isComplete: Bool

  /// The most terms that are kept.
  static let termLimit = 1_000_000

  /// - Parameters:
  ///   - requirement: The total weight of its law must fit a machine integer.
  ///   - levelLimit: The highest level wanted.
  ///   - termLimit: The most terms that are of use.
  /// - Returns: nil when there are too many terms.
  init?(_ requirement: Requirement, levelLimit: Int, termLimit: Int = termLimit) {
    guard requirement.law.total.int != nil else { return nil }
    let top = min(levelLimit, requirement.classCount)
    isComplete = top == requirement.classCount
    if requirement.isEven {
      guard top < termLimit else { return nil }
      let weight = requirement.parts[0].weight
      levels = Integer.binomials(requirement.classCount, through: top).enumerated().map {
        [Term(weight: Integer($0) * weight, count: $1)]
      }
      return
    }
    // No count exceeds a binomial coefficient of level `top`, or of the middle one.
    let largest = Integer.binomials(requirement.classCount, through: min(top, 128)).max() ?? 1
    let isShort = top <= 128 && largest.bitWidth <= 128
    guard
      let levels = isShort
        ? Self.levels(requirement.parts, top, termLimit, WordCount.self)
        : Self.levels(requirement.parts, top, termLimit, LongCount.self)
    else { return nil }
    self.levels = levels
  }

  /// The terms of the levels, for unlike classes.
  private static func levels<Count: ExactCount>(
    _ parts: [Requirement.Part], _ top: Int, _ termLimit: Int, _: Count.Type
  ) -> [[Term]]? {
    var sums: [[Int: Count]] = Array(repeating: [:], count: top + 1)
    sums[0][0] = Count(1)
    var work = 0
    for group in parts {
      guard let weight = group.weight.int else { return nil }
      let choices = Integer.binomials(group.classCount, through: min(group.classCount, top))
        .map { Count($0) }
      var size = 0
      for j in stride(from: top, through: 1, by: -1) {
        // By itself, so that nothing else refers to what is changed.
        var level: [Int: Count] = [:]
        swap(&level, &sums[j])
        for i in 1..<choices.count where i <= j {
          let (shift, choice) = (i * weight, choices[i])
          for (w, count) in sums[j - i] {
            level[w + shift, default: Count(0)].addProduct(count, choice)
          }
          work += sums[j - i].count
        }
        size += level.count
        swap(&level, &sums[j])
        if size > termLimit || work > 20 * termLimit { return nil }
      }
    }
    return sums.map { level in
      level.sorted { $0.key < $1.key }.map {
        Term(weight: Integer($0.key), count: $0.value.integer)
      }
    }
  }
}

/// The probability that no draw falls in classes of a given total weight, for one weight after
/// another.
///
///     with replacement     ((M - w)/M)^n
///     without              binom(M - w, n)/binom(M, n) = prod_(i<w) (M - n - i)/(M - i)
///
/// Weights come in increasing order. Without replacement short gaps are walked factor by factor;
/// long ones take (M-w)! (M-n)!/((M-w-n)! M!) by logarithms of factorials.
struct MissWeights {
  let law: LabelLaw
  let sampling: SamplingScheme
  let drawCount: Int

  /// Gaps up to this many factors are walked; beyond, logarithms cost less (measured).
  private static let walkLimit = 400

  /// sum of count * P(no draw in weight w) over terms of increasing weight.
  func sum(_ terms: [SubsetLevels.Term], precision: Int) -> RealBall {
    var sum = Accumulator(precision: precision)
    var error = Magnitude.zero
    var survival = RealBall(1, precision: precision)
    var base = RealBall(precision: precision)
    var weight = 0
    for term in terms {
      if sampling == .withReplacement {
        if law.total.int == nil {
          // Rounded thrice: long weights take long to reduce.
          base.set(law.total)
          survival.set(law.total - term.weight)
          survival.divide(by: base)
        } else {
          survival.set(Rational(law.total - term.weight, law.total))
        }
        survival.formPower(drawCount, base: &base)
      } else {
        let target = term.weight.int ?? .max
        advance(&survival, from: weight, to: target)
        weight = target
      }
      base.set(term.count)
      base.multiply(by: survival)
      sum.add(base.value, rounding: .nearest)
      // The sum is rounded once for each term.
      error =
        error + base.absoluteError + Magnitude(sum) * RelativeError.rounding(precision: precision)
    }
    return RealBall(sum, absoluteError: error)
  }

  private func advance(_ survival: inout RealBall, from weight: Int, to target: Int) {
    let items = law.itemCount ?? 0
    if target > items - drawCount {
      survival.set(0)
    } else if target - weight <= Self.walkLimit {
      for w in weight..<target {
        survival.multiply(by: items - drawCount - w)
        survival.divide(by: items - w)
      }
    } else {
      survival.set(
        Factorials.missProbability(
          items: items, missed: target, drawCount: drawCount, precision: survival.value.precision))
    }
  }
}
