// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// A tail of a waiting time at one n after another, rounded to the nearest `Double`.
///
/// Rising n share the nodes of a circle (`CoverageWindow`), whose enclosures are narrow enough for
/// all but one in thousands; those, and n with no others near them, are computed by themselves. So
/// values do not depend on what was asked for before.
struct TailSweep {
  private let time: WaitingTime
  private let complement: Bool
  private let reach: ClosedRange<Int>
  private var window: CoverageWindow?
  private var step = 1
  private var isMiss = false
  /// sigma of the last circle.
  private var deviation: Double?
  /// How many n to pass before a circle is tried again.
  private var pause = 0
  private var last: (n: Int, value: Double)?

  /// The bits that a circle is asked for: 53, and as many as make a tie in doubt rare.
  private static let precision = 70
  /// How many n decide on a circle.
  private static let horizon = 8

  init(_ time: WaitingTime, complement: Bool) {
    self.time = time
    self.complement = complement
    reach = time.reach
  }

  /// The tail at one of rising n.
  ///
  /// - Parameters:
  ///   - sorted: The n in ascending order, which are asked for one after another.
  ///   - index: The place of the one that is asked for.
  mutating func value(_ sorted: ArraySlice<Int>, at index: Int) throws -> Double {
    let n = sorted[index]
    if let last, last.n == n { return last.value }
    let value = try shared(sorted, index) ?? time.nearest(n, complement)
    last = (n, value)
    return value
  }

  /// The value from the nodes of a circle, if one serves and leaves no doubt.
  private mutating func shared(_ sorted: ArraySlice<Int>, _ index: Int) -> Double? {
    let n = sorted[index]
    // What is certain or impossible is known without a circle.
    guard time.requirement.isComplete, reach.lowerBound <= n, n < reach.upperBound else {
      return nil
    }
    while let degree = window?.degree, degree < n, window?.isFinished == false {
      // Those between are not asked for.
      _ = window?.next()
    }
    if window?.degree != n || window?.isFinished == true {
      window = nil
      pause = max(0, pause - 1)
      guard pause == 0, let step = Self.step(sorted, index) else { return nil }
      self.step = step
      (window, isMiss) = CoverageCurve.window(
        time.requirement, time.sampling, from: n, step: step, precision: Self.precision,
        deviation: deviation)
      guard window != nil else {
        pause = 16
        return nil
      }
      deviation = window?.deviation
    }
    guard let word = window?.next() else { return nil }
    return (isMiss == complement ? word : word.complement).nearestDouble
  }

  /// The distance that a circle from here is to go by: the greatest that the next n are multiples
  /// of apart, where these are dense enough.
  private static func step(_ sorted: ArraySlice<Int>, _ index: Int) -> Int? {
    let next = sorted[index...].prefix(horizon)
    guard next.count > 3, let first = next.first, let last = next.last else { return nil }
    // In machine integers: asked for each n where none lie close together.
    var divisor = 0
    for n in next.dropFirst() {
      var (a, b) = (n - first, divisor)
      while b != 0 { (a, b) = (b, a % b) }
      divisor = a
    }
    guard divisor > 0, (last - first) / divisor <= 16 * (horizon - 1) else { return nil }
    return divisor
  }
}
