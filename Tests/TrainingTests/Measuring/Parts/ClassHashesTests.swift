// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct ClassHashesTests {
  private func hashes(_ rows: [[Float]], _ labels: [Int]) -> [UInt64] {
    var hashes = ClassHashes(classCount: 3)
    hashes.add(
      Matrix(FloatVector(rows.flatMap(\.self)), rows: rows.count, columns: 2), labels: labels)
    return hashes.values
  }

  @Test func `each number counts, and the order within a class but not among classes`() {
    let rows: [[Float]] = [[1, 2], [3, 4], [5, 6]]
    let found = hashes(rows, [0, 1, 0])
    #expect(found == hashes([rows[1], rows[0], rows[2]], [1, 0, 0]))
    #expect(found[0] != hashes([rows[2], rows[1], rows[0]], [0, 1, 0])[0])
    for row in 0..<3 {
      for column in 0..<2 {
        for bit in 0..<32 {
          var changed = rows
          let bits = rows[row][column].bitPattern ^ (1 << UInt32(bit))
          changed[row][column] = Float(bitPattern: bits)
          #expect(hashes(changed, [0, 1, 0]) != found)
        }
      }
    }
    #expect(found[2] == ClassHashes(classCount: 3).values[2])
  }
}
