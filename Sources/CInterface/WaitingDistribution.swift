// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Occupancy
internal import Synchronization

/// A waiting time that remembers its doubles.
///
/// Whoever asks for single values mostly asks for many, in a loop or in the search for a root, and
/// some again. The second one from a block of 64 numbers of draws brings all of it, by the nodes
/// of one circle. Values are the nearest doubles in any case, and do not depend on that.
final class WaitingDistribution: Distribution {
  static let name = WaitingTime.name

  private struct Key: Hashable {
    let quantity: Quantity
    let n: Int
  }

  private let time: WaitingTime
  private let known = Mutex<[Key: Double]>([:])
  /// The blocks that a value was asked for from, by their numbers.
  private let visited = Mutex<Set<Key>>([])

  /// Some megabytes.
  private static let limit = 1 << 16
  private static let blockSize = 64

  init(_ time: WaitingTime) { self.time = time }

  var support: ClosedRange<Int> { time.reach }

  func number(_ quantity: Quantity, _ n: Int) throws -> ComputableReal? {
    try time.number(quantity, n)
  }

  func quantile(_ probability: Rational) throws -> Int { try time.quantile(probability) }

  func double(_ quantity: Quantity, _ n: Int) throws -> Double {
    let key = Key(quantity: quantity, n: n)
    if let value = known.withLock({ $0[key] }) { return value }
    if let value = try ofBlock(quantity, n) { return value }
    let value = try checkedNumber(quantity, n).double
    remember([(key, value)])
    return value
  }

  func doubles(_ quantity: Quantity, _ drawCounts: [Int]) throws -> [Double] {
    switch quantity {
    case .cdf, .sf: try time.doubles(drawCounts, complement: quantity == .sf)
    default: try drawCounts.map { try double(quantity, $0) }
    }
  }

  /// The value, with those of its block, if that is the second one that is asked for.
  private func ofBlock(_ quantity: Quantity, _ n: Int) throws -> Double? {
    let reach = time.reach
    // Far beyond what any waiting time serves, where the end of a block would overflow.
    guard quantity == .cdf || quantity == .sf, reach.contains(n), n < 1 << 60 else { return nil }
    let start = n - n % Self.blockSize
    let isSecond = visited.withLock { visited in
      if visited.count >= Self.limit { visited.removeAll() }
      return !visited.insert(Key(quantity: quantity, n: start)).inserted
    }
    guard isSecond else { return nil }
    let block = Array(
      max(start, reach.lowerBound)...min(start + Self.blockSize - 1, reach.upperBound))
    // A number beyond the range is its caller's, not this one's.
    guard let values = try? time.doubles(block, complement: quantity == .sf) else { return nil }
    remember(zip(block, values).map { (Key(quantity: quantity, n: $0), $1) })
    return block.firstIndex(of: n).map { values[$0] }
  }

  private func remember(_ values: [(Key, Double)]) {
    known.withLock { known in
      if known.count + values.count > Self.limit { known.removeAll() }
      for (key, value) in values { known[key] = value }
    }
  }
}
