// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Whole curves in floating point, with a proven error for each number of draws.
extension CoverageCurve {
  /// Both tails for all numbers of draws of a range, in order.
  ///
  /// With replacement nodes in `Double` are shared by all degrees within 1.25 standard deviations of a circle's
  /// centre, and each tail is computed by itself while it is small, so both keep their relative accuracy, near 1e-14;
  /// `ApproximateCoverage` says what is proven. Without replacement, for other goals, and where no small error can be
  /// proven, enclosures are rounded.
  ///
  /// - Parameters:
  ///   - drawCounts: Numbers of draws, as `CoverageProbability` allows.
  ///   - body: Takes the probabilities for one number of draws after another.
  /// - Throws: `DomainError` for numbers of draws out of range, and what `body` throws.
  /// - Complexity: For G distinct sizes: about 14 G evaluations for a circle, 14 products a number.
  public func forEachApproximation(
    in drawCounts: ClosedRange<Int>, _ body: (ApproximateCoverage) throws -> Void
  ) throws {
    for n in [drawCounts.lowerBound, drawCounts.upperBound] {
      _ = try CoverageProbability(
        law: law, sampling: sampling, drawCount: n, method: method, goal: goal)
    }
    var alone = CoverageCurve(law: law, sampling: sampling, method: method, goal: goal)
    let canShare = sampling == .withReplacement && method == .auto && goal.isPlain(for: law)
    let weights = canShare ? ClassRates.Law(law) : nil
    var n = drawCounts.lowerBound
    var circle: ApproximateCircle?
    var pause = 0
    while n <= drawCounts.upperBound {
      if let weights, n > law.classCount, law.classCount > 1,
        drawCounts.upperBound <= UniformSaddle.drawLimit
      {
        var isGood = false
        if pause == 0,
          let next = makeCircle(weights, from: n, through: drawCounts.upperBound, circle)
        {
          circle = next
          var blocks = ApproximateBlocks(next)
          isGood = true
          while isGood && !blocks.isFinished {
            isGood = try blocks.next {
              n = $0.drawCount + 1
              try body($0)
            }
          }
        }
        if isGood { continue }
        pause = pause == 0 ? 8 : pause - 1
        guard n <= drawCounts.upperBound else { break }
      }
      let coverage = try alone.coverage(drawCount: n)
      try body(
        ApproximateCoverage(
          drawCount: n, probability: coverage.approximation(),
          complement: coverage.approximateComplement()))
      n += 1
    }
  }

  /// A circle whose first degree is n, of v_n while that is below a half, else of 1 - v_n.
  private func makeCircle(
    _ weights: ClassRates.Law, from n: Int, through last: Int, _ previous: ApproximateCircle?
  ) -> ApproximateCircle? {
    let estimate = CoverageEstimate(law: law, scheme: sampling, drawCount: n)
    let isMiss = estimate.missedClasses < 0.6
    let known = previous.map(\.deviation) ?? 1
    let reach = max(min(Int(1.25 * known), (last - n) / 2), 0)
    var guess = previous.map(\.radius)
    if let previous {
      // d n/d ln r is the variance.
      guess =
        previous.radius
        * exp(min(Double(n + reach - previous.center) / max(1, known * known), 1))
      if isMiss { guess = Double(n + reach) + previous.radius - Double(previous.center) }
    }
    return ApproximateCircle(
      weights, center: n + reach, reach: reach, isMiss: isMiss, guess: guess)
  }
}
