// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Bounds
import Testing

@Suite struct BoundsArticleTests {
  /// The table of theorems as the list has them.
  private static var table: [String] {
    ["| name | theorem | bounds | by | assumes | formula |", "|---|---|---|---|---|---|"]
      + Theorems.all.map { theorem in
        let statement = theorem.statement
        let relation = statement.side == .lower ? ">=" : "<="
        let assumptions = statement.assumptions.map(\.text).joined(separator: ", ")
        let fields = [
          "`\(statement.name)`", "``\(theorem)``", "\(statement.quantity.rawValue) \(relation)",
          statement.summary, assumptions.isEmpty ? "any setting" : assumptions,
          "`\(statement.formula)`",
        ]
        return "| " + fields.joined(separator: " | ") + " |"
      }
  }

  @Test func `the article shows the theorems that the list has`() throws {
    let lines = try Repository.lines(of: "Sources/Bounds/Bounds.docc/Bounds.md")
    let found = lines.filter { $0.hasPrefix("|") }
    #expect(found == Self.table, "\(Self.table.joined(separator: "\n"))")
    let without = Theorems.all.map { $0.statement }.filter { !$0.hasColumn }
    #expect(without.map(\.name) == [.collisionTermUpper])
    #expect(lines.contains { $0.hasPrefix("`collision_term_upper` has no column") })
  }
}
