// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CPlatform
internal import CThreads
internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Helpers that share work of microseconds: between two pieces of work they stay awake for a while.
///
/// A training step divides its work some twenty times, and waking a thread takes longer than many of
/// these pieces do. A helper is a block on a dispatch queue; it looks out for parts to take, and
/// ends when there were none for 100 microseconds. Whoever hands out work takes parts too, so that
/// no part waits for a helper that has not come. One thread hands out work.
final class ThreadTeam: Sendable {
  /// Whether the system grants this process threads: libdispatch waits for ever for one that it is
  /// refused.
  static let hasHelpers = upsilon_may_start_threads() == 1

  /// How long a helper stays without work.
  private static let patience = Duration.microseconds(100)

  private let helperCount: Int
  private let queue = DispatchQueue(label: "helpers", attributes: .concurrent)

  /// The present work: its number (32 bits), how many parts it has and how many are taken (16
  /// each). A part is taken by an exchange of the whole word, which fails for work of another
  /// number.
  private let ticket = Atomic<UInt64>(0)
  /// How many parts of the present work have not ended.
  private let unfinished = Atomic<Int>(0)
  /// How many helpers are awake.
  private let awake = Atomic<Int>(0)
  /// The present work; set when there is none, and read by those that have taken a part of it.
  private let body = Box()

  @safe private final class Box: @unchecked Sendable {
    nonisolated(unsafe) var run: (Int) -> Void = { _ in }
  }

  /// - Parameter threadCount: How many threads work, with the one that hands out; that one alone if
  ///   there are no others to be had.
  init(threadCount: Int) {
    helperCount = threadCount > 1 && Self.hasHelpers ? threadCount - 1 : 0
  }

  /// Runs `body` on 0 ..< `partCount`, on any of the threads each, and returns when all have ended.
  ///
  /// - Parameter partCount: At most 65,535.
  func run(partCount: Int, _ body: @escaping (Int) -> Void) {
    precondition((1...0xFFFF).contains(partCount), "\(partCount) parts")
    unsafe self.body.run = body
    unfinished.store(partCount, ordering: .relaxed)
    let number = (ticket.load(ordering: .relaxed) >> 32 &+ 1) & 0xFFFF_FFFF
    // Publishes the body and the count to those that read the ticket.
    ticket.store(number << 32 | UInt64(partCount) << 16, ordering: .releasing)
    wakeHelpers(min(helperCount, partCount - 1))
    while takePart() {}
    var spins = 0
    while unfinished.load(ordering: .acquiring) > 0 {
      upsilon_pause()
      spins += 1
      // A helper may have lost its processor to another thread, which may be this one.
      if spins % 128 == 0 { sched_yield() }
    }
    unsafe self.body.run = { _ in }
  }

  /// Starts helpers until `count` are awake.
  private func wakeHelpers(_ count: Int) {
    var present = awake.load(ordering: .relaxed)
    while present < count {
      awake.add(1, ordering: .relaxed)
      present += 1
      queue.async { self.help() }
    }
  }

  /// What a helper does.
  private func help() {
    let clock = ContinuousClock()
    var lastWork = clock.now
    var spins = 0
    while true {
      if takePart() {
        lastWork = clock.now
        spins = 0
        continue
      }
      upsilon_pause()
      spins += 1
      guard spins % 64 == 0 else { continue }
      if clock.now - lastWork > Self.patience { break }
      sched_yield()
    }
    awake.subtract(1, ordering: .relaxed)
  }

  /// Takes a part of the present work and carries it out; false if all are taken.
  private func takePart() -> Bool {
    var seen = ticket.load(ordering: .acquiring)
    while true {
      let (count, taken) = (seen >> 16 & 0xFFFF, seen & 0xFFFF)
      guard taken < count else { return false }
      let (isMine, now) = ticket.weakCompareExchange(
        expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing)
      if isMine {
        unsafe body.run(Int(taken))
        unfinished.subtract(1, ordering: .releasing)
        return true
      }
      seen = now
    }
  }
}
