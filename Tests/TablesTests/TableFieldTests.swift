// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct TableFieldTests {
  @Test(arguments: [
    (TableField.text("a,b"), "a,b"), (.integer(-3), "-3"), (.number("1.5e-7"), "1.5e-7"),
    (.negativeInfinity, "-inf"), (.infinity, "inf"), (.absent, ""),
  ])
  func `a field describes itself as its unquoted text`(field: TableField, text: String) {
    #expect(field.description == text)
  }
}
