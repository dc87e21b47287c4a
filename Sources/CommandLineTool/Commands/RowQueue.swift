// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Synchronization
internal import Tables

/// The rows of a table on their way to its writer, in order.
///
/// A row may be given as a closure that computes it. Such rows are computed on all cores while
/// whoever gives them goes on to the next ones, as many together as come within some hundredths of a
/// second: nobody waits longer for a row that is known. Each is written as soon as those before it
/// are.
final class RowQueue {
  /// Computes a row.
  typealias Row = @Sendable () throws -> [TableField]

  /// So many rows are held back at most.
  private static let limit = 2048

  /// What writes rows, on one thread at a time, and what it or a row has failed with.
  private final class Output: Sendable {
    private nonisolated(unsafe) let write: ([TableField]) throws -> Void
    private let failure = Mutex<(any Error)?>(nil)

    init(_ write: @escaping ([TableField]) throws -> Void) { unsafe self.write = write }

    func check() throws {
      if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Computes and writes rows; those behind one that fails are not written.
    func write(_ rows: [Row]) {
      // Rows that come one by one take their time; many may take less than a thread's start.
      let size = (rows.count + 63) / 64
      let computed = Mutex<(parts: [Int: [Result<[TableField], any Error>]], next: Int)>(([:], 0))
      Parallel.forEach((rows.count - 1) / size + 1, isWorthwhile: true) { i in
        guard failure.withLock({ $0 == nil }) else { return }
        let part = rows[i * size..<min((i + 1) * size, rows.count)].map { row in
          Result { try row() }
        }
        computed.withLock { known in
          known.parts[i] = part
          while let part = known.parts.removeValue(forKey: known.next) {
            known.next += 1
            write(part)
          }
        }
      }
    }

    private func write(_ part: [Result<[TableField], any Error>]) {
      do {
        try check()
        for row in part { try unsafe write(row.get()) }
      } catch {
        failure.withLock { $0 = error }
      }
    }
  }

  private let output: Output
  private let writer = Companion()
  private var pending: [Row] = []
  /// How many rows are computed together.
  private var batch = 1
  private let clock = ContinuousClock()
  private var start: ContinuousClock.Instant

  /// - Parameter write: Takes one row after another, not always on the same thread, until `finish`.
  init(write: @escaping ([TableField]) throws -> Void) {
    output = Output(write)
    start = clock.now
  }

  /// Writes a row that is known, after those that are not.
  func callAsFunction(_ row: [TableField]) throws {
    try later { row }
  }

  /// Writes a row that `row` computes, some time before `finish` returns.
  ///
  /// - Throws: What a row before, or its writing, has failed with.
  func later(_ row: @escaping Row) throws {
    pending.append(row)
    if pending.count >= batch { try send() }
  }

  /// Waits until every row is written.
  func finish() throws {
    if !pending.isEmpty { try send() }
    writer.wait()
    try output.check()
  }

  private func send() throws {
    // What it took to give the rows, without the wait for those before.
    let elapsed = clock.now - start
    writer.wait()
    try output.check()
    let (rows, output) = (pending, output)
    pending = []
    if elapsed < .milliseconds(5) { batch = min(2 * batch, Self.limit) }
    if elapsed > .milliseconds(20) { batch = max(batch / 2, 1) }
    writer.start { output.write(rows) }
    start = clock.now
  }
}
