// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct FileErrorTests {
  @Test("The description is one line with the operation, the file and the reason")
  func description() {
    let error = FileError(operation: "read", file: "a.csv", reason: "Permission denied")
    #expect("\(error)" == "cannot read 'a.csv': Permission denied")
  }
}
