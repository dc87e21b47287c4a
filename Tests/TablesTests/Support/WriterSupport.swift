// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables

/// What a writer made by `makeWriter` prints for a table.
func printed(
  columns: [String], rows: [[TableField]],
  by makeWriter: (@escaping TextSink) -> any TableWriter
) throws -> String {
  var output = ""
  var writer = makeWriter { output += $0 }
  try writer.begin(columns: columns)
  for row in rows { try writer.append(row: row) }
  try writer.finish()
  return output
}

/// What a sink throws when it takes no more.
struct SinkFull: Error {}
