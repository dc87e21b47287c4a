// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What is wrong with a list of numbers, without its final period.
struct NumberListError: Error, Equatable, Sendable {
  let problem: String
}

extension NumberList {
  /// Reads numbers `32` and ranges `1..1024`, `128..1024:+128`, `128..65536:*2`, joined by commas.
  ///
  /// A range counts from its first number by 1, by a step or by a factor, as far as its last; it
  /// has at least its first number. Nothing is expanded: the numbers are counted from the ends.
  ///
  /// - Parameters:
  ///   - text: The list.
  ///   - minimum: The smallest number allowed, at least 0.
  /// - Throws: `NumberListError` if the text is malformed, a number is less than `minimum` or does
  ///   not fit, a range is descending, or the list is longer than `countLimit`.
  init(parsing text: String, minimum: Int) throws(NumberListError) {
    var runs: [Run] = []
    var total = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let run = try Self.run(part, minimum: minimum)
      total += run.count
      guard total <= Self.countLimit else {
        throw NumberListError(problem: "it has more than \(Self.countLimit) numbers")
      }
      runs.append(run)
    }
    self.init(runs: runs)
  }

  private static func run(_ part: Substring, minimum: Int) throws(NumberListError) -> Run {
    guard let dots = part.indices.first(where: { part[$0...].hasPrefix("..") }) else {
      let value = try number(part, in: part, minimum: minimum)
      return Run(first: value, last: value, growth: .step(1), count: 1)
    }
    let tail = part[dots...].dropFirst(2)
    let colon = tail.firstIndex(of: ":")
    let first = try number(part[..<dots], in: part, minimum: minimum)
    let last = try number(tail[..<(colon ?? tail.endIndex)], in: part, minimum: minimum)
    guard first <= last else {
      throw NumberListError(problem: "the range '\(part)' is descending")
    }
    guard let colon else { return try arithmetic(first, last, step: 1, part) }
    let growth = tail[tail.index(after: colon)...]
    let amount = growth.dropFirst()
    switch growth.first {
    case "+":
      let step = try number(amount, in: part, minimum: 0)
      guard step >= 1 else {
        throw NumberListError(problem: "the step of '\(part)' must be at least 1")
      }
      return try arithmetic(first, last, step: step, part)
    case "*":
      let factor = try number(amount, in: part, minimum: 0)
      guard factor >= 2 else {
        throw NumberListError(problem: "the factor of '\(part)' must be at least 2")
      }
      return try geometric(first, last, factor: factor, part)
    default:
      throw NumberListError(
        problem: "'\(part)' must have a step such as +128 or a factor such as *2 after its colon")
    }
  }

  private static func arithmetic(
    _ first: Int, _ last: Int, step: Int, _ part: Substring
  ) throws(NumberListError) -> Run {
    let steps = (last - first) / step
    guard steps < countLimit else {
      throw NumberListError(problem: "the range '\(part)' has more than \(countLimit) numbers")
    }
    return Run(first: first, last: first + steps * step, growth: .step(step), count: steps + 1)
  }

  private static func geometric(
    _ first: Int, _ last: Int, factor: Int, _ part: Substring
  ) throws(NumberListError) -> Run {
    guard first > 0 else {
      throw NumberListError(problem: "the range '\(part)' stays at 0 whatever its factor")
    }
    // At most 63 steps, the number of doublings in an Int.
    var (value, count) = (first, 1)
    while value <= last / factor {
      value *= factor
      count += 1
    }
    return Run(first: first, last: value, growth: .factor(factor), count: count)
  }

  private static func number(
    _ text: Substring, in part: Substring, minimum: Int
  ) throws(NumberListError) -> Int {
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      let place = text == part ? "" : " in '\(part)'"
      throw NumberListError(problem: "'\(text)'\(place) is not a whole number")
    }
    guard let value = Int(text) else {
      throw NumberListError(problem: "\(text) is larger than \(Int.max)")
    }
    guard value >= minimum else {
      throw NumberListError(problem: "\(text) is less than \(minimum)")
    }
    return value
  }
}
