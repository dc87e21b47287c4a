// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Synchronization
internal import Tables

/// The rows of a table on their way to its writer, in order.
///
/// A row may be given as a closure that computes it. Such rows are computed on all cores while
/// whoever gives them goes on to the next ones: all that have come meanwhile together, as soon as
/// they take a millisecond or some hundredths of a second have passed. Each is written as soon as
/// those before it are: nobody waits longer for a row that is known.
final class RowQueue {
  /// Computes a row.
  typealias Row = @Sendable () throws -> [TableField]

  /// So many rows that take less than a millisecond are computed together, and twice as many held
  /// back, at most.
  private static let limit = 2048

  /// What computes and writes rows, on one thread at a time.
  private final class Output: Sendable {
    private struct Waiting {
      var rows: [Row] = []
      /// How many take a millisecond, as the last ones did.
      var enough = 1
      /// When the last of them were taken, and whether somebody is at them.
      var time = ContinuousClock.now
      var isBusy = false
    }

    private nonisolated(unsafe) let write: ([[TableField]]) throws -> Void
    private let waiting = Mutex(Waiting())
    /// What the writer or a row has failed with.
    private let failure = Mutex<(any Error)?>(nil)

    init(_ write: @escaping ([[TableField]]) throws -> Void) { unsafe self.write = write }

    func check() throws {
      if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Takes in a row; says how many are held back, and whether somebody is to write them now.
    func append(_ row: @escaping Row) -> (count: Int, isDue: Bool) {
      waiting.withLock { waiting in
        waiting.rows.append(row)
        let count = waiting.rows.count
        if waiting.isBusy
          || count < waiting.enough && ContinuousClock.now - waiting.time < .milliseconds(20)
        {
          return (count, false)
        }
        waiting.isBusy = true
        return (count, true)
      }
    }

    /// Computes and writes all rows, and those that come meanwhile while they are enough.
    func writeAll() {
      var least = 1
      while true {
        let rows = waiting.withLock { waiting in
          waiting.isBusy = waiting.rows.count >= least
          if !waiting.isBusy { return [Row]() }
          defer { waiting.rows = [] }
          waiting.time = .now
          return waiting.rows
        }
        if rows.isEmpty { return }
        let start = ContinuousClock.now
        write(rows)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        let enough = min(max(Double(rows.count) / milliseconds, 1), Double(RowQueue.limit))
        least = Int(saturating: enough)
        waiting.withLock { $0.enough = least }
      }
    }

    /// Computes and writes rows; those behind one that fails are not written.
    private func write(_ rows: [Row]) {
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
        let known = part.prefix { (try? $0.get()) != nil }
        if !known.isEmpty { try unsafe write(known.map { try $0.get() }) }
        if known.count < part.count { _ = try part[known.count].get() }
      } catch {
        failure.withLock { $0 = error }
      }
    }
  }

  private let output: Output
  private let writer = Companion()

  /// - Parameter write: Takes rows in order, those together that have become known together, not
  ///   always on the same thread, until `finish`.
  init(write: @escaping ([[TableField]]) throws -> Void) { output = Output(write) }

  /// Writes a row that is known, after those that are not.
  func callAsFunction(_ row: [TableField]) throws {
    try later { row }
  }

  /// Writes a row that `row` computes, some time before `finish` returns.
  ///
  /// - Throws: What a row before, or its writing, has failed with.
  func later(_ row: @escaping Row) throws {
    try output.check()
    let (count, isDue) = output.append(row)
    if isDue { writeAll() }
    if count >= 2 * Self.limit { writer.wait() }
  }

  /// Waits until every row is written.
  func finish() throws {
    writer.wait()
    writeAll()
    writer.wait()
    try output.check()
  }

  private func writeAll() { writer.start { [output] in output.writeAll() } }
}
