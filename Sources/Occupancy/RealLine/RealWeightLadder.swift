// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// Powers g^w of one real number for an increasing list of integers w, each from the one before:
/// `WeightPowers` on the real line.
final class RealWeightLadder {
  /// For each weight, the bits of its gap to the one before, lowest first.
  private let gaps: [[Int]]
  private let squarings: [RealBox]
  private let power: RealBox

  /// - Parameter weights: Positive and increasing.
  init(weights: [Integer], precision: Int) {
    gaps = Self.gaps(weights)
    let count = 1 + (gaps.compactMap(\.last).max() ?? 0)
    squarings = (0..<count).map { _ in RealBox(precision: precision) }
    power = RealBox(precision: precision)
  }

  /// The products that all powers take together.
  static func productCount(weights: [Integer]) -> Int {
    let gaps = gaps(weights)
    return gaps.reduce(gaps.compactMap(\.last).max() ?? 0) { $0 + $1.count }
  }

  private static func gaps(_ weights: [Integer]) -> [[Int]] {
    zip(weights, [0] + weights).map { ($0 - $1).setBits }
  }

  /// Begins with a new base.
  func begin(base: borrowing RealBall) {
    squarings[0].ball.set(base)
    for i in 1..<max(1, squarings.count) {
      squarings[i].ball.set(squarings[i - 1].ball)
      squarings[i].ball.square()
    }
    power.ball.set(1)
  }

  /// Sets `result` to the power for weight number `index`; they are asked for in order.
  func next(_ index: Int, into result: inout RealBall) {
    for bit in gaps[index] { power.ball.multiply(by: squarings[bit].ball) }
    result.set(power.ball)
  }
}

/// A ball that an array can hold.
final class RealBox {
  var ball: RealBall
  init(precision: Int) { ball = RealBall(precision: precision) }
}
