// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Coverage as if every class were drawn an independent Poisson number of times: quick guesses
/// that choose methods and precisions and decide nothing else.
struct CoverageEstimate {
  let law: LabelLaw
  let sampling: SamplingScheme
  let drawCount: Int

  /// Class c is missed with a chance near e^(-rate p_c): n draws, or without replacement
  /// -M ln(1 - n/M).
  var missRate: Double {
    let n = Double(drawCount)
    guard sampling == .withoutReplacement else { return n }
    let total = law.total.double
    return -total * log1p(-min(n / total, 1 - 1e-15))
  }

  /// The mean number of missed classes.
  var missedClasses: Double {
    let rate = missRate
    return law.groups.reduce(0) { $0 + Double($1.classCount) * exp(-rate * $1.probability) }
  }

  /// ln(1 - v_n).
  var logMissProbability: Double {
    let rate = missRate
    let logCoverage = law.groups.reduce(0) {
      $0 + Double($1.classCount) * log1p(-exp(-rate * $1.probability))
    }
    if logCoverage < -1e-200 { return log(-expm1(logCoverage)) }
    // Below the range of Double the largest term stands for their sum.
    return law.groups.map { log(Double($0.classCount)) - rate * $0.probability }.max() ?? 0
  }
}
