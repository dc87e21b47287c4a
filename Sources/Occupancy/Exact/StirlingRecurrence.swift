// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The law of the number of distinct labels for equal classes, by a positive recurrence.
///
/// N_n(j), the number of ways for n ordered draws to show exactly j of C classes, obeys
///
///     N_(n+1)(j) = (j w + W) N_n(j) + (C-j+1) w N_n(j-1)           with replacement,
///     N_(n+1)(j) = (j w + W - n) N_n(j) + (C-j+1) w N_n(j-1)       without, w items a class,
///
/// W the weight of draws that need not show anything: for W = 0, w = 1 the recurrence of Stirling
/// numbers of the second kind, N_n(j) = C!/(C-j)! S(n, j), and of Gould-Hopper numbers. All terms
/// are positive, so nothing cancels (`PositiveRecurrence`). P(D_n = j) = N_n(j) / M^n, or /
/// M!/(M-n)!.
///
/// Reference: Charalambides, *Enumerative Combinatorics* (2002), chapters 8 and 9.
struct StirlingRecurrence {
  /// M; with replacement without the divisor that it has in common with w.
  private let total: Int
  private let ways: PositiveRecurrence

  /// - Returns: nil for unequal classes, for several copies, and for weights beyond machine
  ///   integers.
  init?(_ requirement: Requirement, sampling: SamplingScheme) {
    guard requirement.isSingle, let even = requirement.evenWeights(sampling) else { return nil }
    total = even.total
    ways = PositiveRecurrence(
      stateCount: requirement.classCount, weight: even.weight,
      free: even.total - even.weight * requirement.classCount,
      isFalling: sampling == .withoutReplacement)
  }

  /// About how long the recurrence takes.
  func seconds(drawCount n: Int, precision: Int) -> Double {
    ways.seconds(stepCount: n, precision: precision + 2)
  }

  /// What words give, if they give the precision asked for.
  func precision(_ n: Int, atLeast precision: Int) -> Int {
    max(precision, PositiveRecurrence.wordPrecision(stepCount: n) - 2)
  }

  /// P(D_n = j) for j = 0...min(n, C), to a relative width of at most 2^-precision.
  func distinctLaw(drawCount n: Int, precision: Int) throws -> [Enclosure] {
    try CapacityError.check(
      seconds(drawCount: n, precision: precision),
      "the recurrence for \(ways.stateCount) classes and \(n) draws",
      suggestion: "use --method contour")
    let working = precision + 8 + n.bitLength
    let all = ways.product(total, n, precision: working).enclosure()
    return ways.states(stepCount: n, precision: precision + 2).map {
      $0.divided(by: all, precision: working).clampedToProbability
    }
  }
}
