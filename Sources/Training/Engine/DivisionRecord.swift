// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What an engine has divided, and how long it took on one thread: from which follows how the work
/// is divided among any number of threads, and how fast it can be at best.
///
/// Times are of the processor, so that what else the machine does plays no role.
package final class DivisionRecord {
  /// Work that was divided, or would have been.
  struct Entry {
    let division: Division
    /// In how many parts it was done.
    let partCount: Int
    /// Seconds of the thread that handed it out.
    let seconds: Double
  }

  /// The work in order.
  private(set) var entries: [Entry] = []
  /// Seconds of the thread that hands out work, within `measure`.
  package private(set) var seconds = 0.0

  /// Of nothing yet.
  package init() {}

  /// Runs all that is to be recorded.
  package func measure(_ body: () throws -> Void) rethrows {
    let start = Self.now
    defer { seconds += Self.now - start }
    try body()
  }

  /// Runs work in a number of parts.
  func run(_ division: Division, partCount: Int, _ body: () -> Void) {
    let start = Self.now
    body()
    entries.append(
      Entry(division: division, partCount: partCount, seconds: Self.now - start))
  }

  private static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// How work would be divided among threads.
  package struct Scaling: Equatable {
    /// How often work is handed out to several threads and waited for.
    package var barriers = 0
    /// How many threads have no part of a piece of work, added up over all of it.
    package var idleParts = 0
    /// How many pairs of neighbouring parts there are: each has at most one line of the caches in
    /// common in every array that it writes.
    package var boundaries = 0
    /// Seconds if every thread is as fast as the one that was recorded.
    package var seconds = 0.0
  }

  /// How the recorded work would be divided among `threadCount` threads.
  ///
  /// All that is not divided is done by one; divided work takes as long as its largest part; of each
  /// part, being taken and being done, a line of the caches goes from one processor to another.
  ///
  /// - Parameter transfer: Seconds that a line takes from one processor to another.
  package func scaling(threadCount: Int, transfer: Double) -> Scaling {
    var result = Scaling()
    result.seconds = seconds
    for entry in entries {
      let parts = entry.division.partCount(threadCount: threadCount)
      result.idleParts += threadCount - parts
      guard parts > 1 else { continue }
      result.barriers += 1
      result.boundaries += parts - 1
      let saved = 1 - entry.division.largestShare(partCount: parts)
      result.seconds += 2 * Double(parts) * transfer - entry.seconds * saved
    }
    return result
  }
}
