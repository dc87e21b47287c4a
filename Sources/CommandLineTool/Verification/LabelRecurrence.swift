// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// How many distinct labels n independent draws of C equally likely classes show, for one n after
/// the other, by p_n(j) = p_(n-1)(j) j/C + p_(n-1)(j-1) (C - j + 1)/C.
///
/// In fixed point, with units of 2^-scale. All terms are positive, and a step rounds each of C down
/// twice. What a state hands on, j/C and (C - j)/C of it, adds up to itself, so that after n steps
/// all states together lack between 0 and 2 n C units.
struct LabelRecurrence {
  let classes: Int
  /// n.
  private(set) var draws = 0
  private var states: [UInt128]
  private let scale: Int

  /// More steps than this are not made: seconds.
  private static let stepLimit = 1 << 28

  init(classes: Int) {
    self.classes = classes
    states = [UInt128](repeating: 0, count: classes + 1)
    // p j and p (C - j + 1) fit a word.
    scale = 127 - (Int.bitWidth - classes.leadingZeroBitCount)
    states[0] = 1 << UInt128(scale)
  }

  /// Whether the law after so many draws is within reach.
  func canAdvance(to count: Int) -> Bool {
    count >= draws && classes < 1 << 20 && (count - draws) < Self.stepLimit / (classes + 1)
  }

  /// Goes on to the law after n draws.
  mutating func advance(to count: Int) {
    let divisor = UInt128(classes)
    while draws < count {
      draws += 1
      for j in (1...min(draws, classes)).reversed() {
        states[j] =
          states[j] * UInt128(j) / divisor + states[j - 1] * UInt128(classes - j + 1) / divisor
      }
      states[0] = 0
    }
  }

  /// The mean over numbers j < C of a function whose values are from 0 to `most`.
  func uncoveredMean(_ precision: Int, most: Interval, of function: (Int) -> Interval) -> Interval {
    var sum = Interval(0, precision)
    for j in 1..<max(1, classes) where states[j] > 0 {
      sum = sum + function(j) * Interval(unit(states[j]), precision)
    }
    let lacking = UInt128(2) * UInt128(draws) * UInt128(classes)
    return sum + most * Interval(Enclosure(lower: Real(0), upper: unit(lacking).upper), precision)
  }

  private func unit(_ count: UInt128) -> Enclosure {
    let integer = Integer(Int(count >> 64)).shiftedLeft(by: 64)
    let low = UInt64(truncatingIfNeeded: count)
    let rest = Integer(Int(low >> 1)).shiftedLeft(by: 1) + Integer(Int(low & 1))
    return Enclosure(
      Rational(integer + rest, Integer(1).shiftedLeft(by: scale)), precision: 128)
  }
}
