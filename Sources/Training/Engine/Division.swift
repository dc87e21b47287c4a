// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

/// How work is divided among threads: its units, in multiples of a grain, in contiguous parts of
/// about the same size.
package struct Division: Hashable, Sendable {
  /// How many units of work there are.
  let count: Int
  /// All parts but the last are multiples of this.
  let grain: Int
  /// Roughly how many nanoseconds a unit takes; work of less than 20 microseconds a thread is not
  /// divided.
  let cost: Double

  private var grains: Int { (count + grain - 1) / grain }

  /// How many parts there are, at least one.
  func partCount(threadCount: Int) -> Int {
    let worthwhile = Int(saturating: min(Double(count) * cost / 20_000, 1024))
    return max(1, min(threadCount, grains, worthwhile))
  }

  /// The units of a part.
  func range(ofPart part: Int, of partCount: Int) -> Range<Int> {
    let start = min(count, grains * part / partCount * grain)
    return start..<min(count, grains * (part + 1) / partCount * grain)
  }

  /// The share of the units that the largest part has.
  func largestShare(partCount: Int) -> Double {
    let largest = (0..<partCount).map { range(ofPart: $0, of: partCount).count }.max() ?? 0
    return count > 0 ? Double(largest) / Double(count) : 1
  }
}
