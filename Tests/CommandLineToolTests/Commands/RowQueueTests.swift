// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Synchronization
import Tables
import Testing

@testable import CommandLineTool

@Suite struct RowQueueTests {
  private struct Halt: Error {}

  private func written(_ fill: (RowQueue) throws -> Void) rethrows -> [[TableField]] {
    var rows: [[TableField]] = []
    try fill(RowQueue { rows += $0 })
    return rows
  }

  @Test("Rows that are computed later are written in order, among those that are known")
  func order() throws {
    let rows = try written { queue in
      for n in 0..<10_000 {
        if n % 777 == 0 { try queue([.integer(n)]) } else { try queue.later { [.integer(n)] } }
      }
      try queue.finish()
    }
    #expect(rows == (0..<10_000).map { [.integer($0)] })
  }

  @Test("Rows before one that fails are written, those behind it are not")
  func failure() throws {
    for bad in [0, 1, 2, 3, 500, 4999] {
      let rows = written { queue in
        _ = #expect(throws: Halt.self) {
          for n in 0..<5000 {
            try queue.later {
              if n == bad { throw Halt() }
              return [.integer(n)]
            }
          }
          try queue.finish()
        }
      }
      #expect(rows == (0..<bad).map { [.integer($0)] })
    }
  }

  @Test("A row is written as soon as those before it are, however long the next one takes")
  func slowRows() throws {
    let count = Mutex(0)
    let queue = RowQueue { rows in count.withLock { $0 += rows.count } }
    for n in 0..<40 {
      try queue.later {
        let end = ContinuousClock.now + .seconds(60)
        while count.withLock({ $0 }) < n {
          if ContinuousClock.now > end { throw Halt() }
        }
        return [.integer(n)]
      }
    }
    try queue.finish()
    #expect(count.withLock { $0 } == 40)
  }

  @Test("What is given slowly is written meanwhile")
  func slowGiver() throws {
    let count = Mutex(0)
    let queue = RowQueue { rows in count.withLock { $0 += rows.count } }
    for n in 0..<5 {
      let end = ContinuousClock.now + .seconds(60)
      while count.withLock({ $0 }) < n - 2 && ContinuousClock.now < end {}
      #expect(count.withLock { $0 } >= n - 2)
      let pause = ContinuousClock.now + .milliseconds(30)
      while ContinuousClock.now < pause {}
      try queue([.integer(n)])
    }
    try queue.finish()
    #expect(count.withLock { $0 } == 5)
  }

  @Test("What writing fails with ends the rows")
  func writing() throws {
    let queue = RowQueue { _ in throw Halt() }
    #expect(throws: Halt.self) {
      for n in 0..<5000 { try queue.later { [.integer(n)] } }
      try queue.finish()
    }
    #expect(throws: Halt.self) { try queue([.integer(1)]) }
  }
}
