// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// One of several shares of the work of a measurement, each of which a process of its own can do.
public struct MeasuringPart: Hashable, Sendable, CustomStringConvertible {
  /// The most parts that a measurement is divided into.
  public static let countLimit = 100_000

  /// All of the work.
  static let whole = MeasuringPart(number: 1, count: 1)

  /// Which part it is, counted from 1, and how many there are.
  public let number, count: Int

  /// A part.
  ///
  /// - Precondition: `number` is in 1 ... `count`, and `count` at most `countLimit`.
  public init(number: Int, count: Int) {
    precondition(
      (1...Self.countLimit).contains(count) && (1...count).contains(number),
      "part \(number) of \(count)")
    (self.number, self.count) = (number, count)
  }

  /// `3/8`.
  public var description: String { "\(number)/\(count)" }

  /// The share of `total` pieces of work: those of all parts follow one another, and their numbers
  /// differ by 1 at most.
  ///
  /// - Parameter turn: Which of several lists of pieces it is: where there are fewer pieces than
  ///   parts, other parts have those of the next list.
  func range(of total: Int, turn: Int = 0) -> Range<Int> {
    let place = (number - 1 + turn) % count
    // total place/count without the product, which might not fit.
    let (each, rest) = total.quotientAndRemainder(dividingBy: count)
    func start(_ place: Int) -> Int { each * place + rest * place / count }
    return start(place)..<start(place + 1)
  }

  /// The share of pieces that weigh differently, such that the weights of all parts are nearly the
  /// same; the shares follow one another.
  func range(ofWeights weights: [Int]) -> Range<Int> {
    let total = Double(weights.reduce(0, +))
    func start(_ share: Double) -> Int {
      var sum = 0
      for (index, weight) in weights.enumerated() {
        if Double(sum) >= share * total { return index }
        sum += weight
      }
      return weights.count
    }
    let count = Double(count)
    return start(Double(number - 1) / count)..<start(Double(number) / count)
  }
}
