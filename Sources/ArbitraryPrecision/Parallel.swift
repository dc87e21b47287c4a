// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CThreads
internal import Dispatch
internal import Synchronization

/// Loops whose iterations run on all cores, in no particular order, and do not depend on each
/// other.
package enum Parallel {
  /// Whether the system grants this process threads: libdispatch waits for ever for one that it is
  /// refused.
  static let hasThreads = upsilon_may_start_threads() == 1

  /// Runs `body` for 0..<count; one after another if threads are not worth their cost.
  package static func forEach(_ count: Int, isWorthwhile: Bool, _ body: @Sendable (Int) -> Void) {
    if isWorthwhile && count > 1 && hasThreads {
      DispatchQueue.concurrentPerform(iterations: count, execute: body)
    } else {
      for i in 0..<count { body(i) }
    }
  }

  /// The values of `body` for 0..<count, in this order: they do not depend on the number of
  /// threads.
  package static func map<Value: Sendable>(
    _ count: Int, isWorthwhile: Bool, _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    let values = Mutex([Value?](repeating: nil, count: count))
    forEach(count, isWorthwhile: isWorthwhile) { i in
      let value = body(i)
      values.withLock { $0[i] = value }
    }
    return values.withLock { $0.compactMap { $0 } }
  }
}

/// Work that goes on beside whoever gives it, one piece after another; before that, if there are no
/// threads.
package final class Companion: Sendable {
  private let queue = DispatchQueue(label: "companion")
  private let group = DispatchGroup()

  package init() {}

  /// Does a piece of work after those before it.
  package func start(_ body: @escaping @Sendable () -> Void) {
    if Parallel.hasThreads { queue.async(group: group, execute: body) } else { body() }
  }

  /// Returns when all work is done.
  package func wait() { group.wait() }
}
