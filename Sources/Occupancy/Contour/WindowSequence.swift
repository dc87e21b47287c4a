// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision

/// One circle after another (`CoverageWindow`) for numbers of draws that are asked for in turn: when
/// four come with the same distance, a circle serves those that follow.
struct WindowSequence: Sendable {
  private var previous: Int?
  private var step = 0
  /// How often the step has been the same.
  private var repeats = 0
  private var window: CoverageWindow?
  /// How many numbers to let pass before a circle is tried again.
  private var pause = 0

  /// What a circle makes of a number of draws, nil where none serves it.
  ///
  /// - Parameters:
  ///   - makeWindow: A circle for n, n + step, ..., given the deviation of the one before.
  ///   - accept: What becomes of its enclosure, nil if that is too wide.
  mutating func value<Value>(
    _ n: Int, makeWindow: (_ step: Int, _ deviation: Double?) -> CoverageWindow?,
    accept: (ComplexWord) -> Value?
  ) -> Value? {
    note(n)
    if window?.degree != n || window?.isFinished == true {
      let deviation = window?.deviation
      window = nil
      // The fourth number with the same distance.
      guard repeats >= 3, pause == 0 else {
        pause = max(0, pause - 1)
        return nil
      }
      window = makeWindow(step, deviation)
    }
    guard let word = window?.next(), let value = accept(word) else {
      window = nil
      pause = 16
      return nil
    }
    return value
  }

  private mutating func note(_ n: Int) {
    if let previous, n > previous {
      repeats = n - previous == step ? repeats + 1 : 1
      step = n - previous
    } else {
      repeats = 0
    }
    previous = n
  }
}

extension Tails {
  /// Both tails from one, if they are narrow enough.
  init?(_ one: ComplexWord, precision: Int) {
    let other = one.complement
    guard one.isNarrow(precision: precision), other.isNarrow(precision: precision) else {
      return nil
    }
    self.init(probability: one.realEnclosure, complement: other.realEnclosure)
  }
}
