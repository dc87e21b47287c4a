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
/// are positive, so nothing cancels: with two roundings an update, to nearest, or down in words,
/// N_n(j) errs by those of 2n in sequence. P(D_n = j) = N_n(j) / M^n, or / M!/(M-n)!.
///
/// Reference: Charalambides, *Enumerative Combinatorics* (2002), chapters 8 and 9.
struct StirlingRecurrence {
  let sampling: SamplingScheme
  /// C, w, W and M; with replacement without common divisor.
  private let classCount, weight, free, total: Int

  /// - Returns: nil for unequal classes, for several copies, and for weights beyond machine
  ///   integers.
  init?(_ requirement: Requirement, sampling: SamplingScheme) {
    guard requirement.isSingle, let even = requirement.evenWeights(sampling) else { return nil }
    self.sampling = sampling
    (classCount, weight, total) = (requirement.classCount, even.weight, even.total)
    free = total - weight * classCount
  }

  /// About how long the recurrence takes.
  func seconds(drawCount n: Int, precision: Int) -> Double {
    let states = Double(min(n, classCount))
    // In the first C draws there are fewer states than classes.
    return (Double(n) * states - states * states / 2)
      * OperationCost.recurrence(bits: Double(workingPrecision(n, precision)))
  }

  /// 2n roundings err by 2n units 2^-working, and somewhat less than another 0.01 of that, so log2 n
  /// + 4 extra bits keep the relative width below 2^-precision.
  private func workingPrecision(_ n: Int, _ precision: Int) -> Int { precision + 6 + n.bitLength }

  /// What words give, if they give the precision asked for.
  func precision(_ n: Int, atLeast precision: Int) -> Int {
    max(precision, PositiveWord.precision - workingPrecision(n, 0))
  }

  /// P(D_n = j) for j = 0...min(n, C), to a relative width of at most 2^-precision.
  func distinctLaw(drawCount n: Int, precision: Int) throws -> [Enclosure] {
    let states = min(n, classCount)
    try CapacityError.check(
      seconds(drawCount: n, precision: precision),
      "the recurrence for \(classCount) classes and \(n) draws",
      suggestion: "use --method contour")
    let working = workingPrecision(n, precision)
    let isFixed = working <= PositiveWord.precision
    let error = RelativeError.roundings(
      2 * n, precision: isFixed ? PositiveWord.precision : working)
    // M^n or M (M-1) ... (M-n+1).
    var count = RealBall(sampling == .withReplacement ? total : 1, precision: working)
    if sampling == .withReplacement {
      count.formPower(n)
    } else {
      for i in 0..<n { count.multiply(by: total - i) }
    }
    let all = count.enclosure()
    return (isFixed ? words(n, states) : run(n, states, working)).map { count in
      var center = Accumulator(precision: working)
      center.set(count, rounding: .nearest)
      return Enclosure(center: center, radius: Magnitude(count) * error)
        .divided(by: all, precision: working).clampedToProbability
    }
  }

  private func run(_ n: Int, _ states: Int, _ precision: Int) -> [Real] {
    var counts = AccumulatorVector(count: states + 1, precision: precision)
    let scratch = Accumulator(precision: precision)
    counts.set(0, to: 1)
    forEachUpdate(n, states) { j, stay, move in
      if j > 0 {
        counts.formRecurrence(j, stay: stay, move: move, scratch: scratch, rounding: .nearest)
      } else {
        counts.multiply(0, by: stay, rounding: .nearest)
      }
    }
    return counts.values()
  }

  /// The same in words, rounded down.
  private func words(_ n: Int, _ states: Int) -> [Real] {
    var counts = [PositiveWord](repeating: PositiveWord(0), count: states + 1)
    counts[0] = PositiveWord(1)
    forEachUpdate(n, states) { j, stay, move in
      counts[j].multiply(by: stay)
      guard j > 0 else { return }
      var others = counts[j - 1]
      others.multiply(by: move)
      counts[j].add(others)
    }
    return counts.map(\.real)
  }

  /// The factors of each draw, downwards, so that state j - 1 still belongs to the draw before.
  private func forEachUpdate(
    _ n: Int, _ states: Int, _ update: (_ j: Int, _ stay: Int, _ move: Int) -> Void
  ) {
    for draw in 0..<n {
      let free = free - (sampling == .withoutReplacement ? draw : 0)
      for j in stride(from: min(draw + 1, states), through: 0, by: -1) {
        // C + 1 classes may be beyond machine integers.
        update(j, max(0, j * weight + free), j > 0 ? (classCount - j + 1) * weight : 0)
      }
    }
  }
}
