// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A task that is timed: it does all of its work anew each time it runs.
struct Benchmark: Sendable {
  /// What is computed, and how: `coverage/contour`.
  let name: String
  /// On what: `C=1000 n=7709 50 digits`.
  let size: String
  /// Prepares what is not timed, and returns the task, which returns what shows that it did its
  /// work: the same each time.
  let prepare: @Sendable () throws -> () throws -> String

  init(_ name: String, _ size: String, _ run: @escaping @Sendable () throws -> String) {
    self.name = name
    self.size = size
    prepare = { run }
  }

  /// A task on data that are prepared before it is timed.
  init(
    _ name: String, _ size: String,
    prepare: @escaping @Sendable () throws -> () throws -> String
  ) {
    self.name = name
    self.size = size
    self.prepare = prepare
  }

  /// Warms up, then times at least five runs, more of a short task, and prints every one.
  ///
  /// - Parameter print: Takes one line of CSV: benchmark, size, iteration, seconds, checksum.
  func measure(print: (String) -> Void) throws {
    let run = try prepare()
    let checksum = try run()
    let clock = ContinuousClock()
    let first = try clock.measure { _ = try run() }
    // About half a second in all.
    let budget = Duration.milliseconds(500)
    let iterations = max(5, min(200, Int(budget / max(first, .nanoseconds(1)))))
    for iteration in 1...iterations {
      var result = ""
      let time = try clock.measure { result = try run() }
      precondition(result == checksum, "\(name) gave \(result) after \(checksum)")
      print("\(name),\(size),\(iteration),\(time / .seconds(1)),\(checksum)")
    }
  }
}
