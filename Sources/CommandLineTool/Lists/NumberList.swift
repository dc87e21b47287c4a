// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A list of whole numbers such as `32,64,128..1024:+128`, kept as written and counted out lazily.
struct NumberList: Equatable, Sendable, Sequence {
  /// Numbers that grow by a constant step or factor.
  struct Run: Equatable, Sendable {
    /// How each number follows from the one before.
    enum Growth: Equatable, Sendable {
      case step(Int)
      case factor(Int)
    }

    let first: Int
    let last: Int
    let growth: Growth
    let count: Int
  }

  /// The most numbers that a list may have.
  static let countLimit = 10_000_000

  /// The parts between commas, in order; at least one, each with at least one number.
  let runs: [Run]

  /// What is added to each number.
  private let offset: Int

  /// How many numbers there are, at most `countLimit`.
  var count: Int { runs.reduce(0) { $0 + $1.count } }

  /// The smallest number.
  var smallest: Int { offset + (runs.lazy.map(\.first).min() ?? 0) }

  /// The largest number.
  var largest: Int { offset + (runs.lazy.map(\.last).max() ?? 0) }

  /// The first and last numbers of all runs: every number lies between two of these.
  var extremes: [Int] {
    runs.flatMap { $0.count == 1 ? [$0.first] : [$0.first, $0.last] }.map { $0 + offset }
  }

  /// A list of runs, of which there is at least one.
  init(runs: [Run], offset: Int = 0) {
    self.runs = runs
    self.offset = offset
  }

  /// The list with 1 added to each number, or nil if one does not fit in an `Int`.
  func incremented() -> NumberList? {
    largest == .max ? nil : NumberList(runs: runs, offset: offset + 1)
  }

  func makeIterator() -> Iterator { Iterator(runs: runs, offset: offset) }

  /// Counts a list out in constant memory.
  struct Iterator: IteratorProtocol {
    private let runs: [Run]
    private let offset: Int
    private var runIndex = 0
    private var value: Int?

    init(runs: [Run], offset: Int) {
      self.runs = runs
      self.offset = offset
    }

    mutating func next() -> Int? {
      guard runIndex < runs.count else { return nil }
      let run = runs[runIndex]
      let current = value ?? run.first
      if current == run.last {
        value = nil
        runIndex += 1
      } else {
        switch run.growth {
        case .step(let step): value = current + step
        case .factor(let factor): value = current * factor
        }
      }
      return current + offset
    }
  }
}
